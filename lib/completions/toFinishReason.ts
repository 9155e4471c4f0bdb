import type { FinishReason } from './CompletionEvent.js';

/** The words in use, by what they mean. Servers that copy an API keep words of the model runtime behind them. */
const WORDS: Readonly<Record<Exclude<FinishReason, 'other'>, readonly string[]>> = {
  stop: ['stop', 'stop_sequence', 'end_turn', 'eos', 'eos_token', 'end', 'complete', 'completed', 'finished', 'done'],
  length: ['length', 'max_tokens', 'max_output_tokens', 'model_length', 'model_context_window_exceeded'],
  'content-filter': ['content_filter', 'safety', 'sensitive', 'recitation', 'blocklist', 'prohibited_content', 'spii'],
  'tool-calls': ['tool_calls', 'tool_call', 'tool_use', 'function_call'],
  refusal: ['refusal'],
};

const REASONS = new Map(
  Object.entries(WORDS).flatMap(([reason, words]) => words.map((word) => [word, reason as FinishReason])),
);

/**
 * What a provider's word for the end of an answer means; `other` for a word nobody has met.
 *
 * @param word As the provider has it; case does not matter.
 * @since 0.1.0
 */
export function toFinishReason(word: string): FinishReason {
  return REASONS.get(word.toLowerCase()) ?? 'other';
}
