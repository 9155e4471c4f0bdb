import type { CompletionEvent, FinishReason } from '../completions/CompletionEvent.js';
import { IncompleteCompletionError } from './IncompleteCompletionError.js';
import { RefusalError } from './RefusalError.js';

/** How an answer ends, gathered from its events. */
export interface AnswerEnding {
  see(event: CompletionEvent): void;
  /** Once there are no more events: why `text` is not the whole answer, if it is not. */
  error(text: string): RefusalError | IncompleteCompletionError | undefined;
}

/** Watches one answer for the way it ends. An answer that begins anew forgets what was said before. */
export function answerEnding(): AnswerEnding {
  let refusal = '';
  let finish: FinishReason | undefined;

  return {
    see(event) {
      if (event.type === 'refusal-delta') refusal += event.text;
      else if (event.type === 'finish') finish = event.reason;
      else if (event.type === 'start') {
        refusal = '';
        finish = undefined;
      }
    },
    error(text) {
      if (refusal !== '' || finish === 'refusal') return new RefusalError(refusal, text);
      if (finish === undefined) return new IncompleteCompletionError('interrupted', text);
      return finish === 'length' || finish === 'content-filter'
        ? new IncompleteCompletionError(finish, text)
        : undefined;
    },
  };
}
