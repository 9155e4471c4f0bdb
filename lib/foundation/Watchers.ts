import { Observable, Subscription, type Subscriber } from 'rxjs';

/**
 * Counts who is subscribed to an Observable or to any that it has emitted. It is a subscription that ends with the last
 * of them, so that a source can be subscribed to for all of them together.
 */
export class Watchers extends Subscription {
  #count = 0;

  /** Counts a subscriber until it unsubscribes. */
  watch(watcher: Subscriber<never>): void {
    this.#count++;
    watcher.add(() => {
      this.#count--;
      if (this.#count === 0) this.unsubscribe();
    });
  }

  /** The same Observable, with its subscribers counted. */
  join<T>(watched: Observable<T>): Observable<T> {
    return new Observable((watcher) => {
      this.watch(watcher);
      return watched.subscribe(watcher);
    });
  }
}
