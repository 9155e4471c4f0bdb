import type { CompletionEvent } from '../../completions/CompletionEvent.js';
import { ProviderError } from '../../completions/ProviderError.js';
import { toFinishReason } from '../../completions/toFinishReason.js';
import type { OllamaChunk, OllamaToolCall } from './OllamaChunk.js';

/**
 * Makes a reader of the lines of one answer.
 *
 * @returns A function from a line to events, for one request.
 */
export function createOllamaReader(): (chunk: OllamaChunk | string) => Iterable<CompletionEvent> {
  let hasStarted = false;
  let calls = 0;

  /** A call has no index of its own; some servers give none an id. */
  const toToolDelta = ({ id, function: called }: OllamaToolCall): CompletionEvent => ({
    type: 'tool-delta',
    index: calls++,
    ...(id && { id }),
    ...(called?.name && { name: called.name }),
    text: typeof called?.arguments === 'string' ? called.arguments : JSON.stringify(called?.arguments ?? {}),
  });

  return function* (chunk) {
    // A line that is not JSON comes as a string. In the middle of an answer it may be a part of it, and is not quoted.
    if (typeof chunk === 'string' && hasStarted)
      throw new ProviderError(chunk, undefined, `A line of ${chunk.length} characters in the answer is not JSON.`);
    if (typeof chunk !== 'object' || chunk.error !== undefined) throw new ProviderError(chunk);
    const { model, message, done, done_reason } = chunk;
    if (!hasStarted && model) yield { type: 'start', model };
    hasStarted ||= Boolean(model);
    if (message?.thinking) yield { type: 'reasoning-delta', text: message.thinking };
    if (message?.content) yield { type: 'text-delta', text: message.content };
    for (const call of message?.tool_calls ?? []) yield toToolDelta(call);
    if (!done) return;
    const { prompt_eval_count: inputTokens = 0, eval_count: outputTokens = 0 } = chunk;
    yield { type: 'usage', inputTokens, outputTokens, raw: chunk };
    // Servers before 0.1.38 give no reason.
    const reason = toFinishReason(done_reason ?? 'stop');
    yield { type: 'finish', reason: reason === 'stop' && calls > 0 ? 'tool-calls' : reason, raw: done_reason };
  };
}
