import type { FinishReason } from './CompletionEvent.js';

/**
 * The words in use, by what they mean. Servers that copy an API keep words of the model runtime behind them: Gemini,
 * vLLM, SGLang, TGI, llama.cpp, Bedrock, Cohere, Qianfan, Zhipu.
 */
const WORDS: Readonly<Record<Exclude<FinishReason, 'other'>, string>> = {
  stop:
    'stop stop_sequence stop_token stop_str stop_word end_turn eos eos_token eot eot_token end end_of_text ' +
    'end_of_turn complete completed finish finished done normal natural success succeeded',
  length:
    'length max_length max_tokens max_output_tokens max_completion_tokens max_new_tokens max_total_tokens token_limit ' +
    'model_length length_limit output_limit context_length context_length_exceeded context_window_exceeded ' +
    'model_context_window_exceeded truncated limit',
  'content-filter':
    'content_filter content_filtered content_filter_error content_policy content_policy_violation content_blocked ' +
    'content_moderation safety image_safety sensitive recitation image_recitation blocklist blocked ' +
    'prohibited_content image_prohibited_content spii model_armor guardrail guardrail_intervened guardrails ' +
    'error_toxic moderation moderated flagged filtered violation risk data_inspection_failed',
  'tool-calls': 'tool_calls tool_call tool_use tool function_call function_calls function',
  refusal: 'refusal refused',
  interrupted:
    'abort aborted cancel canceled cancelled cancellation user_cancel user_cancelled request_cancelled ' +
    'client_disconnected disconnect disconnected timeout timed_out time_out time_limit deadline deadline_exceeded ' +
    'expired interrupt interrupted preempt preempted evicted shutdown connection_error incomplete_stream',
  paused: 'pause pause_turn paused requires_action',
};

const REASONS = new Map(
  Object.entries(WORDS).flatMap(([reason, words]) => words.split(' ').map((word) => [word, reason as FinishReason])),
);

const normalize = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^(finish_reason|finishreason|stop_reason)_(?=.)/, '');

/**
 * The meaning of a provider's word for the end of an answer; `other` for an unknown word.
 *
 * @param word As the provider has it; case does not matter, nor does a detail after a colon (`content_filter: SPII`).
 * @since 0.1.0
 */
export function toFinishReason(word: string): FinishReason {
  const [kind = ''] = word.split(/[:(]/, 1);
  return REASONS.get(normalize(word)) ?? REASONS.get(normalize(kind)) ?? 'other';
}
