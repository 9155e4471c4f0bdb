import * as t from 'io-ts';
import type { Option } from 'fp-ts/lib/Option.js';
import { DateFromISOString, NonEmptyString, nonEmptyArray, NumberFromString, optionFromNullable } from 'io-ts-types';
import type { PartialOf, StateOf } from '../../lib/codecs/annotations/PartialOf.js';
import { whenComplete } from '../../lib/codecs/annotations/whenComplete.js';
import { whenPresent } from '../../lib/codecs/annotations/whenPresent.js';
import { withState } from '../../lib/codecs/annotations/withState.js';
import { expectType, type Same } from './expectType.js';

/** Compiles if the partial of `A` is exactly `P`. */
function partialIs<A, P>(_same: Same<PartialOf<A>, P>): void {
  return undefined;
}

// Scalars and literals are what they are, brands and transformed values as well.
partialIs<string, string>(true);
partialIs<number, number>(true);
partialIs<boolean, boolean>(true);
partialIs<null, null>(true);
partialIs<'a' | 'b', 'a' | 'b'>(true);
partialIs<42, 42>(true);
partialIs<string | null, string | null>(true);
partialIs<unknown, unknown>(true);
partialIs<t.Int, t.Int>(true);
partialIs<NonEmptyString, NonEmptyString>(true);
partialIs<Date, Date>(true);
partialIs<Map<string, number>, Map<string, number>>(true);
partialIs<Set<Date>, Set<Date>>(true);
partialIs<Option<{ a: string }>, Option<{ a: string }>>(true);
partialIs<t.TypeOf<typeof NumberFromString>, number>(true);

// Every key of an object may be missing, at any depth.
partialIs<{ a: string; b?: { c: number } }, { readonly a?: string; readonly b?: { readonly c?: number } }>(true);
partialIs<Record<string, { a: string }>, { readonly [key: string]: { readonly a?: string } | undefined }>(true);

// An array has fewer elements, a tuple ends early.
partialIs<string[], readonly string[]>(true);
partialIs<{ a: string }[], readonly { readonly a?: string }[]>(true);
partialIs<[string, { a: number }], readonly [string?, { readonly a?: number }?]>(true);
export const NonEmpty = nonEmptyArray(t.string);
partialIs<t.TypeOf<typeof NonEmpty>, t.TypeOf<typeof NonEmpty>>(true);

// A discriminated union stays narrowable.
export const Shape = t.union([
  t.type({ kind: t.literal('circle'), radius: t.number }),
  t.type({ kind: t.literal('square'), side: t.number }),
]);
declare const shape: PartialOf<t.TypeOf<typeof Shape>>;
if (shape.kind === 'circle') expectType<number | undefined>()(shape.radius);
if (shape.kind === 'square') expectType<number | undefined>()(shape.side);
// @ts-expect-error TS2339: which of them it is, is not known yet
shape.radius;

// The annotations of a codec come through.
export const Order = t.intersection([
  t.type({ id: t.Int, at: DateFromISOString, lines: t.array(t.strict({ sku: t.string })) }),
  t.partial({ coupon: optionFromNullable(t.string) }),
]);
declare const order: PartialOf<t.TypeOf<typeof Order>>;
expectType<t.Int | undefined>()(order.id);
expectType<Date | undefined>()(order.at);
expectType<string | undefined>()(order.lines?.[0]?.sku);
expectType<Option<string> | undefined>()(order.coupon);

// A type that contains itself.
interface Tree {
  readonly name: string;
  readonly children: readonly Tree[];
}
declare const tree: PartialOf<Tree>;
expectType<string | undefined>()(tree.children?.[0]?.children?.[0]?.name);

// Annotations say what partials show, and change nothing else.
export const Annotated = t.type({
  id: whenComplete(t.string),
  user: whenPresent(t.type({ type: t.string, name: t.string }), 'type'),
  title: withState(t.string),
});
declare const annotated: PartialOf<t.TypeOf<typeof Annotated>>;
expectType<string | undefined>()(annotated.user?.name);
if (annotated.user !== undefined) expectType<string>()(annotated.user.type);
expectType<StateOf<string> | undefined>()(annotated.title);
const whole: t.TypeOf<typeof Annotated> = { id: 'a', user: { type: 'x', name: 'y' }, title: 'z' };
expectType<string>()(whole.user.name);

// 100 members, and 12 levels, are not too many.
type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type Member<K> = K extends string ? { kind: K; values: { of: K }[] } : never;
declare const wide: PartialOf<Member<`${Digit}${Digit}`>>;
if (wide.kind === '42') expectType<'42' | undefined>()(wide.values?.[0]?.of);

interface Level<A> {
  readonly next: A;
  readonly list: readonly A[];
}
type Twelve = Level<Level<Level<Level<Level<Level<Level<Level<Level<Level<Level<Level<string>>>>>>>>>>>>;
declare const deep: PartialOf<Twelve>;
expectType<string | undefined>()(
  deep.next?.list?.[0]?.next?.list?.[0]?.next?.list?.[0]?.next?.list?.[0]?.next?.list?.[0]?.next?.list?.[0],
);
