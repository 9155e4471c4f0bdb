/** Facts that the AI SDK's providers drop or change, read from the chunk as the API sent it. */
export interface RawFacts {
  /** More of the words with which the model declines. */
  readonly refusal?: string;
  /** The API's own word for why the model stopped. */
  readonly finish?: string;
  /** The API reports a failure. */
  readonly failed?: true;
}

/** A chunk of any API: nothing is known of it. */
type Loose = { readonly [key: string]: Loose } | null | undefined;

/**
 * Reads a chunk of the chat completions, responses, messages, Gemini and Ollama APIs alike: their fields do not meet.
 */
export function rawFacts(chunk: unknown): RawFacts {
  const raw = (typeof chunk === 'object' && chunk !== null ? chunk : {}) as NonNullable<Loose>;
  const type = textIn(raw['type']);
  const choice = first(raw['choices']);
  const delta = raw['delta'];
  const isMessageDelta = type === 'message_delta';

  const refusal =
    textIn(choice?.['delta']?.['refusal']) ??
    (type === 'response.refusal.delta' ? textIn(delta) : undefined) ??
    (isMessageDelta && textIn(delta?.['stop_reason']) === 'refusal'
      ? (textIn(delta?.['stop_details']?.['explanation']) ?? '')
      : undefined);
  const finish =
    textIn(choice?.['finish_reason']) ??
    (isMessageDelta ? textIn(delta?.['stop_reason']) : undefined) ??
    (type === 'response.completed' ? 'completed' : undefined) ??
    textIn(raw['response']?.['incomplete_details']?.['reason']) ??
    textIn(first(raw['candidates'])?.['finishReason']) ??
    textIn(raw['done_reason']);
  const failed =
    type === 'error' || type === 'response.failed' || (typeof raw['error'] === 'object' && raw['error'] !== null);

  return {
    ...(refusal !== undefined && { refusal }),
    ...(finish !== undefined && { finish }),
    ...(failed && { failed }),
  };
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function first(value: unknown): Loose {
  return Array.isArray(value) ? (value[0] as Loose) : undefined;
}
