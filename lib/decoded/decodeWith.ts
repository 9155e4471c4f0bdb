import { Observable, type OperatorFunction } from 'rxjs';
import { expectOptions } from '../foundation/expectArgument.js';
import type { Either } from 'fp-ts/lib/Either.js';
import type { Excess } from '../codecs/decoder/compile.js';
import { toCodec, type CodecLike } from '../codecs/standardSchema/toCodec.js';
import { subscribeFor } from '../foundation/subscribeFor.js';
import type { JsonPath, PartialJson } from '../partials/PartialJson.js';
import type { Decoded } from './Decoded.js';
import type { InvalidAnswer } from './InvalidAnswer.js';
import { PartialReader } from './PartialReader.js';

export interface DecodeWithConfig {
  /**
   * Whether an answer is rejected as soon as no continuation could make it right, or when it is complete. Default:
   * true.
   */
  readonly failFast?: boolean;
  /**
   * How to treat keys that no codec knows. `'allow'`: as io-ts does (`t.type` keeps them, `t.exact`
   * strips them); `'strip'`: they are stripped everywhere; `'error'`: they are rejected. Default: `'allow'`.
   */
  readonly excess?: Excess;
  /** Where the document stands within a larger one: the paths of problems begin with it. Default: `[]`. */
  readonly pathPrefix?: JsonPath;
}

/**
 * Decodes a document while it is written: typed partials, then the whole, or why it cannot become right.
 *
 * Like `map` with `codec.decode`, for the price of what has changed.
 *
 * ```text
 *  partials  --a---b------c--|        a: {}   b: { name: 'Jo' }   c: { name: 'John' } complete
 *            decodeWith(t.type({ name: t.string }))
 *  result    --A---B------C--(D|)     A, B, C: Right of Partial   D: Right of Complete
 * ```
 *
 * 1. A partial is what its type says: strings and numbers grow; literals, brands, refinements and transformed values
 *    are left out until they are whole.
 * 2. A Left comes at the first snapshot after which nothing that may follow could satisfy the codec. It ends the
 *    stream, and unsubscribes from the source.
 * 3. `Complete` comes when the source completes, so it is the last word; its value is that of `codec.decode`.
 * 4. A source that is cut off after the document was closed, for any reason, has come to its end all the same.
 * 5. A `null` for an optional key whose codec rejects null counts as a missing key, as OpenAI's strict mode needs it.
 * 6. Parts that did not change since the previous partial are the same objects, so `distinctUntilChanged` works on any
 *    branch.
 *
 * A `JsonSyntaxError` or `NoJsonError` of the source is a Left too. Other errors pass unchanged.
 *
 * @example
 * import { of } from 'rxjs';
 * import * as t from 'io-ts';
 * import { accumulatePartial, decodeWith, toJsonTokens } from 'rx-structured';
 *
 * of('{"name":"Jo', 'hn","age":', '"thirty"}')
 *   .pipe(toJsonTokens(), accumulatePartial(), decodeWith(t.type({ name: t.string, age: t.number })))
 *   .subscribe((either) => {
 *     console.log(either._tag === 'Left' ? either.left.message : either.right.value);
 *   });
 * // Logs:
 * // { name: 'Jo' }
 * // { name: 'John' }
 * // $.age: expected number, got "thirty"
 *
 * @see {@link accumulatePartial} for the stage before
 * @see {@link retryOnValidationError} for the stage after
 * @param decoder An io-ts codec, or a schema of zod, valibot, arktype or their like.
 * @param config When an answer is rejected, and how extra keys are treated.
 * @returns An operator function that emits an Either per partial that changes something.
 * @since 0.1.0
 */
export function decodeWith<A>(
  decoder: CodecLike<A>,
  config: DecodeWithConfig = {},
): OperatorFunction<PartialJson, Either<InvalidAnswer, Decoded<A>>> {
  expectOptions('decodeWith', config);
  const codec = toCodec(decoder);
  return (source) =>
    new Observable((subscriber) => {
      subscribeFor(subscriber, source, new PartialReader(subscriber, codec, config));
    });
}
