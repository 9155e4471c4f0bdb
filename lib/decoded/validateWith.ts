import { concatMap, map, of, type Observable, type OperatorFunction } from 'rxjs';
import { expectFunction } from '../foundation/expectArgument.js';
import type { Left } from 'fp-ts/lib/Either.js';
import { askForComplaints, createInvalidBy, type Validate } from './Complaints.js';
import type { AnyAnswer, DecodedComplete, WholeOf } from './Decoded.js';
import type { InvalidAnswer } from './InvalidAnswer.js';
import { recallWords } from './recallWords.js';

/**
 * Rejects a whole answer for reasons that its codec cannot know: another service, a rule, or another model has the say.
 *
 * Like `filter` with a predicate that may take its time, and whose words are the reason.
 *
 * ```text
 *  source     --P--P--C|                P partial   C complete
 *             validateWith((value) => timer(3).pipe(map(() => complaints(value))))
 *  result     --P--P-----(C|)           without complaints
 *  result     --P--P-----(L|)           with complaints: a Left, and the next attempt
 * ```
 *
 * 1. Partials and Lefts pass at once.
 * 2. `Complete` waits for the first complaints. With none it passes, the same object.
 * 3. With some it becomes a Left (`InvalidValue`): the complaints are its `message`, the model's own words its `text`.
 * 4. A returned string or array is the complaints. `undefined`, `''` and `[]` mean that the value is right.
 * 5. Unsubscribing unsubscribes from the check.
 *
 * If `validate` throws or rejects, that is the error notification, and the model is not asked again.
 *
 * @example
 * import { of } from 'rxjs';
 * import * as t from 'io-ts';
 * import { accumulatePartial, decodeWith, toJsonTokens, validateWith } from 'rx-structured';
 *
 * const inStock = new Set(['a1', 'b2']);
 *
 * of('{"sku":"c3"}')
 *   .pipe(
 *     toJsonTokens(),
 *     accumulatePartial(),
 *     decodeWith(t.type({ sku: t.string })),
 *     validateWith(({ sku }) => (inStock.has(sku) ? undefined : `There is no ${sku}: choose one of a1, b2.`)),
 *   )
 *   .subscribe((either) => {
 *     console.log(either._tag === 'Left' ? either.left.message : either.right.value);
 *   });
 * // Logs:
 * // { sku: 'c3' }
 * // There is no c3: choose one of a1, b2.
 *
 * @see {@link decodeWith} for the stage before
 * @see {@link retryOnValidationError} for the stage after
 * @param validate Says what is wrong with a whole value, now or later.
 * @returns An operator function that mirrors the source, but for whole values with complaints.
 * @since 0.1.0
 */
export function validateWith<E extends AnyAnswer>(
  validate: Validate<WholeOf<E>>,
): OperatorFunction<E, NoInfer<E> | Left<InvalidAnswer>> {
  expectFunction('validateWith', 'a function that says what is wrong with a value', validate);
  return concatMap((either): Observable<E | Left<InvalidAnswer>> => {
    if (either._tag === 'Left' || !isComplete<E>(either.right)) return of(either);
    const { right } = either;
    return askForComplaints(right.value, validate).pipe(
      map((complaints) => {
        if (complaints.length === 0) return either;
        return { _tag: 'Left', left: createInvalidBy(complaints, right.value, recallWords(right)) };
      }),
    );
  });
}

function isComplete<E>(right: { readonly _tag: string }): right is DecodedComplete<WholeOf<E>> {
  return right._tag === 'Complete';
}
