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
export function readRawFacts(chunk: unknown): RawFacts {
  const raw = (typeof chunk === 'object' && chunk !== null ? chunk : {}) as NonNullable<Loose>;
  const type = findText(raw['type']);
  const choice = takeFirst(raw['choices']);
  const delta = raw['delta'];
  const isMessageDelta = type === 'message_delta';

  const refusal =
    findText(choice?.['delta']?.['refusal']) ??
    (type === 'response.refusal.delta' ? findText(delta) : undefined) ??
    (isMessageDelta && findText(delta?.['stop_reason']) === 'refusal'
      ? (findText(delta?.['stop_details']?.['explanation']) ?? '')
      : undefined);
  const finish =
    findText(choice?.['finish_reason']) ??
    (isMessageDelta ? findText(delta?.['stop_reason']) : undefined) ??
    (type === 'response.completed' ? 'completed' : undefined) ??
    findText(raw['response']?.['incomplete_details']?.['reason']) ??
    findText(takeFirst(raw['candidates'])?.['finishReason']) ??
    findText(raw['done_reason']);
  const failed =
    type === 'error' || type === 'response.failed' || (typeof raw['error'] === 'object' && raw['error'] !== null);

  return {
    ...(refusal !== undefined && { refusal }),
    ...(finish !== undefined && { finish }),
    ...(failed && { failed }),
  };
}

function findText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function takeFirst(value: unknown): Loose {
  return Array.isArray(value) ? (value[0] as Loose) : undefined;
}
