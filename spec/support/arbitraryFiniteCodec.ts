import * as fc from 'fast-check';
import * as t from 'io-ts';

/** A codec that accepts a few documents only, and all of their texts. */
export interface FiniteCodec {
  readonly codec: t.Mixed;
  readonly texts: readonly string[];
  /** For an object: its members, each with the ways in which it may be written; none where it may be left out. */
  readonly members?: readonly (readonly string[])[];
}

/** More texts are not listed. */
const MOST_TEXTS = 300;

/** No number can be written as another with an exponent. */
const SCALARS = ['', 'a', 'ab', 'abc', 'b', 'ba', true, false, null, 1, 25, -4] as const;
const KEYS = ['a', 'b', 'c', '1'] as const;

function literal(value: (typeof SCALARS)[number]): FiniteCodec {
  return { codec: value === null ? t.null : t.literal(value), texts: [JSON.stringify(value)] };
}

/** All ways to take one of each. */
function product(choices: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return choices.reduce<readonly (readonly string[])[]>(
    (heads, choice) => heads.flatMap((head) => choice.map((one) => [...head, one])),
    [[]],
  );
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) =>
    permutations(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest]),
  );
}

function objectTexts(members: readonly (readonly string[])[]): readonly string[] {
  return product(members)
    .map((written) => written.filter((member) => member !== ''))
    .flatMap(permutations)
    .map((written) => `{${written.join(',')}}`);
}

function objectOf(props: Readonly<Record<string, FiniteCodec>>, optional: boolean): FiniteCodec {
  const members = Object.entries(props).map(([key, { texts }]) => {
    const values = optional ? [...new Set([...texts, 'null'])] : texts;
    return [...values.map((text) => `${JSON.stringify(key)}:${text}`), ...(optional ? [''] : [])];
  });
  const codecs = Object.fromEntries(Object.entries(props).map(([key, { codec }]) => [key, codec]));
  return { codec: optional ? t.partial(codecs) : t.type(codecs), texts: objectTexts(members), members };
}

function unionOf(parts: readonly FiniteCodec[]): FiniteCodec {
  const [first, second, ...rest] = parts.map(({ codec }) => codec);
  return { codec: t.union([first!, second!, ...rest]), texts: [...new Set(parts.flatMap(({ texts }) => texts))] };
}

function tupleOf(items: readonly FiniteCodec[]): FiniteCodec {
  const texts = product(items.map((item) => item.texts)).map((written) => `[${written.join(',')}]`);
  return { codec: t.tuple(items.map(({ codec }) => codec) as [t.Mixed]), texts };
}

function intersectionOf(a: FiniteCodec, b: FiniteCodec): FiniteCodec {
  const members = [...(a.members ?? []), ...(b.members ?? [])];
  return { codec: t.intersection([a.codec, b.codec]), texts: objectTexts(members), members };
}

const isListed = ({ texts }: FiniteCodec): boolean => texts.length <= MOST_TEXTS;

/** Codecs whose every document can be written down. A tuple takes more elements than it asks for; here it gets none. */
export const arbitraryFiniteCodec: fc.Arbitrary<FiniteCodec> = fc
  .letrec<{ any: FiniteCodec; object: FiniteCodec }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 2, arbitrary: fc.constantFrom(...SCALARS).map(literal) },
      {
        weight: 1,
        arbitrary: fc.uniqueArray(fc.constantFrom('a', 'ab', 'abc', 'ba'), { minLength: 2 }).map((keys) => ({
          codec: t.keyof(Object.fromEntries(keys.map((key) => [key, null]))),
          texts: keys.map((key) => JSON.stringify(key)),
        })),
      },
      { weight: 2, arbitrary: tie('object') },
      { weight: 2, arbitrary: fc.array(tie('any'), { minLength: 2, maxLength: 3 }).map(unionOf) },
      { weight: 1, arbitrary: fc.array(tie('any'), { minLength: 1, maxLength: 2 }).map(tupleOf) },
    ),
    object: fc.oneof(
      fc
        .tuple(fc.dictionary(fc.constantFrom(...KEYS), tie('any'), { minKeys: 1, maxKeys: 2 }), fc.boolean())
        .map((parts) => objectOf(...parts)),
      fc
        .tuple(tie('any'), tie('any'), fc.boolean())
        .map(([a, b, optional]) => intersectionOf(objectOf({ a }, false), objectOf({ b }, optional))),
    ),
  }))
  .any.filter(isListed);
