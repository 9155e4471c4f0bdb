import { timer, type ObservableInput, type Observer, type Subscriber } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import { toDelay } from '../foundation/toDelay.js';
import { countRetries } from './countRetries.js';
import type { RetryOnValidationErrorConfig } from './retryOnValidationError.js';
import { Sequence, type Follower } from './Sequence.js';

/**
 * The attempts of one subscription, one after the other, see `retryOnValidationError`. The subscriber is told what `show`
 * makes of each value; those who ask again have the values themselves.
 */
export class Attempts<A, L extends InvalidAnswer, S = Either<L, A>> implements Follower<Either<L, A>> {
  readonly #subscriber: Subscriber<S>;
  readonly #show: (either: Either<L, A>) => S;
  readonly #source: ObservableInput<Either<L, A>>;
  readonly #config: RetryOnValidationErrorConfig<A, L>;
  readonly #sequence: Sequence;
  /** All so far, oldest first. */
  readonly #failures: L[] = [];
  /** The failure of the attempt under way. Set when it is told, cleared when the next attempt begins. */
  #failure: L | undefined;

  constructor(
    subscriber: Subscriber<S>,
    source: ObservableInput<Either<L, A>>,
    config: RetryOnValidationErrorConfig<A, L>,
    show: (either: Either<L, A>) => S,
  ) {
    this.#subscriber = subscriber;
    this.#show = show;
    this.#source = source;
    this.#config = config;
    this.#sequence = new Sequence(subscriber);
  }

  begin(): void {
    this.#sequence.follow(() => this.#source, this);
  }

  next(either: Either<L, A>, link: Observer<Either<L, A>>): void {
    // A source that emits again while its Left is being delivered has nothing more to say.
    if (this.#failure !== undefined) return;
    if (either._tag === 'Right') {
      this.#tell(either, link);
      return;
    }
    const before = this.#failures.length;
    const retriesLeft = countRetries(this.#config.count) - before;
    this.#failure = { ...either.left, attempt: before + 1, retriesLeft };
    this.#failures.push(this.#failure);
    this.#tell({ _tag: 'Left', left: this.#failure }, link);
    link.complete();
  }

  over(): void {
    const failure = this.#failure;
    const { delay } = this.#config;
    if (failure === undefined || failure.retriesLeft === 0) this.#subscriber.complete();
    else if (delay === undefined) this.#again();
    else this.#againAfter(failure, delay);
  }

  #tell(either: Either<L, A>, link: Observer<Either<L, A>>): void {
    let shown: S;
    try {
      shown = this.#show(either);
    } catch (error) {
      link.error(error);
      return;
    }
    this.#subscriber.next(shown);
  }

  #again(): void {
    this.#failure = undefined;
    const { reask } = this.#config;
    this.#sequence.follow(() => (reask === undefined ? this.#source : reask([...this.#failures])), this);
  }

  #againAfter(failure: L, delay: NonNullable<RetryOnValidationErrorConfig<A, L>['delay']>): void {
    let isTime = false;
    this.#sequence.follow<unknown>(() => (typeof delay === 'number' ? timer(toDelay(delay)) : delay(failure)), {
      next: (_, link) => {
        isTime = true;
        link.complete();
      },
      over: () => {
        if (isTime) this.#again();
        else this.#subscriber.complete();
      },
    });
  }
}
