import { APIConnectionError, APIError } from 'openai';

/** An error in one line, with advice where the error is a known one. */
export function explainError(error: unknown): string {
  if (error instanceof APIConnectionError)
    return `No connection: ${rootCause(error)}. Is the server running, and OPENAI_BASE_URL right?`;
  if (error instanceof APIError) {
    const advice: Readonly<Record<number, string>> = {
      401: ' Is OPENAI_API_KEY right?',
      404: ' Is OPENAI_MODEL the name of a model that this key may use?',
      429: ' Too many requests, or no credit left.',
    };
    return `The API answered with an error: ${error.message}.${advice[Number(error.status)] ?? ''}`;
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** The message `fetch failed` says nothing, so the cause is read. */
function rootCause(error: Error): string {
  if (error.cause instanceof Error) return rootCause(error.cause);
  return error.message || ('code' in error ? String(error.code) : error.name);
}
