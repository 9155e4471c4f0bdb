import { classifyFailure } from '../deltas/classifyFailure.js';
import { RefusalError } from '../deltas/RefusalError.js';
import { boundMessage } from '../foundation/boundMessage.js';
import type { FailedEvent } from './AnswerEvent.js';
import type { FailureCode } from './FailureCode.js';

const MESSAGES: Readonly<Record<Exclude<FailureCode, 'refused'>, string>> = {
  length: 'The answer became too long and was cut off.',
  'content-filter': 'The answer was cut off by a content filter.',
  interrupted: 'The connection was lost in the middle of the answer.',
  paused: 'The model paused before the answer was whole.',
  other: 'The answer was cut off.',
  timeout: 'The model stopped answering.',
  'rate-limited': 'There are too many requests. Try again later.',
  unavailable: 'The model is unavailable. Try again later.',
  internal: 'Something went wrong.',
};

/**
 * The part of an error that may leave the server. Its own message stays: SDKs write keys, URLs and parts of the
 * request into theirs.
 */
export function toFailure(error: unknown): FailedEvent {
  if (error instanceof RefusalError) return { type: 'failed', code: 'refused', message: boundMessage(error.refusal) };
  const code = classifyFailure(error);
  return { type: 'failed', code, message: MESSAGES[code] };
}
