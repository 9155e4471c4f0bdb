import { StructuredError } from '../../foundation/StructuredError.js';

/**
 * Thrown or emitted by a tool's `run` to end the whole answer: the stream errors with it, and the model is not asked
 * again. Any other error is told to the model as the result of that call.
 */
export class ToolAbortError extends StructuredError {
  protected static override readonly brand = 'rx-structured/ToolAbortError';
  override readonly name = 'ToolAbortError';

  /**
   * @param message Why the answer cannot go on.
   * @param options `cause`: the error behind it.
   */
  constructor(message = 'A tool has ended the answer.', options?: { readonly cause?: unknown }) {
    super(message, { cause: options?.cause });
  }
}
