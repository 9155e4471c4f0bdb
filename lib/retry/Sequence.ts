import { defer, Subscription, type ObservableInput, type Subscriber } from 'rxjs';
import { subscribeFor } from '../foundation/subscribeFor.js';

/**
 * Subscribes to one input after the other on behalf of one subscriber.
 *
 * Each is unsubscribed from before the next one is subscribed to. Inputs that end at once follow each other in a loop:
 * if each subscribed to the next one, ten thousand of them would fill the stack.
 */
export class Sequence {
  readonly #subscriber: Subscriber<unknown>;
  /** The next source to subscribe to. Set by `follow`, taken by the loop. */
  #next: (() => void) | undefined;
  #isLooping = false;

  constructor(subscriber: Subscriber<unknown>) {
    this.#subscriber = subscriber;
  }

  /**
   * Subscribes to the input as soon as nothing else is being subscribed to. Its error is the subscriber's.
   *
   * @param next Given every value, and a function that lets the input go as if it had completed.
   * @param over Called when the input has completed and was let go, unless the subscriber has left.
   */
  follow<T>(input: () => ObservableInput<T>, next: (value: T, enough: () => void) => void, over: () => void): void {
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

  #subscribe<T>(input: () => ObservableInput<T>, next: (value: T, enough: () => void) => void, over: () => void): void {
    let isComplete = false;
    const link = new Subscription();
    const complete = (): void => {
      isComplete = true;
      link.unsubscribe();
    };
    this.#subscriber.add(link);
    subscribeFor(link, defer(input), {
      next: (value) => {
        next(value, complete);
      },
      error: (error: unknown) => {
        this.#subscriber.error(error);
      },
      complete,
    });
    // After the input's own finalization, which comes first, also where the input has completed at once.
    link.add(() => {
      if (isComplete && !this.#subscriber.closed) over();
    });
  }
}
