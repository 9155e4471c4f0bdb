import type { Observer, Subscription } from 'rxjs';

/** Tells an observer values in the order in which they began, although some of them are not known yet. */
export class InOrder<T> implements Observer<T> {
  readonly #target: Observer<T>;
  readonly #owner: Subscription;
  /** The last value in the queue; `undefined` while every value is delivered at once. */
  #queue: Promise<void> | undefined;

  /** @param owner When it has left, nothing is told any more. */
  constructor(target: Observer<T>, owner: Subscription) {
    this.#target = target;
    this.#owner = owner;
  }

  next(value: T): void {
    this.#tell(() => {
      this.#target.next(value);
    });
  }

  /** A value that is known later. Later values wait for it; its error goes to the target. */
  nextLater(value: Promise<T>): void {
    const before = this.#queue ?? Promise.resolve();
    // At once, lest it be unhandled while the queue is waited for.
    value.catch(() => undefined);
    this.#wait(
      before.then(async () => {
        const known = await value;
        if (!this.#owner.closed) this.#target.next(known);
      }),
    );
  }

  error(error: unknown): void {
    this.#tell(() => {
      this.#target.error(error);
    });
  }

  complete(): void {
    this.#tell(() => {
      this.#target.complete();
    });
  }

  #tell(action: () => void): void {
    if (this.#queue === undefined) action();
    else
      this.#wait(
        this.#queue.then(() => {
          if (!this.#owner.closed) action();
        }),
      );
  }

  #wait(step: Promise<void>): void {
    const queue = step
      .catch((error: unknown) => {
        if (!this.#owner.closed) this.#target.error(error);
      })
      .then(() => {
        if (this.#queue === queue) this.#queue = undefined;
      });
    this.#queue = queue;
  }
}
