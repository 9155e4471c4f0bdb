import { toDelay } from '../foundation/toDelay.js';
import type { AnswerEvent } from './AnswerEvent.js';
import { readRetry, readToldHeartbeat, type SseConfig } from './SseConfig.js';

/** One server-sent event, in the shape of Nest's `MessageEvent`. */
export interface SseMessage {
  readonly id?: string;
  readonly type?: string;
  readonly data?: string;
  readonly retry?: number;
  readonly comment?: string;
}

/** Keeps a silent connection open, and finds out whether the client is still there. */
export const heartbeatMessage: SseMessage = { comment: '' };

/**
 * The first message of every response. Its id makes a native `EventSource` say that it has been here before, even when
 * it lost the connection before the first word; `retry` is what it waits then.
 */
export function createBegin(position: number, config: SseConfig): SseMessage {
  const retry = readRetry(config);
  return {
    id: String(position),
    type: 'begin',
    data: JSON.stringify({ retry, heartbeat: readToldHeartbeat(config) }),
    ...(retry !== undefined && { retry }),
  };
}

/**
 * The last message of every response: without it the connection was lost.
 *
 * @param isOver The client came back for nothing. A native `EventSource` that was not closed would do so for ever; its
 *   next time is put off as long as can be.
 */
export function createDone(position: number, isOver = false): SseMessage {
  return { id: String(position), type: 'done', data: '{}', ...(isOver && { retry: toDelay(Infinity) }) };
}

/**
 * Text is the data of unnamed messages, as a JSON string, or of those named `wrapped`; the other events are named. The
 * id says how many events of the answer a client has received when it has received this one.
 */
export function toMessage(event: AnswerEvent, position: number): SseMessage {
  const id = String(position);
  if (event.type === 'text') return { id, ...(event.wrapped && { type: 'wrapped' }), data: JSON.stringify(event.text) };
  if (event.type === 'reasoning') return { id, type: 'reasoning', data: JSON.stringify(event.text) };
  const { type, ...data } = event;
  return { id, type, data: JSON.stringify(data) };
}

/** As bytes travel. No field holds a line break: JSON escapes them. */
export function formatMessage({ id, type, data, retry, comment }: SseMessage): string {
  const lines = [
    comment === undefined ? '' : `:${comment}\n`,
    id === undefined ? '' : `id:${id}\n`,
    type === undefined ? '' : `event:${type}\n`,
    retry === undefined ? '' : `retry:${retry}\n`,
    data === undefined ? '' : `data:${data}\n`,
  ];
  return `${lines.join('')}\n`;
}
