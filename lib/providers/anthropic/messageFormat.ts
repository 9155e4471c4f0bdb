import { keepObject, keepObjects } from '../keepObjects.js';
import type { WireFormat } from '../SseChunks.js';
import type { MessageBlock, MessageEvent, MessageUsage } from './MessageEvent.js';

/** A message that was not streamed. */
interface WholeMessage {
  readonly type?: unknown;
  readonly id?: string;
  readonly model?: string;
  readonly content?: readonly MessageBlock[];
  readonly stop_reason?: string | null;
  readonly usage?: MessageUsage;
}

/** How the messages API streams. */
export const messageFormat: WireFormat<MessageEvent> = {
  isLast: ({ type }) => type === 'message_stop',
  findFailure: (data, event) => (event === 'error' || ('type' in data && data.type === 'error') ? data : undefined),
  readChunks: (body) => {
    const message: WholeMessage = body;
    if (message.type !== 'message' || !Array.isArray(message.content)) return undefined;
    const usage = keepObject(message.usage);
    return [
      { type: 'message_start', message },
      ...keepObjects<MessageBlock>(message.content).flatMap((block, index) => [
        { type: 'content_block_start', index, content_block: block },
        { type: 'content_block_stop', index },
      ]),
      { type: 'message_delta', delta: { stop_reason: message.stop_reason ?? null }, ...(usage && { usage }) },
      { type: 'message_stop' },
    ];
  },
};
