import type { WireFormat } from '../SseChunks.js';
import type { ChatChunk } from './ChatChunk.js';
import { findFailure } from './findFailure.js';

/** How chat completions are streamed. A completion that was not streamed is read as one chunk. */
export const chatFormat: WireFormat<ChatChunk> = {
  // Usage follows the finish reason; the last event is `[DONE]`.
  isLast: () => false,
  findFailure,
  readChunks: (body) => {
    const completion: ChatChunk = body;
    return Array.isArray(completion.choices) ? [completion] : undefined;
  },
};
