import { StructuredError } from '../foundation/StructuredError.js';

/**
 * The reason why an answer was cut off: the token limit, a content filter, a connection or a server that broke off, a
 * provider that paused, or a reason of the provider's that means none of these.
 */
export type IncompleteReason = 'length' | 'content-filter' | 'interrupted' | 'paused' | 'other';

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
  paused: 'The provider paused before the answer was whole: it goes on when it is sent what it has written so far.',
  other: 'The provider ended the answer for a reason that does not mean it is whole.',
};

const BROKEN_OFF = 'The server broke the answer off. It can be asked for again.';

export interface IncompleteCompletionOptions {
  /** The provider's own word for the reason, where it gave one. */
  readonly raw?: unknown;
  /** The error that broke the connection, if it is known. */
  readonly cause?: unknown;
}

function writeMessage(reason: IncompleteReason, raw: unknown): string {
  const message = reason === 'interrupted' && raw !== undefined ? BROKEN_OFF : MESSAGES[reason];
  // The other reasons are the provider's word, in ours.
  return typeof raw === 'string' && (reason === 'interrupted' || reason === 'other')
    ? `${message} Its word for it: ${JSON.stringify(raw)}.`
    : message;
}

/** The answer was cut off, and not by the model: its text may be only a part. */
export class IncompleteCompletionError extends StructuredError {
  protected static override readonly brand = 'rx-structured/IncompleteCompletionError';
  override readonly name = 'IncompleteCompletionError';
  /** The answer as far as it had been written. */
  declare readonly text: string;
  /** The provider's own word for the reason; absent where the connection broke. */
  declare readonly raw?: unknown;

  constructor(
    readonly reason: IncompleteReason,
    text: string,
    { raw, cause }: IncompleteCompletionOptions = {},
  ) {
    super(writeMessage(reason, raw), { text, raw, cause });
  }
}
