import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { Newtype } from 'newtype-ts';
import type { Observable } from 'rxjs';
import type { PartialOf, StateOf } from '../../lib/codecs/annotations/PartialOf.js';
import { whenComplete } from '../../lib/codecs/annotations/whenComplete.js';
import { whenPresent } from '../../lib/codecs/annotations/whenPresent.js';
import { withState } from '../../lib/codecs/annotations/withState.js';
import { decodeWith } from '../../lib/decoded/decodeWith.js';
import type { PartialJson } from '../../lib/partials/PartialJson.js';
import { expectType } from './expectType.js';

declare function partial<A>(): PartialOf<A>;
declare function partialOf<A>(codec: t.Type<A, unknown>): PartialOf<A>;
declare const partials: Observable<PartialJson>;

// A value with a nature of its own is there whole or not at all.
interface Point {
  readonly x: number;
  readonly y: number;
}
interface InRangeBrand {
  readonly InRange: unique symbol;
}
type Token = Newtype<{ readonly Token: unique symbol }, string>;

expectType<Token>()(partial<Token>());
expectType<t.Branded<Point, InRangeBrand>>()(partial<t.Branded<Point, InRangeBrand>>());
expectType<Either<string, number>>()(partial<Either<string, number>>());
expectType<URL>()(partial<URL>());
expectType<() => void>()(partial<() => void>());
expectType<{ readonly at?: Date; readonly any?: unknown }>()(partial<{ at: Date; any: unknown }>());

// A value that only looks like one grows as any other.
expectType<{ readonly _tag?: 'None' | 'Some'; readonly value?: string }>()(
  partial<{ _tag: 'None' | 'Some'; value: string }>(),
);

// @ts-expect-error TS2540: a partial is a snapshot, and it cannot be written to.
partial<{ a: string }>().a = 'b';

// An annotated value may stand for a plain one, and the other way round.
const Letter = t.type({
  to: whenComplete(t.type({ street: t.string, city: t.string })),
  text: withState(t.string),
  shape: whenPresent(
    t.union([t.type({ kind: t.literal('a'), n: t.number }), t.type({ kind: t.literal('b') })]),
    'kind',
  ),
});
interface PlainLetter {
  readonly to: { readonly street: string; readonly city: string };
  readonly text: string;
  readonly shape: { readonly kind: 'a'; readonly n: number } | { readonly kind: 'b' };
}
const written: t.TypeOf<typeof Letter> = { to: { street: 'a', city: 'b' }, text: 'c', shape: { kind: 'b' } };
const plain: PlainLetter = written;
const codecOfPlain: t.Type<PlainLetter, unknown> = Letter;
expectType<string>()(plain.text);
expectType<string>()(codecOfPlain.name);
// @ts-expect-error TS2345: there is no such key to wait for.
whenPresent(t.type({ street: t.string }), 'planet');

const letter = partial<t.TypeOf<typeof Letter>>();
if (letter.text?.state === 'growing') expectType<string | undefined>()(letter.text.value);
if (letter.text?.state === 'complete') expectType<string>()(letter.text.value);
if (letter.shape !== undefined) expectType<'a' | 'b'>()(letter.shape.kind);
if (letter.shape?.kind === 'a') expectType<number | undefined>()(letter.shape.n);

// A null that the codec takes stands beside the state.
const note = withState(t.union([t.string, t.null]));
expectType<{ readonly note?: StateOf<string | null> | null }>()(partialOf(t.type({ note })));

// Nothing of this is written out by the caller.
partials.pipe(decodeWith(Letter)).subscribe((either) => {
  if (either._tag === 'Left') expectType<string>()(either.left.message);
  else if (either.right._tag === 'Partial') expectType<string | undefined>()(either.right.value.to?.street);
  else expectType<string>()(either.right.value.to.street);
});
