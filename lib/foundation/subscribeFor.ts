import { Subscription, type Observable, type Observer } from 'rxjs';

/**
 * Subscribes to a source for as long as `owner`, a subscriber as a rule, wants it.
 *
 * `source.subscribe(observer)` alone returns too late for an operator: a source that emits while it is being subscribed
 * to has no subscription yet that a `take` downstream could end. Here there is one before the source is subscribed to.
 *
 * The observer is told of nothing after the owner has gone, and of the source's end once. It must not throw: whatever a
 * user's function throws is caught where it is called.
 */
export function subscribeFor<T>(owner: Subscription, source: Observable<T>, observer: Observer<T>): void {
  const link = new Link(observer);
  owner.add(link);
  if (!link.closed) source.subscribe(link);
}

/**
 * A subscription that is its own observer. rxjs takes such an object for a subscriber and hands it on as it is: the
 * subject, the `takeUntil` and the three subscribers that do the same are 1.5 KB for each operator of each stream.
 */
class Link<T> extends Subscription implements Observer<T> {
  readonly #observer: Observer<T>;
  /** The source has ended. Set before the observer is told, since it may make the source go on. */
  #hasEnded = false;

  constructor(observer: Observer<T>) {
    super();
    this.#observer = observer;
  }

  next(value: T): void {
    if (!this.closed && !this.#hasEnded) this.#observer.next(value);
  }

  error(error: unknown): void {
    if (this.closed || this.#hasEnded) return;
    this.#hasEnded = true;
    try {
      this.#observer.error(error);
    } finally {
      this.unsubscribe();
    }
  }

  complete(): void {
    if (this.closed || this.#hasEnded) return;
    this.#hasEnded = true;
    try {
      this.#observer.complete();
    } finally {
      this.unsubscribe();
    }
  }
}
