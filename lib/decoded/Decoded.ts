import type { Either } from 'fp-ts/lib/Either.js';
import type { JsonPath } from '../partials/PartialJson.js';
import type { PartialOf } from '../codecs/annotations/PartialOf.js';

/** A value that is still being written: everything in it is true already, but there may be more. */
export interface DecodedPartial<A> {
  readonly _tag: 'Partial';
  readonly value: PartialOf<A>;
  /** The one branch still being written. */
  readonly path: JsonPath;
}

/** The whole value, as `codec.decode` gives it. */
export interface DecodedComplete<A> {
  readonly _tag: 'Complete';
  readonly value: A;
}

/** An answer, typed, while it is written and at its end. */
export type Decoded<A> = DecodedPartial<A> | DecodedComplete<A>;

/** An Either that may be emitted while an answer is written and at its end: its Rights are told apart by `_tag`. */
export type AnyAnswer<L = unknown> = Either<L, { readonly _tag: string }>;

/** The type of the Rights of Eithers. */
export type RightOf<E> = E extends { readonly _tag: 'Right'; readonly right: infer R } ? R : never;

/** The type of the whole value that an answer comes to, of the Eithers that it emits. */
export type WholeOf<E> =
  Extract<RightOf<E>, { readonly _tag: 'Complete' }> extends { readonly value: infer A } ? A : never;
