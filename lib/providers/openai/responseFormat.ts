import type { WireFormat } from '../SseChunks.js';
import { findFailure } from './findFailure.js';
import type { ResponseEvent, ResponseState } from './ResponseEvent.js';
import { endsResponse } from './createResponseReader.js';

/** How responses are streamed. */
export const responseFormat: WireFormat<ResponseEvent> = {
  isLast: endsResponse,
  findFailure,
  readChunks: (body) => {
    const response: ResponseState = body;
    if (!Array.isArray(response.output)) return undefined;
    return [{ type: `response.${response.status ?? 'completed'}`, response }];
  },
};
