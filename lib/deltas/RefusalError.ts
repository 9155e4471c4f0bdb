import { StructuredError } from '../foundation/StructuredError.js';

/** The model declined to answer. Asking again with the same words will hardly help. */
export class RefusalError extends StructuredError {
  protected static override readonly brand = 'rx-structured/RefusalError';
  override readonly name = 'RefusalError';

  constructor(
    /** The words with which it declined; empty where the provider gives none. */
    readonly refusal: string,
    /** The answer as far as it had been written. */
    readonly text: string,
  ) {
    super(`The model refused to answer${refusal === '' ? '.' : `: ${refusal}`}`);
  }
}
