import { isConnectionError } from '../completions/isConnectionError.js';
import { IncompleteCompletionError } from './IncompleteCompletionError.js';

/** The answer was broken off, and by what, where that is known. */
export interface Interruption {
  readonly cause: unknown;
}

/** Whether an error of the source only says that the connection broke: then it is an interruption of the answer. */
export function findInterruption(error: unknown): Interruption | undefined {
  if (error instanceof IncompleteCompletionError && error.reason === 'interrupted') return { cause: error.cause };
  return isConnectionError(error) ? { cause: error } : undefined;
}
