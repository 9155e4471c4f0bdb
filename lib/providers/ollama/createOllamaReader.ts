import type { CompletionEvent } from '../../completions/CompletionEvent.js';
import { ProviderError } from '../../completions/ProviderError.js';
import { toFinishReason } from '../../completions/toFinishReason.js';
import { keepObject, keepObjects, keepText } from '../keepObjects.js';
import { toUsage } from '../toUsage.js';
import type { OllamaChunk, OllamaToolCall } from './OllamaChunk.js';

/**
 * Makes a reader of the lines of one answer.
 *
 * @returns A function from a line to events, for one request.
 */
export function createOllamaReader(): (chunk: OllamaChunk) => Iterable<CompletionEvent> {
  let hasStarted = false;
  let calls = 0;

  /** A call has no index of its own; some servers give none an id. */
  const toToolDelta = (call: OllamaToolCall): CompletionEvent => {
    const called = keepObject(call.function);
    const id = keepText(call.id);
    const name = keepText(called?.name);
    const text = typeof called?.arguments === 'string' ? called.arguments : JSON.stringify(called?.arguments ?? {});
    return { type: 'tool-delta', index: calls++, ...(id && { id }), ...(name && { name }), text };
  };

  return function* (chunk) {
    // Some servers write `"error": null` or `""` on every line.
    if (Boolean(chunk.error)) throw new ProviderError(chunk);
    const { done } = chunk;
    const model = keepText(chunk.model);
    const message = keepObject(chunk.message);
    const thinking = keepText(message?.thinking);
    const content = keepText(message?.content);
    if (!hasStarted && model !== '') yield { type: 'start', model };
    hasStarted ||= model !== '';
    if (thinking !== '') yield { type: 'reasoning-delta', text: thinking };
    if (content !== '') yield { type: 'text-delta', text: content };
    for (const call of keepObjects(message?.tool_calls)) yield toToolDelta(call);
    if (done !== true) return;
    yield toUsage(chunk, { input: chunk.prompt_eval_count, output: chunk.eval_count });
    // Servers before 0.1.38 give no reason.
    const reason = toFinishReason(keepText(chunk.done_reason) || 'stop');
    yield { type: 'finish', reason: reason === 'stop' && calls > 0 ? 'tool-calls' : reason, raw: chunk.done_reason };
  };
}
