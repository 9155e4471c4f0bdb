import { StructuredError } from '../foundation/StructuredError.js';
import type { IncompleteReason } from '../deltas/IncompleteCompletionError.js';
import type { FailureCode } from './FailureCode.js';

/** The completion failed at the server, with an error that it keeps to itself. */
export class RemoteCompletionError extends StructuredError {
  protected static override readonly brand = 'rx-structured/RemoteCompletionError';
  override readonly name = 'RemoteCompletionError';

  /** The answer as far as it had been sent. */
  declare readonly text: string;

  constructor(
    /** The kind of the error. */
    readonly code: Exclude<FailureCode, 'refused' | IncompleteReason>,
    message: string,
    text: string,
  ) {
    super(message, { text });
  }
}
