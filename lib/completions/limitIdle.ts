import { Observable, timer, type Subscription } from 'rxjs';
import { subscribeFor } from '../foundation/subscribeFor.js';
import type { CompletionEvent } from './CompletionEvent.js';
import { FINISH_GRACE } from './fromCompletion.js';
import { IdleTimeoutError } from './IdleTimeoutError.js';
import { toDelay } from '../foundation/toDelay.js';

/**
 * Gives up a completion whose events stop coming, for models that do not so themselves; after a finish, its end is the
 * end of the answer. Like `fromCompletion`, with events for chunks.
 */
export function limitIdle(events: Observable<CompletionEvent>, idleTimeout = Infinity): Observable<CompletionEvent> {
  return new Observable((subscriber) => {
    let count = 0;
    let finished = false;
    let waiting: Subscription | undefined;

    const wait = (): void => {
      waiting?.unsubscribe();
      const limit = finished && !(idleTimeout < FINISH_GRACE) ? FINISH_GRACE : idleTimeout;
      if (subscriber.closed || !(limit < Infinity)) return;
      waiting = timer(toDelay(limit)).subscribe({
        next: () => {
          if (finished) subscriber.complete();
          else subscriber.error(new IdleTimeoutError(idleTimeout, count));
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
      });
    };

    subscriber.add(() => {
      waiting?.unsubscribe();
    });
    wait();
    subscribeFor(subscriber, events, {
      next: (event) => {
        count += 1;
        finished ||= event.type === 'finish';
        subscriber.next(event);
        wait();
      },
      error: (error: unknown) => {
        subscriber.error(error);
      },
      complete: () => {
        subscriber.complete();
      },
    });
  });
}
