import { classifyFailure } from '../deltas/classifyFailure.js';
import { IncompleteCompletionError } from '../deltas/IncompleteCompletionError.js';

/**
 * A name of few values for an error: the reason of a cut, the HTTP status of an SDK's error, what a connection or a
 * provider failed with (`unavailable`, `interrupted`, `rate-limited`, `timeout`), or the error's class.
 */
export function toErrorType(error: unknown): string {
  if (error instanceof IncompleteCompletionError) return error.reason;
  if (!(error instanceof Error)) return '_OTHER';
  if ('status' in error && typeof error.status === 'number') return String(error.status);
  const kind = classifyFailure(error);
  if (kind !== 'internal') return kind;
  return error.name === 'Error' ? error.constructor.name : error.name;
}
