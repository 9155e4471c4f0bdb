import type { InvalidAnswer } from './InvalidAnswer.js';

/** The parts of an {@link InvalidAnswer} that its maker knows. */
type Known = Pick<InvalidAnswer, '_tag' | 'message' | 'path' | 'text'> & Partial<Pick<InvalidAnswer, 'errors'>>;

/**
 * Makes an `InvalidAnswer` of the first attempt, without another one: `retryOnValidationError` numbers it. Without
 * `errors`, its message is the one error.
 */
export function createInvalidAnswer({ _tag, message, path, text, errors }: Known): InvalidAnswer {
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
