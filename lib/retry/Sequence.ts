import { defer, Subscription, type ObservableInput, type Observer, type Subscriber } from 'rxjs';

/** The one who follows the inputs of a {@link Sequence}. */
export interface Follower<T> {
  /** @param link Unsubscribed from by `link.complete()`, which lets the input go as if it had completed. */
  next(value: T, link: Observer<T>): void;
  /** The input has completed and was let go. Not called where the subscriber has left. */
  over(): void;
}

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

  /** Subscribes to the input as soon as nothing else is being subscribed to. Its error is the subscriber's. */
  follow<T>(input: () => ObservableInput<T>, follower: Follower<T>): void {
    this.#next = () => {
      new Link(this.#subscriber, follower).follow(input);
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
}

/** The subscription to one input, and its observer: rxjs hands such an object on as it is, see `subscribeFor`. */
class Link<T> extends Subscription implements Observer<T> {
  readonly #subscriber: Subscriber<unknown>;
  readonly #follower: Follower<T>;
  /** What becomes of a completion: an input may complete while it is being subscribed to, and is let go after that. */
  #isSubscribing = true;
  #isComplete = false;

  constructor(subscriber: Subscriber<unknown>, follower: Follower<T>) {
    super();
    this.#subscriber = subscriber;
    this.#follower = follower;
    subscriber.add(this);
  }

  follow(input: () => ObservableInput<T>): void {
    if (!this.closed) defer(input).subscribe(this);
    this.#isSubscribing = false;
    this.#end();
  }

  next(value: T): void {
    if (!this.closed) this.#follower.next(value, this);
  }

  error(error: unknown): void {
    if (this.closed) return;
    // As with a completion: the input is let go first, so that a request is aborted by the time its error is told.
    try {
      this.unsubscribe();
    } finally {
      this.#subscriber.error(error);
    }
  }

  complete(): void {
    if (this.closed) return;
    this.#isComplete = true;
    this.unsubscribe();
    this.#end();
  }

  /** After the input's own finalization, which comes first. */
  #end(): void {
    if (!this.#isComplete || this.#isSubscribing || this.#subscriber.closed) return;
    this.#isComplete = false;
    this.#follower.over();
  }
}
