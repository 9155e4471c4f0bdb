import { Subject, takeUntil, type Observable, type Observer, type Subscription } from 'rxjs';

/**
 * Subscribes to a source for as long as `owner`, a subscriber as a rule, wants it.
 *
 * `source.subscribe(observer)` alone returns too late for an operator: a source that emits while it is being subscribed
 * to has no subscription yet that a `take` downstream could end. `takeUntil(stop)` can be ended from the beginning.
 *
 * The observer is told of the source's own end only. That `takeUntil` completes when the owner has gone is kept from it.
 */
export function subscribeFor<T>(owner: Subscription, source: Observable<T>, observer: Observer<T>): void {
  // Adding to a closed owner would fire `stop` before anything listens.
  if (owner.closed) return;
  const stop = new Subject<void>();
  owner.add(() => {
    stop.next();
  });
  source.pipe(takeUntil(stop)).subscribe({
    next: (value) => {
      observer.next(value);
    },
    error: (error: unknown) => {
      observer.error(error);
    },
    complete: () => {
      if (!owner.closed) observer.complete();
    },
  });
}
