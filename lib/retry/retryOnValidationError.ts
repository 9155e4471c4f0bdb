import { identity, Observable, type MonoTypeOperatorFunction, type ObservableInput } from 'rxjs';
import { expectArgument, expectFunction } from '../foundation/expectArgument.js';
import type { Either } from 'fp-ts/lib/Either.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import { Attempts } from './Attempts.js';

export interface RetryOnValidationErrorConfig<A, L extends InvalidAnswer = InvalidAnswer> {
  /**
   * How many more attempts there may be after the first: `2` means at most three requests. `NaN` and negatives mean
   * none, a fraction is rounded down, and `Infinity` asks until an answer is right.
   */
  readonly count: number;
  /**
   * The delay before the next attempt: milliseconds, or an Observable (or promise) made from the failure, of
   * which the first value counts. If it completes without one, there is no further attempt. None by default; at most
   * 2,147,483,647 ms, which is the longest that timers take.
   */
  readonly delay?: number | ((failure: L) => ObservableInput<unknown>);
  /**
   * The next attempt, made from all failures so far, oldest first. By default the source is subscribed to again, and so
   * asks the same question again.
   */
  readonly reask?: (failures: readonly L[]) => ObservableInput<Either<L, A>>;
}

/**
 * Asks again when the model's answer is wrong, within one subscription.
 *
 * Like `retry`, for a `Left` instead of an error notification.
 *
 * ```text
 *  attempt 1      --P--P--L|                 P partial, L Left (attempt 1, retriesLeft 1), C complete
 *  attempt 2               --P--P--P--C|
 *                 retryOnValidationError({ count: 1 })
 *  result         --P--P--L--P--P--P--C|
 * ```
 *
 * 1. Every Left is passed on before the next attempt starts: it says "this attempt is over, drop what you show".
 * 2. A Left ends its attempt, whose source is unsubscribed from before the next one is subscribed to.
 * 3. A Left leaves with the number of its `attempt`, counted from 1, and the `retriesLeft`.
 * 4. When no attempt is left, the last Left is followed by completion.
 * 5. An error notification is never retried: the request failed then, and the answer is not to blame.
 * 6. Attempts that end at once, however many, follow each other in a loop, and do not fill the stack.
 *
 * @example
 * import { of, defer } from 'rxjs';
 * import * as t from 'io-ts';
 * import { accumulatePartial, decodeWith, retryOnValidationError, toJsonTokens } from 'rx-structured';
 *
 * const answers = ['{"age":"three"}', '{"age":3}'];
 * defer(() => of(answers.shift() ?? ''))
 *   .pipe(toJsonTokens(), accumulatePartial(), decodeWith(t.type({ age: t.number })), retryOnValidationError({ count: 2
 * }))
 *   .subscribe((either) => {
 *     console.log(either._tag === 'Left' ? either.left.message : either.right.value);
 *   });
 * // Logs:
 * // $.age: expected number, got "three"
 * // { age: 3 }
 * // { age: 3 }
 *
 * @see {@link decodeWith} for the stage before
 * @see {@link structuredCompletion} for the whole pipe, which re-asks by itself
 * @param config How often to ask again, when, and what.
 * @returns An operator function that mirrors the source until a Left, and then the next attempt.
 * @since 0.1.0
 */
export function retryOnValidationError<A, L extends InvalidAnswer = InvalidAnswer>(
  config: RetryOnValidationErrorConfig<A, L>,
): MonoTypeOperatorFunction<Either<L, A>> {
  const isObject = typeof config === 'object' && (config as unknown) !== null;
  expectArgument('retryOnValidationError', isObject, '{ count }', config);
  const { reask } = config;
  if (reask !== undefined) expectFunction('retryOnValidationError', 'a function as reask', reask);

  return (source) =>
    new Observable((subscriber) => {
      new Attempts(subscriber, source, config, identity).begin();
    });
}
