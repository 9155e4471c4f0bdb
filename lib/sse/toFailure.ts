import { IdleTimeoutError } from '../completions/IdleTimeoutError.js';
import { IncompleteCompletionError } from '../deltas/IncompleteCompletionError.js';
import { RefusalError } from '../deltas/RefusalError.js';
import type { FailedEvent } from './AnswerEvent.js';
import type { FailureCode } from './FailureCode.js';

const MESSAGES: Readonly<Record<Exclude<FailureCode, 'refused'>, string>> = {
  length: 'The answer became too long and was cut off.',
  'content-filter': 'The answer was cut off by a content filter.',
  interrupted: 'The connection was lost in the middle of the answer.',
  timeout: 'The model stopped answering.',
  'rate-limited': 'There are too many requests. Try again later.',
  unavailable: 'The model is unavailable. Try again later.',
  internal: 'Something went wrong.',
};

/**
 * What of an error may leave the server. Nothing of its own message does: SDKs write keys, URLs and parts of the
 * request into theirs.
 */
export function toFailure(error: unknown): FailedEvent {
  if (error instanceof RefusalError) return { type: 'failed', code: 'refused', message: error.refusal };
  const code = codeOf(error);
  return { type: 'failed', code, message: MESSAGES[code] };
}

function codeOf(error: unknown): Exclude<FailureCode, 'refused'> {
  if (error instanceof IncompleteCompletionError)
    return error.reason === 'paused' || error.reason === 'other' ? 'internal' : error.reason;
  if (error instanceof IdleTimeoutError) return 'timeout';
  // Every SDK says the HTTP status this way.
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (status === 429) return 'rate-limited';
  return typeof status === 'number' && status >= 500 ? 'unavailable' : 'internal';
}
