import { StructuredError } from '../foundation/StructuredError.js';

/** The model stopped writing: no chunk came for `idleTimeout` milliseconds, so the request was aborted. */
export class IdleTimeoutError extends StructuredError {
  protected static override readonly brand = 'rx-structured/IdleTimeoutError';
  override readonly name = 'IdleTimeoutError';

  constructor(
    /** The milliseconds that passed without a chunk. */
    readonly idleTimeout: number,
    /** How many chunks had come before: 0 when the model never began. */
    readonly chunks: number,
  ) {
    super(
      `No chunk came for ${idleTimeout} ms ` +
        (chunks === 0 ? 'after the request was made' : `after chunk ${chunks}`) +
        ': the request was aborted. A model that thinks for long before it writes needs a longer idleTimeout.',
    );
  }
}
