import { filter, map, type Observable } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { PartialOf } from '../codecs/annotations/PartialOf.js';
import { decodeWith, type DecodeWithConfig } from '../decoded/decodeWith.js';
import type { Decoded } from '../decoded/Decoded.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import { accumulatePartial, type AccumulatePartialConfig } from '../partials/accumulatePartial.js';
import { toJsonTokens, type ToJsonTokensConfig } from '../tokens/toJsonTokens.js';

/** How the text of an answer is read. */
export type DecodeAnswerConfig = ToJsonTokensConfig & AccumulatePartialConfig & DecodeWithConfig;

/** An answer that was asked for as `{ "value": … }`. */
interface Wrapped<A> {
  readonly value: A;
}

/** The codec of an answer that was asked for as `{ "value": … }`. */
export function wrap<A>(codec: t.Type<A, unknown>): t.Type<Wrapped<A>, unknown> {
  return t.strict({ value: codec });
}

/**
 * Reads the text of one attempt: from deltas to an Either per snapshot.
 *
 * @param wrapped The answer is no object, and stands in `{ "value": … }`.
 */
export function decodeAnswer<A>(
  deltas: Observable<string>,
  codec: t.Type<A, unknown>,
  wrapped: boolean,
  config: DecodeAnswerConfig,
): Observable<Either<InvalidAnswer, Decoded<A>>> {
  const partials = deltas.pipe(toJsonTokens(config), accumulatePartial(config));
  if (!wrapped) return partials.pipe(decodeWith(codec, config));
  return partials.pipe(
    decodeWith(wrap(codec), config),
    map((either) => unwrap(either)),
    filter((either) => either !== undefined),
  );
}

/**
 * The user's value, out of the wrapper. `undefined` while only the wrapper has been written. Messages keep the
 * wrapper, because the model reads them.
 */
function unwrap<A>(either: Either<InvalidAnswer, Decoded<Wrapped<A>>>): Either<InvalidAnswer, Decoded<A>> | undefined {
  if (either._tag === 'Left') return { ...either, left: { ...either.left, path: either.left.path.slice(1) } };
  const decoded = either.right;
  if (decoded._tag === 'Complete') return { ...either, right: { ...decoded, value: decoded.value.value } };
  // TypeScript cannot look up a key in a conditional type of a type parameter.
  const { value } = decoded.value as { readonly value?: PartialOf<A> };
  return value === undefined ? undefined : { ...either, right: { ...decoded, value, path: decoded.path.slice(1) } };
}
