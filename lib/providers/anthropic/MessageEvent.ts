/*
 * The streaming events of the messages API, as far as they matter here. Servers that copy it leave fields out; events
 * of other types have other fields, and are passed over.
 */

export interface MessageUsage {
  readonly input_tokens?: number | null;
  readonly output_tokens?: number | null;
  readonly cache_creation_input_tokens?: number | null;
  readonly cache_read_input_tokens?: number | null;
  readonly output_tokens_details?: { readonly thinking_tokens?: number | null } | null;
}

export interface MessageBlock {
  readonly type?: string | null;
  readonly id?: string | null;
  readonly name?: string | null;
  readonly input?: unknown;
  readonly text?: string | null;
  readonly thinking?: string | null;
}

export interface MessageDelta {
  readonly type?: string | null;
  readonly text?: string | null;
  readonly partial_json?: string | null;
  readonly thinking?: string | null;
  readonly stop_reason?: string | null;
  readonly stop_details?: { readonly explanation?: string | null } | null;
}

export interface MessageEvent {
  readonly type: string;
  readonly index?: number | null;
  readonly message?: {
    readonly id?: string | null;
    readonly model?: string | null;
    readonly usage?: MessageUsage | null;
  } | null;
  readonly content_block?: MessageBlock | null;
  readonly delta?: MessageDelta | null;
  readonly usage?: MessageUsage | null;
}
