import { tap, type Observable, type Observer, type Subscription } from 'rxjs';
import { tell, type WatchedEvent, type Watcher } from '../completions/AnswerDeltaEvent.js';
import { AttemptRecord } from '../completions/AttemptRecord.js';
import type { CompletionEvent } from '../completions/CompletionEvent.js';
import { CompletionFeed } from '../completions/CompletionFeed.js';
import type { AnyAnswer } from '../decoded/Decoded.js';
import { sumUsage, type AttemptInfo, type Usage } from '../completions/CompletionInfo.js';
import { RequestReader, type Asker } from './RequestReader.js';

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
  /** Where the watcher finds those who want to hear all. */
  readonly #feed: CompletionFeed | undefined;
  #records: readonly AttemptRecord[] = [];
  #attempt = 0;

  constructor(watch: Watcher | undefined) {
    this.#watch = watch;
    this.#feed = watch && new CompletionFeed();
  }

  get isWatched(): boolean {
    return this.#watch !== undefined;
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
    this.#feed?.tell(event);
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
    const feed = this.#feed;
    if (feed === undefined) return answers;
    return answers.pipe(
      tap({
        next: (either) => {
          const offset = either._tag === 'Left' && locate ? { offset: () => locate(either.left) } : {};
          feed.tell({ type: 'shown', either, ...offset });
        },
        error: (error: unknown) => {
          feed.tell({ type: 'ended', how: 'failed', error });
        },
        complete: () => {
          feed.tell({ type: 'ended', how: 'completed' });
        },
        unsubscribe: () => {
          feed.tell({ type: 'ended', how: 'cancelled' });
        },
      }),
    );
  }

  /**
   * Another request begins: the watcher is told so.
   *
   * @param owner The request runs for as long as this subscription is open. A watcher may end it.
   * @returns The first reader of the request's events, which tells `target` of them.
   */
  begin(
    target: Observer<CompletionEvent>,
    owner: Subscription,
    { model, step }: RequestStart,
    asker: Asker,
  ): Observer<CompletionEvent> {
    const start = {
      attempt: this.#attempt,
      ...(step !== undefined && { step }),
      ...(model !== undefined && { model }),
    };
    const record = new AttemptRecord(start);
    // Most completions have one: an array that is pushed to makes room for sixteen more.
    this.#records = this.#records.concat(record);
    const reader = new RequestReader(target, this, record, asker);
    // First of all, so that the end is told as well when the watcher unsubscribes as it hears of the attempt.
    owner.add(reader);
    const { startedAt } = record;
    if (this.#feed !== undefined) this.tell(this.#feed.mark({ type: 'attempt', ...start, startedAt }));
    return reader;
  }
}
