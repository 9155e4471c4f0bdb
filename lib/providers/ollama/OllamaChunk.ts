/** A call of a tool, whole: Ollama does not write arguments piece by piece. */
export interface OllamaToolCall {
  readonly id?: string;
  readonly function?: { readonly name?: string; readonly arguments?: unknown };
}

/** A line of a streamed answer, as far as it is read here. */
export interface OllamaChunk {
  readonly model?: string;
  readonly message?: {
    readonly content?: string | null;
    readonly thinking?: string | null;
    readonly tool_calls?: readonly OllamaToolCall[] | null;
  };
  readonly done?: boolean;
  readonly done_reason?: string | null;
  readonly prompt_eval_count?: number;
  readonly eval_count?: number;
  /** The server failed after the answer had begun. */
  readonly error?: unknown;
}
