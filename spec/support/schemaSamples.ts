import * as fc from 'fast-check';
import * as t from 'io-ts';
import * as types from 'io-ts-types';
import { withDescription } from '../../lib/codecs/annotations/withDescription.js';
import type { Json } from '../../lib/partials/PartialJson.js';

/**
 * How the keys of a partial are written that it could do without: in strict mode as `null`, as the codec has it not at
 * all, or all of them, where nobody would read a `null` as absent.
 */
export type Mode = 'all' | 'loose' | 'strict';

type Documents = Readonly<Record<Mode, fc.Arbitrary<Json>>>;

/** A codec of which JSON Schema can say everything or most, and the documents it is written for. */
export interface SchemaSample {
  readonly codec: t.Mixed;
  readonly documents: Documents;
  /** Everything that the codec refuses, the strict schema refuses. */
  readonly isExact: boolean;
}

type Props = Readonly<Record<string, SchemaSample>>;

const everyMode = (documents: (mode: Mode) => fc.Arbitrary<Json>): Documents => ({
  all: documents('all'),
  loose: documents('loose'),
  strict: documents('strict'),
});

function leaf(codec: t.Mixed, documents: fc.Arbitrary<Json>, isExact = true): SchemaSample {
  return { codec, documents: everyMode(() => documents), isExact };
}

function around(part: SchemaSample, codec: t.Mixed): SchemaSample {
  return { ...part, codec };
}

/** A codec that validates in its own way. */
function opaque({ documents: { all, loose }, isExact }: SchemaSample, codec: t.Mixed): SchemaSample {
  return { codec, documents: { all, loose, strict: all }, isExact };
}

const allExact = (parts: readonly SchemaSample[]): boolean => parts.every(({ isExact }) => isExact);
const codecsOf = (parts: readonly SchemaSample[]): [t.Mixed, t.Mixed] =>
  parts.map(({ codec }) => codec) as [t.Mixed, t.Mixed];

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const date = fc
  .date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString());

const leaves: readonly SchemaSample[] = [
  leaf(t.string, fc.string()),
  leaf(t.number, number),
  leaf(t.boolean, fc.boolean()),
  leaf(t.null, fc.constant(null)),
  leaf(t.Int, fc.integer()),
  leaf(t.literal('a'), fc.constant('a')),
  leaf(t.literal(1), fc.constant(1)),
  leaf(t.literal(true), fc.constant(true)),
  leaf(t.keyof({ a: null, b: null }), fc.constantFrom('a', 'b')),
  leaf(types.UUID, fc.uuid()),
  leaf(types.NonEmptyString, fc.string({ minLength: 1, unit: 'binary' })),
  leaf(types.BooleanFromString, fc.constantFrom('true', 'false')),
  leaf(types.NumberFromString, number.map(String), false),
  leaf(types.DateFromISOString, date, false),
  leaf(types.optionFromNullable(t.string), fc.option(fc.string())),
];

function objectOf(props: Props, optional: boolean, kind: 'readonly' | 'strict' | 'type'): SchemaSample {
  const map = <R>(toR: (sample: SchemaSample) => R): Record<string, R> =>
    Object.fromEntries(Object.entries(props).map(([key, sample]) => [key, toR(sample)]));
  const codecs = map(({ codec }) => codec);
  const inner = optional ? t.partial(codecs) : t.type(codecs);
  const documents = (mode: Mode): fc.Arbitrary<Json> => {
    const values = map((sample) =>
      optional && mode === 'strict' ? fc.option(sample.documents.strict) : sample.documents[mode],
    );
    return fc.record<Record<string, Json>>(values, optional && mode === 'loose' ? { requiredKeys: [] } : {});
  };
  const codec = { type: inner, strict: t.exact(inner), readonly: t.readonly(inner) }[kind];
  return { codec, documents: everyMode(documents), isExact: allExact(Object.values(props)) };
}

function merged(parts: readonly SchemaSample[]): SchemaSample {
  const documents = (mode: Mode): fc.Arbitrary<Json> =>
    fc.tuple(...parts.map((part) => part.documents[mode])).map((objects) => Object.assign({}, ...objects) as Json);
  return { codec: t.intersection(codecsOf(parts)), documents: everyMode(documents), isExact: allExact(parts) };
}

function unionOf(parts: readonly SchemaSample[]): SchemaSample {
  const documents = everyMode((mode) => fc.oneof(...parts.map((part) => part.documents[mode])));
  return { codec: t.union(codecsOf(parts)), documents, isExact: allExact(parts) };
}

function taggedUnionOf(props: readonly Props[]): SchemaSample {
  const tagged = props.map((own, index) => ({ tag: leaf(t.literal(`t${index}`), fc.constant(`t${index}`)), ...own }));
  return unionOf(tagged.map((own) => objectOf(own, false, 'type')));
}

/** An item may stand in the wrong place. */
function tupleOf(parts: readonly SchemaSample[]): SchemaSample {
  const documents = everyMode((mode) => fc.tuple(...parts.map((part) => part.documents[mode])));
  return { codec: t.tuple(codecsOf(parts)), documents, isExact: false };
}

function arrayOf(item: SchemaSample): SchemaSample {
  const documents = everyMode((mode) => fc.array(item.documents[mode], { maxLength: 3 }));
  return { ...item, codec: t.array(item.codec), documents };
}

function chainOf(value: SchemaSample, name: string): SchemaSample {
  const codec: t.Mixed = t.recursion<unknown, unknown>(name, (self): t.Mixed =>
    t.union([t.null, t.intersection([t.type({ value: value.codec }), t.partial({ others: t.array(self) })])]),
  );
  const documents = (mode: Mode): fc.Arbitrary<Json> =>
    fc.letrec<{ chain: Json }>((tie) => {
      const others = fc.array(tie('chain'), { maxLength: 2 });
      const link = fc.record<Record<string, Json>>(
        { value: value.documents[mode], others: mode === 'strict' ? fc.option(others) : others },
        { requiredKeys: mode === 'loose' ? ['value'] : ['value', 'others'] },
      );
      return { chain: fc.oneof({ maxDepth: 3 }, fc.constant(null), link) };
    }).chain;
  return { ...value, codec, documents: everyMode(documents) };
}

/** With its own words for what is wrong, a codec that is only a function tells nothing any more. */
function worded(part: SchemaSample): SchemaSample {
  return '_tag' in part.codec
    ? opaque(
        part,
        types.withMessage(part.codec, () => 'no'),
      )
    : part;
}

const refusesSymbols = ({ codec }: SchemaSample): boolean => codec.decode(Symbol())._tag === 'Left';

/** A list that is only a function. */
function listOf(item: SchemaSample): SchemaSample {
  const documents = everyMode((mode) => fc.array(item.documents[mode], { minLength: 1, maxLength: 3 }));
  return refusesSymbols(item) ? opaque({ ...item, documents }, types.nonEmptyArray(item.codec)) : item;
}

// Not `__proto__`: io-ts's own intersections lose it.
const keys = ['a', 'b', 'c', '1', 'a b', 'ü"\\'];
const positive = (value: unknown): value is t.Branded<unknown, { readonly Any: symbol }> => value !== undefined;

const tied = fc.letrec<{ sample: SchemaSample; object: SchemaSample; props: Props }>((tie) => ({
  props: fc.dictionary(fc.constantFrom(...keys), tie('sample'), { maxKeys: 3, noNullPrototype: true }),
  object: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .tuple(tie('props'), fc.boolean(), fc.constantFrom('type', 'strict', 'readonly'))
      .map(([props, optional, kind]) => objectOf(props, optional, kind)),
    fc
      .tuple(tie('props'), tie('props'))
      .map(([a, b]) => merged([objectOf(a, false, 'type'), objectOf(prefixed('x', b), true, 'type')])),
  ),
  sample: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: fc.constantFrom(...leaves) },
    { weight: 4, arbitrary: tie('object') },
    { weight: 1, arbitrary: tie('sample').map(arrayOf) },
    { weight: 1, arbitrary: tie('sample').map(listOf) },
    { weight: 1, arbitrary: fc.array(tie('sample'), { minLength: 1, maxLength: 3 }).map(tupleOf) },
    { weight: 1, arbitrary: fc.array(tie('sample'), { minLength: 2, maxLength: 3 }).map(unionOf) },
    { weight: 1, arbitrary: fc.array(tie('props'), { minLength: 2, maxLength: 3 }).map(taggedUnionOf) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('props'), fc.array(tie('props'), { minLength: 2, maxLength: 2 }))
        .map(([own, members]) => merged([objectOf(prefixed('x', own), false, 'type'), taggedUnionOf(members)])),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('sample'), fc.constantFrom('Chain', 'a b', ''))
        .map(([value, name]) => chainOf(value, name)),
    },
    { weight: 1, arbitrary: tie('sample').map((part) => around(part, t.brand(part.codec, positive, 'Any'))) },
    {
      weight: 1,
      arbitrary: tie('sample').map((part) =>
        around(part, withDescription(part.codec, { title: 'T', description: 'D.', examples: [1, 'x'] })),
      ),
    },
    {
      weight: 1,
      arbitrary: tie('sample').map((part) => worded(part)),
    },
  ),
}));

function prefixed(prefix: string, props: Props): Props {
  return Object.fromEntries(Object.entries(props).map(([key, sample]) => [`${prefix}${key}`, sample]));
}

/** Codecs that can be written as JSON Schema in strict mode. */
export const schemaSamples: fc.Arbitrary<SchemaSample> = tied.sample;
