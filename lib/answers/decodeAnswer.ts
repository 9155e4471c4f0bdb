import { Observable, type Observer } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { PartialOf } from '../codecs/annotations/PartialOf.js';
import type { DecodeWithConfig } from '../decoded/decodeWith.js';
import type { Decoded } from '../decoded/Decoded.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import { withWords, recallWords } from '../decoded/recallWords.js';
import { PartialReader } from '../decoded/PartialReader.js';
import { GrowingText } from '../foundation/GrowingText.js';
import { remember } from '../foundation/remember.js';
import { subscribeFor } from '../foundation/subscribeFor.js';
import { TextKeeper } from '../foundation/TextKeeper.js';
import type { AccumulatePartialConfig } from '../partials/accumulatePartial.js';
import { TokenReader } from '../partials/TokenReader.js';
import { DeltaReader } from '../tokens/DeltaReader.js';
import type { ToJsonTokensConfig } from '../tokens/toJsonTokens.js';

/** How the text of an answer is read. */
export type DecodeAnswerConfig = ToJsonTokensConfig & AccumulatePartialConfig & DecodeWithConfig;

/** An answer that was asked for as `{ "value": … }`. */
interface Wrapped<A> {
  readonly value: A;
}

/** The codec of an answer that was asked for as `{ "value": … }`. */
export function wrap<A>(codec: t.Type<A, unknown>): t.Type<Wrapped<A>, unknown> {
  // Remembered by the codec, so its values have that codec's type.
  return wrapperOf(codec);
}

/** The same wrapper for every question about a codec: its plan and its schema are made once. */
const wrapperOf = remember((codec: t.Mixed): t.Mixed => t.strict({ value: codec }));

/**
 * Reads the text of one attempt: from deltas to an Either per snapshot.
 *
 * The same as `toJsonTokens`, `accumulatePartial` and `decodeWith` in a pipe, each reader the target of the one before:
 * one subscription and one text, where there would be nine and two.
 *
 * @param wrapped The answer is not an object, and stands in `{ "value": … }`.
 * @param text The text, where it is kept elsewhere: it has each delta before the delta comes.
 */
export function decodeAnswer<A>(
  deltas: Observable<string>,
  codec: t.Type<A, unknown>,
  wrapped: boolean,
  config: DecodeAnswerConfig,
  text?: GrowingText,
): Observable<Either<InvalidAnswer, Decoded<A>>> {
  return new Observable((subscriber) => {
    const kept = text ?? new GrowingText();
    const partials = wrapped
      ? new PartialReader(new Unwrapper(subscriber), wrap(codec), config, kept)
      : new PartialReader(subscriber, codec, config, kept);
    const tokens = new TokenReader(partials, config, subscriber, kept);
    const reader = new DeltaReader(tokens, config, kept);
    subscribeFor(subscriber, deltas, text === undefined ? new TextKeeper(reader, kept) : reader);
  });
}

/**
 * Tells `target` the user's value, out of the wrapper, once more than the wrapper has been written. Messages keep the
 * wrapper, because the model reads them.
 */
class Unwrapper<A> implements Observer<Either<InvalidAnswer, Decoded<Wrapped<A>>>> {
  readonly #target: Observer<Either<InvalidAnswer, Decoded<A>>>;

  constructor(target: Observer<Either<InvalidAnswer, Decoded<A>>>) {
    this.#target = target;
  }

  next(either: Either<InvalidAnswer, Decoded<Wrapped<A>>>): void {
    if (either._tag === 'Left') {
      const { left } = either;
      this.#target.next({ ...either, left: { ...left, path: left.path.slice(1) } });
      return;
    }
    const decoded = either.right;
    if (decoded._tag === 'Complete') {
      const right = withWords<A>({ ...decoded, value: decoded.value.value }, recallWords(decoded));
      this.#target.next({ ...either, right });
      return;
    }
    // TypeScript cannot look up a key in a conditional type of a type parameter.
    const { value } = decoded.value as { readonly value?: PartialOf<A> };
    if (value === undefined) return;
    this.#target.next({ ...either, right: { ...decoded, value, path: decoded.path.slice(1) } });
  }

  error(error: unknown): void {
    this.#target.error(error);
  }

  complete(): void {
    this.#target.complete();
  }
}
