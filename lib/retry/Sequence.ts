import { defer, finalize, Subject, takeUntil, type ObservableInput, type Subscriber } from 'rxjs';

/**
 * Subscribes to one input after the other on behalf of one subscriber.
 *
 * Each is unsubscribed from before the next one is subscribed to. Inputs that end at once follow each other in a loop:
 * if each subscribed to the next one, ten thousand of them would fill the stack.
 */
export class Sequence {
  readonly #subscriber: Subscriber<unknown>;
  /** Fires when the subscriber has left: the subscription may not be there yet when a source emits at once. */
  readonly #stop = new Subject<void>();
  /** The next source to subscribe to. Set by `follow`, taken by the loop. */
  #next: (() => void) | undefined;
  #isLooping = false;

  constructor(subscriber: Subscriber<unknown>) {
    this.#subscriber = subscriber;
    subscriber.add(() => {
      this.#stop.next();
    });
  }

  /**
   * Subscribes to the input as soon as nothing else is being subscribed to. Its error is the subscriber's.
   *
   * @param over Called when the input has completed and was let go, unless the subscriber has left.
   */
  follow<T>(input: () => ObservableInput<T>, next: (value: T) => void, over: () => void): void {
    this.#next = () => {
      this.#subscribe(input, next, over);
    };
    if (this.#isLooping) return;
    this.#isLooping = true;
    for (let subscribe = this.#take(); subscribe !== undefined; subscribe = this.#take()) subscribe();
    this.#isLooping = false;
  }

  #take(): (() => void) | undefined {
    const next = this.#subscriber.closed ? undefined : this.#next;
    this.#next = undefined;
    return next;
  }

  #subscribe<T>(input: () => ObservableInput<T>, next: (value: T) => void, over: () => void): void {
    let isComplete = false;
    const settle = (): void => {
      if (isComplete && !this.#subscriber.closed) over();
    };
    defer(input)
      .pipe(takeUntil(this.#stop), finalize(settle))
      .subscribe({
        next,
        error: (error: unknown) => {
          this.#subscriber.error(error);
        },
        complete: () => {
          isComplete = true;
        },
      });
  }
}
