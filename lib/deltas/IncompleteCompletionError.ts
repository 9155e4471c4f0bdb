import { StructuredError } from '../foundation/StructuredError.js';

/** What cut an answer off: the token limit, a content filter, or a connection that ended without a finish reason. */
export type IncompleteReason = 'length' | 'content-filter' | 'interrupted';

const MESSAGES: Readonly<Record<IncompleteReason, string>> = {
  length:
    'The answer reached the token limit before it was whole. Raise the maximum of output tokens (reasoning counts ' +
    'towards it), or ask for a shorter answer.',
  'content-filter':
    "The provider's content filter cut the answer off. Change the request, or the filter's settings: asking again " +
    'with the same words will hardly help.',
  interrupted:
    'The response ended without a finish reason: the connection was cut in the middle of the answer. It can be ' +
    'asked for again.',
};

/** The answer was cut off, and not by the model: what there is of it may be only a part. */
export class IncompleteCompletionError extends StructuredError {
  protected static override readonly brand = 'rx-structured/IncompleteCompletionError';
  override readonly name = 'IncompleteCompletionError';

  constructor(
    readonly reason: IncompleteReason,
    /** The answer as far as it had been written. */
    readonly text: string,
  ) {
    super(MESSAGES[reason]);
  }
}
