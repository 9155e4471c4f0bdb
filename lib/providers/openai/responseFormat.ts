import type { WireFormat } from '../SseChunks.js';
import { failureIn } from './failureIn.js';
import type { ResponseEvent, ResponseState } from './ResponseEvent.js';
import { endsResponse } from './responseEvents.js';

/** How responses are streamed. */
export const responseFormat: WireFormat<ResponseEvent> = {
  isLast: endsResponse,
  failureIn,
  chunksOf: (body) => {
    const response: ResponseState = body;
    if (!Array.isArray(response.output)) return undefined;
    return [{ type: `response.${response.status ?? 'completed'}`, response }];
  },
};
