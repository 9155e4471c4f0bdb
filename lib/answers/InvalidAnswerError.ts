import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import { StructuredError } from '../foundation/StructuredError.js';
import type { Unavailable } from './Unavailable.js';

/** The answer was wrong, and no attempt is left. Its message is all that was wrong, in one line. */
export class InvalidAnswerError extends StructuredError {
  protected static override readonly brand = 'rx-structured/InvalidAnswerError';
  override readonly name = 'InvalidAnswerError';

  /** The last Left. */
  declare readonly invalid: InvalidAnswer | Unavailable;

  constructor(invalid: InvalidAnswer | Unavailable) {
    const lines = invalid.message.split('\n').map((line) => line.trim());
    super(lines.join('; '), { invalid });
  }
}
