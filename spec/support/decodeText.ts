import type { Either } from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';
import { from, lastValueFrom, toArray } from 'rxjs';
import type { Decoded } from '../../lib/decoded/Decoded.js';
import { decodeWith, type DecodeWithConfig } from '../../lib/decoded/decodeWith.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';
import { accumulatePartial } from '../../lib/partials/accumulatePartial.js';
import { toJsonTokens } from '../../lib/tokens/toJsonTokens.js';

/** Everything that decoding says of a text that comes in these pieces. */
export function decodeText<A>(
  codec: t.Type<A, unknown>,
  pieces: Iterable<string>,
  config?: DecodeWithConfig,
): Promise<readonly Either<InvalidAnswer, Decoded<A>>[]> {
  const eithers = from(pieces).pipe(toJsonTokens(), accumulatePartial(), decodeWith(codec, config));
  return lastValueFrom(eithers.pipe(toArray()), { defaultValue: [] });
}
