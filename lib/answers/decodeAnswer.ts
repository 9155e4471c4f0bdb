import { filter, map, Observable } from 'rxjs';
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
 * @param wrapped The answer is not an object, and stands in `{ "value": … }`.
 */
export function decodeAnswer<A>(
  deltas: Observable<string>,
  codec: t.Type<A, unknown>,
  wrapped: boolean,
  config: DecodeAnswerConfig,
): Observable<Either<InvalidAnswer, Decoded<A>>> {
  if (!wrapped) return read(deltas, codec, config);
  return read(deltas, wrap(codec), config).pipe(
    map((either) => unwrap(either)),
    filter((either) => either !== undefined),
  );
}

/**
 * The same as `toJsonTokens`, `accumulatePartial` and `decodeWith` in a pipe, each reader the target of the one before:
 * one subscription and one text, where there would be nine and two.
 */
function read<A>(
  deltas: Observable<string>,
  codec: t.Type<A, unknown>,
  config: DecodeAnswerConfig,
): Observable<Either<InvalidAnswer, Decoded<A>>> {
  return new Observable((subscriber) => {
    const text = new GrowingText();
    const partials = new PartialReader(subscriber, codec, config);
    const tokens = new TokenReader(partials, config, subscriber, text);
    subscribeFor(subscriber, deltas, new DeltaReader(tokens, config, text));
  });
}

/**
 * The user's value, out of the wrapper. `undefined` while only the wrapper has been written. Messages keep the
 * wrapper, because the model reads them.
 */
function unwrap<A>(either: Either<InvalidAnswer, Decoded<Wrapped<A>>>): Either<InvalidAnswer, Decoded<A>> | undefined {
  if (either._tag === 'Left') return { ...either, left: { ...either.left, path: either.left.path.slice(1) } };
  const decoded = either.right;
  if (decoded._tag === 'Complete') {
    const right = withWords<A>({ ...decoded, value: decoded.value.value }, recallWords(decoded));
    return { ...either, right };
  }
  // TypeScript cannot look up a key in a conditional type of a type parameter.
  const { value } = decoded.value as { readonly value?: PartialOf<A> };
  return value === undefined ? undefined : { ...either, right: { ...decoded, value, path: decoded.path.slice(1) } };
}
