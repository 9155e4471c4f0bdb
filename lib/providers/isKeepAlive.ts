import { isObject } from '../foundation/isObject.js';

/** Events by which servers hold a connection open while the model thinks: Anthropic's, and OpenAI's. */
const KEEP_ALIVES: readonly unknown[] = ['ping', 'keepalive'];

/** Whether a chunk says nothing of the answer, so that it does not count for `idleTimeout`: like a comment. */
export function isKeepAlive(chunk: unknown): boolean {
  return isObject(chunk) && 'type' in chunk && KEEP_ALIVES.includes(chunk.type);
}
