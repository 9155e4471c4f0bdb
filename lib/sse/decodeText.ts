import { filter, map, type Observable } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { decodeWith, type DecodeWithConfig } from '../decoded/decodeWith.js';
import type { Decoded } from '../decoded/Decoded.js';
import type { Invalid } from '../decoded/Invalid.js';
import { unwrapped } from '../decoded/unwrapped.js';
import { accumulatePartial, type AccumulatePartialConfig } from '../partials/accumulatePartial.js';
import { toJsonTokens, type ToJsonTokensConfig } from '../tokens/toJsonTokens.js';

/** How a text is read. */
export type DecodeTextConfig = ToJsonTokensConfig & AccumulatePartialConfig & DecodeWithConfig;

/**
 * Reads the text of one attempt as {@link structuredCompletion} does.
 *
 * @param wrapped The answer is no object, and stands in `{ "value": … }`.
 */
export function decodeText<A>(
  deltas: Observable<string>,
  codec: t.Type<A, unknown>,
  wrapped: boolean,
  config: DecodeTextConfig,
): Observable<Either<Invalid, Decoded<A>>> {
  const partials = deltas.pipe(toJsonTokens(config), accumulatePartial(config));
  if (!wrapped) return partials.pipe(decodeWith(codec, config));
  return partials.pipe(
    decodeWith(t.strict({ value: codec }), config),
    map((either) => unwrapped(either)),
    filter((either) => either !== undefined),
  );
}
