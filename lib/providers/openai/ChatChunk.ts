/*
 * Chunks as servers that speak the chat completions API really send them. Any field may be missing or null, and some
 * carry what the API does not know; OpenAI's own chunks are of these types too.
 */

export interface ChatContentPart {
  readonly type?: string | null;
  readonly text?: string | null;
  readonly thinking?: string | readonly ChatContentPart[] | null;
  readonly refusal?: string | null;
}

export interface ChatReasoningDetail {
  readonly text?: string | null;
  readonly summary?: string | null;
}

export interface ChatFunction {
  readonly name?: string | null;
  /** A string; an object from servers that do not stream it; null for none. */
  readonly arguments?: unknown;
  /** For a custom tool: text of any form. */
  readonly input?: unknown;
}

export interface ChatToolCall {
  readonly index?: number | null;
  readonly id?: string | null;
  readonly function?: ChatFunction | null;
  readonly custom?: ChatFunction | null;
}

export interface ChatMessage {
  readonly content?: string | readonly ChatContentPart[] | null;
  readonly refusal?: string | null;
  readonly reasoning?: string | null;
  readonly reasoning_content?: string | null;
  readonly reasoning_details?: readonly ChatReasoningDetail[] | null;
  readonly tool_calls?: readonly ChatToolCall[] | null;
  readonly function_call?: ChatFunction | null;
}

export interface ChatUsage {
  readonly prompt_tokens?: number | null;
  readonly completion_tokens?: number | null;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number | null } | null;
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number | null } | null;
  readonly prompt_cache_hit_tokens?: number | null;
}

export interface ChatChoice {
  readonly index?: number | null;
  readonly delta?: ChatMessage | null;
  readonly message?: ChatMessage | null;
  readonly finish_reason?: string | null;
  readonly usage?: ChatUsage | null;
  readonly error?: unknown;
}

export interface ChatChunk {
  readonly id?: string | null;
  readonly model?: string | null;
  readonly object?: string | null;
  readonly choices?: readonly ChatChoice[] | null;
  readonly usage?: ChatUsage | null;
  readonly error?: unknown;
}
