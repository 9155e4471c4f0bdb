import { timer, type Observer, type Subscription } from 'rxjs';
import { toDelay } from '../foundation/toDelay.js';
import type { CompletionEvent } from './CompletionEvent.js';
import { FINISH_GRACE } from './fromCompletion.js';
import { IdleTimeoutError } from './IdleTimeoutError.js';

/**
 * Gives up a completion whose events stop coming, for models that do not so themselves; after a finish, its end is the
 * end of the answer. Like `fromCompletion`, with events for chunks.
 */
export class IdleReader implements Observer<CompletionEvent> {
  readonly #target: Observer<CompletionEvent>;
  readonly #idleTimeout: number;
  readonly #owner: Subscription;
  #count = 0;
  #finished = false;
  /** Set while there is a limit. */
  #waiting: Subscription | undefined;

  /** @param owner Nothing is waited for after it has gone. */
  constructor(target: Observer<CompletionEvent>, idleTimeout: number | undefined, owner: Subscription) {
    this.#target = target;
    this.#idleTimeout = idleTimeout ?? Infinity;
    this.#owner = owner;
    owner.add(this);
    this.#wait();
  }

  next(event: CompletionEvent): void {
    this.#count += 1;
    this.#finished ||= event.type === 'finish';
    this.#target.next(event);
    this.#wait();
  }

  error(error: unknown): void {
    this.#target.error(error);
  }

  complete(): void {
    this.#target.complete();
  }

  unsubscribe(): void {
    this.#waiting?.unsubscribe();
  }

  #wait(): void {
    this.#waiting?.unsubscribe();
    const limit = this.#finished && !(this.#idleTimeout < FINISH_GRACE) ? FINISH_GRACE : this.#idleTimeout;
    if (this.#owner.closed || !(limit < Infinity)) return;
    this.#waiting = timer(toDelay(limit)).subscribe({
      next: () => {
        if (this.#finished) this.#target.complete();
        else this.#target.error(new IdleTimeoutError(this.#idleTimeout, this.#count));
      },
      error: (error: unknown) => {
        this.#target.error(error);
      },
    });
  }
}
