import type { Either } from 'fp-ts/lib/Either.js';
import type { PartialOf } from '../codecs/PartialOf.js';
import type { Decoded } from './Decoded.js';
import type { Invalid } from './Invalid.js';

/** An answer that was asked for as `{ "value": … }`. */
export interface Wrapped<A> {
  readonly value: A;
}

/**
 * What the user asked for, out of what the model wrote: `undefined` while of the wrapper alone there is something to
 * be seen. Messages keep the wrapper, as the model is to read them.
 */
export function unwrapped<A>(either: Either<Invalid, Decoded<Wrapped<A>>>): Either<Invalid, Decoded<A>> | undefined {
  if (either._tag === 'Left') return { ...either, left: { ...either.left, path: either.left.path.slice(1) } };
  const decoded = either.right;
  if (decoded._tag === 'Complete') return { ...either, right: { ...decoded, value: decoded.value.value } };
  // TypeScript cannot look up a key in a conditional type of a type parameter.
  const { value } = decoded.value as { readonly value?: PartialOf<A> };
  return value === undefined ? undefined : { ...either, right: { ...decoded, value, path: decoded.path.slice(1) } };
}
