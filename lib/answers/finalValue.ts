import { concat, defer, EMPTY, filter, map, take, tap, throwError, type OperatorFunction } from 'rxjs';
import type { AnyAnswer, DecodedComplete, WholeOf } from '../decoded/Decoded.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import { InvalidAnswerError } from './InvalidAnswerError.js';
import type { Unavailable } from './Unavailable.js';

/**
 * Gives the whole value, and nothing before it.
 *
 * Like `last`, with the value taken out, and with an error if the last answer is a Left.
 *
 * ```text
 *  answer   --P--P--L--P--P--C|         P partial   L Left   C complete
 *           finalValue()
 *  value    -----------------(A|)       A: the value of C
 *
 *  answer   --P--P--L|
 *           finalValue()
 *  value    --------#                   an InvalidAnswerError with L
 * ```
 *
 * 1. It emits once, and completes with it: `lastValueFrom(answer.pipe(finalValue()))` is a promise of the value.
 * 2. A stream that ends with a Left errors with an {@link InvalidAnswerError}. A Left that is followed by another
 *    attempt is passed over.
 * 3. A stream that was ended before, by `take` or `takeUntil`, completes without a value.
 *
 * @example
 * import { lastValueFrom } from 'rxjs';
 * import * as t from 'io-ts';
 * import { finalValue, structuredCompletion } from 'rx-structured';
 * import { scriptedModel } from 'rx-structured/testing';
 *
 * const model = scriptedModel(['{"age":30}']);
 * const answer = structuredCompletion(model, { codec: t.type({ age: t.number }), messages: ['How old is John?'] });
 *
 * const { age } = await lastValueFrom(answer.pipe(finalValue()));
 * console.log(age);
 * // Logs:
 * // 30
 *
 * @throws {@link InvalidAnswerError} on the error channel, where the last attempt was rejected.
 * @see {@link structuredCompletion} for the answers that it waits for
 * @see {@link toAnswerState} for all that there is to show before
 * @returns An operator function that emits the whole value.
 * @since 0.1.0
 */
export function finalValue<E extends AnyAnswer<InvalidAnswer | Unavailable>>(): OperatorFunction<E, WholeOf<E>> {
  return (source) =>
    defer(() => {
      let last: InvalidAnswer | Unavailable | undefined;
      return concat(
        source.pipe(
          tap((either) => {
            last = either._tag === 'Left' ? either.left : undefined;
          }),
          map((either) => (either._tag === 'Right' ? either.right : undefined)),
          filter((right) => isComplete<E>(right)),
          map(({ value }) => value),
        ),
        defer(() => {
          const invalid = last;
          return invalid === undefined ? EMPTY : throwError(() => new InvalidAnswerError(invalid));
        }),
      ).pipe(take(1));
    });
}

function isComplete<E>(right: { readonly _tag: string } | undefined): right is DecodedComplete<WholeOf<E>> {
  return right?._tag === 'Complete';
}
