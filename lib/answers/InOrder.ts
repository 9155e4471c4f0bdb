import type { Observer, Subscription } from 'rxjs';

/** Tells an observer what comes in the order in which it began, though some of it is not known yet. */
export class InOrder<T> implements Observer<T> {
  readonly #target: Observer<T>;
  readonly #owner: Subscription;
  /** What has been told to wait; `undefined` while everything is told at once. */
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

  /** A value that is known later. What comes after it waits for it; an error is the target's. */
  later(value: Promise<T>): void {
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
