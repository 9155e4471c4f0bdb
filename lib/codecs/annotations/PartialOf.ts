import type { Left, Right } from 'fp-ts/lib/Either.js';
import type { None, Some } from 'fp-ts/lib/Option.js';
import type { Brand } from 'io-ts';

declare const shown: unique symbol;

/**
 * An `A` of which partials show a `P`: what the annotations say in the type of a codec. It is only ever in the type,
 * and every `A` may stand where a `Shown<A, P>` is asked for.
 */
export type Shown<A, P> = unknown extends A
  ? A
  : A extends null | undefined
    ? A
    : A & { readonly [shown]?: readonly [P] };

/** A value with `withState` in partials: how far it is, and its value so far. */
export type StateOf<A> =
  | { readonly state: 'pending'; readonly value?: never }
  | { readonly state: 'growing'; readonly value?: PartialOf<A> }
  | { readonly state: 'complete'; readonly value: A };

/** A partial that has one key for certain, where the whole value has it. */
export type PresentOf<A, K extends PropertyKey> = PartialOf<A> &
  (A extends unknown ? { readonly [P in keyof Pick<A, K & keyof A>]: PartialOf<A[P]> } : never);

/**
 * The type of a value of type `A` while it is still being written.
 *
 * 1. A string or number may still grow; every key of an object may still be missing; an array may have fewer elements
 *    and a tuple may end early, each of the elements being a partial again.
 * 2. A literal, a branded value, a `Date`, a `Map`, an `Option`, and whatever else has methods or a nature of its own,
 *    is there whole or not at all: its type is the same.
 * 3. A union stays one, so that it can be narrowed by a discriminator as soon as that is there.
 * 4. `whenComplete`, `whenPresent` and `withState` decide themselves about their part of a partial.
 *
 * @since 0.1.0
 */
export type PartialOf<A> = unknown extends A
  ? A
  : A extends boolean | number | string | bigint | symbol | null | undefined
    ? PartialOfScalar<A>
    : typeof shown extends keyof A
      ? PartialOfShown<A>
      : A extends Whole
        ? A
        : A extends readonly unknown[]
          ? PartialOfArray<A>
          : true extends HasMethod<A> | IsSum<A>
            ? A
            : { readonly [K in keyof A]?: PartialOf<A[K]> };

type PartialOfScalar<A> = typeof shown extends keyof A ? PartialOfShown<A> : A;

type PartialOfShown<A> = A extends { readonly [shown]?: readonly [infer P] } ? P : never;

/** io-ts's brands, newtype-ts's newtypes, functions. */
type Whole = Brand<unknown> | { readonly _URI: unknown; readonly _A: unknown } | ((...args: never) => unknown);

/** The sides of fp-ts's Option and Either. One by one: TypeScript would take an undecided `_tag` for their union. */
type IsSum<A> = A extends None
  ? true
  : A extends Some<unknown>
    ? true
    : A extends Left<unknown>
      ? true
      : A extends Right<unknown>
        ? true
        : false;

/** A tuple may end early; an array that must have a first element is the work of a codec of its own. */
type PartialOfArray<A extends readonly unknown[]> = number extends A['length']
  ? A extends { readonly 0: unknown }
    ? A
    : readonly PartialOf<A[number]>[]
  : { readonly [K in keyof A]?: PartialOf<A[K]> };

/** JSON has no methods: a value with one is an instance of a class. */
type HasMethod<A> = { [K in keyof A]-?: IsMethod<A[K]> }[keyof A];

type IsMethod<T> = unknown extends T ? false : T extends (...args: never) => unknown ? true : false;
