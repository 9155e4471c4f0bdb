/*
 * The streaming events of the responses API, as far as they matter here. Servers that copy it leave fields out; events
 * of other types have other fields, and are passed over.
 */

export interface ResponsePart {
  readonly type?: string | null;
  readonly text?: string | null;
  readonly refusal?: string | null;
}

/** A message, a tool call, or something that is neither. */
export interface ResponseItem {
  readonly type?: string | null;
  readonly id?: string | null;
  /** For a message: `commentary` on the way to the answer, or `final_answer`. */
  readonly phase?: string | null;
  readonly call_id?: string | null;
  readonly name?: string | null;
  readonly arguments?: unknown;
  readonly input?: unknown;
  readonly content?: string | readonly ResponsePart[] | null;
}

export interface ResponseUsage {
  readonly input_tokens?: number | null;
  readonly output_tokens?: number | null;
  readonly input_tokens_details?: { readonly cached_tokens?: number | null } | null;
  readonly output_tokens_details?: { readonly reasoning_tokens?: number | null } | null;
}

export interface ResponseState {
  readonly id?: string | null;
  readonly model?: string | null;
  readonly status?: string | null;
  readonly output?: readonly ResponseItem[] | null;
  readonly incomplete_details?: { readonly reason?: string | null } | null;
  readonly error?: unknown;
  readonly usage?: ResponseUsage | null;
}

export interface ResponseEvent {
  readonly type: string;
  readonly response?: ResponseState | null;
  readonly output_index?: number | null;
  readonly item_id?: string | null;
  readonly item?: ResponseItem | null;
  readonly delta?: unknown;
}
