import { Observable, Subject, takeUntil, type OperatorFunction } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import type { Excess } from '../codecs/decoder/compile.js';
import { Decoder } from '../codecs/decoder/Decoder.js';
import { toCodec, type CodecLike } from '../codecs/standardSchema/toCodec.js';
import { IncompleteCompletionError } from '../deltas/IncompleteCompletionError.js';
import type { JsonPath, PartialJson } from '../partials/PartialJson.js';
import { textOf } from '../partials/textOf.js';
import { JsonSyntaxError } from '../tokens/JsonSyntaxError.js';
import type { Decoded } from './Decoded.js';
import type { InvalidAnswer } from './InvalidAnswer.js';
import { invalidJson, isJsonError } from './invalidJson.js';
import { invalidValue } from './invalidValue.js';

export interface DecodeWithConfig {
  /** Whether an answer is refused as soon as nothing could make it right any more, or when it is whole. Default: true. */
  readonly failFast?: boolean;
  /**
   * What becomes of keys that no codec knows, `'allow'`: what io-ts does with them (`t.type` keeps them, `t.exact`
   * strips them); `'strip'`: they are stripped everywhere; `'error'`: they are refused. Default: `'allow'`.
   */
  readonly excess?: Excess;
  /** Where the document stands within a larger one: the paths of what is wrong begin with it. Default: `[]`. */
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
 * 2. A Left comes at the first snapshot after which nothing that may follow could satisfy the codec. It ends the stream,
 *    and unsubscribes from the source.
 * 3. `Complete` comes when the source completes, so it is the last word; its value is that of `codec.decode`.
 * 4. A source that ends as interrupted after the document was closed has come to its end all the same.
 * 5. A `null` for an optional key that refuses null reads as a key left out, as OpenAI's strict mode needs it.
 * 6. What did not change since the partial before is the same object, so `distinctUntilChanged` works on any branch.
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
 * @param config When an answer is refused, and what becomes of keys that nobody knows.
 * @returns An operator function that emits an Either per partial that changes something.
 * @since 0.1.0
 */
export function decodeWith<A>(
  decoder: CodecLike<A>,
  config: DecodeWithConfig = {},
): OperatorFunction<PartialJson, Either<InvalidAnswer, Decoded<A>>> {
  const { failFast = true, excess = 'allow', pathPrefix = [] } = config;
  const codec = toCodec(decoder);
  return (source) =>
    new Observable((subscriber) => {
      const reader = new Decoder<A>(codec, { failFast, excess });
      const stop = new Subject<void>();
      subscriber.add(() => {
        stop.next();
      });
      let last: PartialJson | undefined;
      let isOver = false;

      const end = (either: Either<InvalidAnswer, Decoded<A>>): void => {
        isOver = true;
        subscriber.next(either);
        subscriber.complete();
      };

      source.pipe(takeUntil(stop)).subscribe({
        next: (snapshot) => {
          if (isOver) return;
          last = snapshot;
          const before = reader.partial;
          try {
            reader.write(snapshot);
          } catch (error) {
            isOver = true;
            subscriber.error(error);
            return;
          }
          if (reader.refusal !== undefined)
            end({ _tag: 'Left', left: invalidValue(reader.refusal, snapshot, pathPrefix) });
          else if (reader.partial !== undefined && reader.partial !== before)
            subscriber.next({ _tag: 'Right', right: reader.partial });
        },
        error: (error: unknown) => {
          if (isOver) return;
          if (isJsonError(error)) end({ _tag: 'Left', left: invalidJson(error, codec, pathPrefix) });
          else if (reader.result !== undefined && isInterruption(error)) end(complete(reader.result));
          else subscriber.error(error);
        },
        complete: () => {
          // Finalization completes the source as well.
          if (isOver || subscriber.closed) return;
          end(
            reader.result === undefined
              ? { _tag: 'Left', left: invalidJson(endOf(last), codec, pathPrefix) }
              : complete(reader.result),
          );
        },
      });
    });
}

function complete<A>({ value }: { readonly value: A }): Either<InvalidAnswer, Decoded<A>> {
  return { _tag: 'Right', right: { _tag: 'Complete', value } };
}

/** Some providers never say that they have finished; what the document itself says is as good. */
function isInterruption(error: unknown): boolean {
  return error instanceof IncompleteCompletionError && error.reason === 'interrupted';
}

/** The source has ended, and the document has not. */
function endOf(last: PartialJson | undefined): JsonSyntaxError {
  const text = last === undefined ? '' : textOf(last);
  const problem = 'expected the rest of the document, got the end of the text';
  return new JsonSyntaxError('unexpected-end', text.length, last?.path ?? [], text, problem);
}
