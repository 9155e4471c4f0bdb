import type { CompletionEvent, FinishEvent } from '../completions/CompletionEvent.js';
import { pickLastingReason } from '../completions/pickLastingReason.js';
import { IncompleteCompletionError } from './IncompleteCompletionError.js';
import { RefusalError } from './RefusalError.js';

/** Watches one answer for the way it ends. */
export class AnswerEnding {
  /** Whether anything has come of the completion. */
  hasBegun = false;
  /** The words of a refusal so far. */
  #refusal = '';
  #finish: Pick<FinishEvent, 'reason' | 'raw'> | undefined;

  see(event: CompletionEvent): void {
    this.hasBegun = true;
    if (event.type === 'refusal-delta') this.#refusal += event.text;
    if (event.type !== 'finish') return;
    const reason = pickLastingReason(this.#finish?.reason, event.reason);
    this.#finish = { reason, raw: reason === event.reason ? event.raw : this.#finish?.raw };
  }

  /** The answer begins anew: forgets its end. */
  restart(): void {
    this.#refusal = '';
    this.#finish = undefined;
  }

  /**
   * After the last event: why `text` is not the complete answer, if it is not.
   *
   * @param cause What broke the connection, if something did.
   */
  error(text: string, cause?: unknown): RefusalError | IncompleteCompletionError | undefined {
    const finish = this.#finish;
    if (this.#refusal !== '' || finish?.reason === 'refusal') return new RefusalError(this.#refusal, text);
    if (finish === undefined)
      return new IncompleteCompletionError('interrupted', text, {
        cause: cause ?? new Error('There are no more events.'),
      });
    const { reason, raw } = finish;
    return reason === 'stop' || reason === 'tool-calls'
      ? undefined
      : new IncompleteCompletionError(reason, text, { raw });
  }
}
