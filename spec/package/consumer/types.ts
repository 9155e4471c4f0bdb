import type { Either } from 'fp-ts/lib/Either';
import * as t from 'io-ts';
import { of, type Observable } from 'rxjs';
import { accumulatePartial, decodeWith, toJsonTokens, type Decoded, type InvalidAnswer } from 'rx-structured';

const User = t.type({ name: t.string, tags: t.array(t.string) });

export const users: Observable<Either<InvalidAnswer, Decoded<{ name: string; tags: string[] }>>> = of('{}').pipe(
  toJsonTokens(),
  accumulatePartial(),
  decodeWith(User),
);

// @ts-expect-error a codec is needed
decodeWith();
