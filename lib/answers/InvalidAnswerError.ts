import { StructuredError } from '../foundation/StructuredError.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';

/** The answer was wrong, and no attempt is left. */
export class InvalidAnswerError extends StructuredError {
  protected static override readonly brand = 'rx-structured/InvalidAnswerError';
  override readonly name = 'InvalidAnswerError';

  constructor(
    /** What was wrong. */
    readonly invalid: InvalidAnswer,
  ) {
    super(invalid.message);
  }
}
