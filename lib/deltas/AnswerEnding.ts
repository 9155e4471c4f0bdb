import type { CompletionEvent, FinishReason } from '../completions/CompletionEvent.js';
import { IncompleteCompletionError } from './IncompleteCompletionError.js';
import { RefusalError } from './RefusalError.js';

/** Watches one answer for the way it ends. An answer that begins anew forgets what was said before. */
export class AnswerEnding {
  /** The words of a refusal so far. */
  #refusal = '';
  #finish: FinishReason | undefined;

  see(event: CompletionEvent): void {
    if (event.type === 'refusal-delta') this.#refusal += event.text;
    else if (event.type === 'finish') this.#finish = event.reason;
    else if (event.type === 'start') {
      this.#refusal = '';
      this.#finish = undefined;
    }
  }

  /** Once there are no more events: why `text` is not the whole answer, if it is not. */
  error(text: string): RefusalError | IncompleteCompletionError | undefined {
    const finish = this.#finish;
    if (this.#refusal !== '' || finish === 'refusal') return new RefusalError(this.#refusal, text);
    if (finish === undefined) return new IncompleteCompletionError('interrupted', text);
    return finish === 'length' || finish === 'content-filter' ? new IncompleteCompletionError(finish, text) : undefined;
  }
}
