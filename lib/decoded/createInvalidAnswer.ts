import { boundMessage } from '../foundation/boundMessage.js';
import type { InvalidAnswer } from './InvalidAnswer.js';

/** The parts of an {@link InvalidAnswer} that its maker knows. */
type Known = Pick<InvalidAnswer, '_tag' | 'message' | 'path' | 'text'> & Partial<Pick<InvalidAnswer, 'errors'>>;

/**
 * Makes an `InvalidAnswer` of the first attempt, without another one: `retryOnValidationError` numbers it. Without
 * `errors`, its message is the one error.
 */
export function createInvalidAnswer({ _tag, path, text, errors, ...known }: Known): InvalidAnswer {
  const message = boundMessage(known.message);
  return {
    _tag,
    message,
    errors: errors ?? [{ value: undefined, context: [], message }],
    path,
    text,
    attempt: 1,
    retriesLeft: 0,
  };
}
