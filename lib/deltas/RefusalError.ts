import { StructuredError } from '../foundation/StructuredError.js';

/** The model declined to answer. Asking again with the same words will hardly help. */
export class RefusalError extends StructuredError {
  protected static override readonly brand = 'rx-structured/RefusalError';
  override readonly name = 'RefusalError';

  /** The words with which it declined; empty where the provider gives none. */
  declare readonly refusal: string;
  /** The answer as far as it had been written. */
  declare readonly text: string;

  constructor(refusal: string, text: string) {
    super(`The model refused to answer${refusal === '' ? '.' : `: ${refusal}`}`, { refusal, text });
  }
}
