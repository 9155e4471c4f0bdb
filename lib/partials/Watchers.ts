import { Observable, Subject, type Subscriber } from 'rxjs';

/** Counts who is subscribed to an Observable or to any that it has emitted, so that its source can be let go. */
export class Watchers {
  readonly #gone = new Subject<void>();
  #count = 0;

  /** Emits when nobody is left. */
  readonly gone = this.#gone.asObservable();

  add(watcher: Subscriber<never>): void {
    this.#count++;
    watcher.add(() => {
      this.#count--;
      if (this.#count === 0) this.#gone.next();
    });
  }

  /** The same Observable, with its subscribers counted. */
  of<T>(watched: Observable<T>): Observable<T> {
    return new Observable((watcher) => {
      this.add(watcher);
      return watched.subscribe(watcher);
    });
  }
}
