import { Observable, tap } from 'rxjs';
import { tell, type WatchedEvent, type Watcher } from '../completions/AnswerDeltaEvent.js';
import type { AttemptEvent } from '../completions/AttemptEvent.js';
import { AttemptRecord } from '../completions/AttemptRecord.js';
import type { CompletionEvent } from '../completions/CompletionEvent.js';
import { CompletionFeed } from '../completions/CompletionFeed.js';
import type { AnyAnswer } from '../decoded/Decoded.js';
import { subscribeFor } from '../foundation/subscribeFor.js';
import { sumUsage, type AttemptInfo, type Usage } from '../completions/CompletionInfo.js';

/** The facts about a request before it is made. */
export interface RequestStart {
  /** The model that is asked. */
  readonly model?: string | undefined;
  /** Which request of the attempt this is, where an attempt takes several. */
  readonly step?: number;
}

/**
 * Every request of one completion: numbers them, tells the watcher where they begin and end, and remembers what they
 * have cost. Holds state, so one belongs to one subscription.
 */
export class AttemptLog {
  readonly #watch: Watcher | undefined;
  readonly #feed = new CompletionFeed();
  readonly #records: AttemptRecord[] = [];
  #attempt = 0;

  constructor(watch: Watcher | undefined) {
    this.#watch = watch;
  }

  /** The number of the attempt under way, 0 before the first. */
  get attempt(): number {
    return this.#attempt;
  }

  /** The requests so far, oldest first. The last one may still run. */
  get attempts(): readonly AttemptInfo[] {
    return this.#records.map((record) => record.describe());
  }

  /** All that was spent, as far as providers have reported it. */
  get usage(): Usage | undefined {
    return sumUsage(this.attempts.map(({ usage }) => usage));
  }

  /** The next request belongs to another attempt. */
  beginAttempt(): void {
    this.#attempt += 1;
  }

  /** Tells the watcher, and then those who have asked, at this event or before, for all of the completion. */
  tell(event: WatchedEvent): void {
    tell(this.#watch, event);
    this.#feed.tell(event);
  }

  /**
   * The same answers, told as well to those who have asked for all of the completion.
   *
   * @param locate Where the text of an answer became wrong.
   */
  show<E extends AnyAnswer<{ readonly _tag: string }>>(
    answers: Observable<E>,
    locate?: (left: unknown) => number | undefined,
  ): Observable<E> {
    if (this.#watch === undefined) return answers;
    return answers.pipe(
      tap({
        next: (either) => {
          const offset = either._tag === 'Left' && locate ? { offset: () => locate(either.left) } : {};
          this.#feed.tell({ type: 'shown', either, ...offset });
        },
        error: (error: unknown) => {
          this.#feed.tell({ type: 'ended', how: 'failed', error });
        },
        complete: () => {
          this.#feed.tell({ type: 'ended', how: 'completed' });
        },
        unsubscribe: () => {
          this.#feed.tell({ type: 'ended', how: 'cancelled' });
        },
      }),
    );
  }

  /**
   * The same request, watched: `attempt`, the provider's events, and exactly one `attempt-over`, however it ends.
   *
   * @param saidSoFar The model's own words, as far as they were read.
   * @param see Given every event after the watcher.
   */
  record(
    request: Observable<CompletionEvent>,
    { model, step }: RequestStart,
    saidSoFar: () => string,
    see: (event: CompletionEvent) => void,
  ): Observable<CompletionEvent> {
    return new Observable((subscriber) => {
      const attempt = this.#attempt;
      const record = new AttemptRecord({
        attempt,
        ...(step !== undefined && { step }),
        ...(model !== undefined && { model }),
      });
      this.#records.push(record);

      const end = (how: 'by itself' | 'stopped', failure?: { readonly error: unknown }): void => {
        if (record.isOver) return;
        record.end(how);
        this.tell({ type: 'attempt-over', ...record.describe(), text: saidSoFar(), ...failure });
      };
      // First of all, so that it is told as well when the watcher unsubscribes as it hears of the attempt.
      subscriber.add(() => {
        end('stopped');
      });

      const { startedAt } = record;
      const begun: AttemptEvent = {
        type: 'attempt',
        attempt,
        ...(step !== undefined && { step }),
        ...(model !== undefined && { model }),
        startedAt,
      };
      this.tell(this.#feed.mark(begun));
      if (subscriber.closed) return;

      subscribeFor(subscriber, request, {
        next: (event) => {
          record.see(event);
          this.tell(event);
          see(event);
          subscriber.next(event);
        },
        complete: () => {
          end('by itself');
          subscriber.complete();
        },
        error: (error: unknown) => {
          end('by itself', { error });
          subscriber.error(error);
        },
      });
    });
  }
}
