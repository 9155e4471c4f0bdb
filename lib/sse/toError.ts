import { IncompleteCompletionError } from '../deltas/IncompleteCompletionError.js';
import { RefusalError } from '../deltas/RefusalError.js';
import type { FailedEvent } from './AnswerEvent.js';
import { RemoteCompletionError } from './RemoteCompletionError.js';

/** The error that the server saw, as far as it said so. */
export function toError({ code, message }: FailedEvent, text: string): Error {
  switch (code) {
    case 'refused':
      return new RefusalError(message, text);
    case 'length':
    case 'content-filter':
    case 'interrupted':
    case 'paused':
    case 'other':
      return new IncompleteCompletionError(code, text);
    default:
      return new RemoteCompletionError(code, message, text);
  }
}
