import * as fc from 'fast-check';
import * as t from 'io-ts';
import {
  BooleanFromString,
  DateFromISOString,
  NonEmptyString,
  NumberFromString,
  UUID,
  withFallback,
} from 'io-ts-types';
import type { Json } from '../../lib/partials/PartialJson.js';

/**
 * A codec, what it is made of, and documents that are mostly right for it. Tests look into the description, never into
 * the codec, so that they do not see it with the eyes of the decoder.
 */
export type CodecSample = LeafSample | ObjectSample | ListSample | RecordSample | CombinedSample | OpaqueSample;

interface Sampled {
  readonly codec: t.Mixed;
  readonly documents: fc.Arbitrary<Json>;
}

/** Read by its type alone; `grows` where a part of the value is a value. */
export interface LeafSample extends Sampled {
  readonly kind: 'leaf';
  readonly grows: boolean;
}

export interface ObjectSample extends Sampled {
  readonly kind: 'object';
  readonly props: Readonly<Record<string, CodecSample>>;
  readonly optional: boolean;
}

export interface ListSample extends Sampled {
  readonly kind: 'list';
  readonly item: (index: number) => CodecSample | undefined;
  /** For a tuple. */
  readonly length: number | undefined;
}

export interface RecordSample extends Sampled {
  readonly kind: 'record';
  readonly domain: t.Mixed;
  readonly value: CodecSample;
}

/** The annotations, none of which changes what comes out. */
export type Annotated = 'complete' | 'present' | 'state';

export interface CombinedSample extends Sampled {
  readonly kind: 'union' | 'intersection' | 'exact' | 'same' | 'refinement' | Annotated;
  readonly parts: readonly CodecSample[];
  /** For an exact codec: the keys that it leaves. */
  readonly keys?: readonly string[];
  readonly predicate?: (value: unknown) => boolean;
  /** To wait for. */
  readonly key?: string;
}

/** It cannot be looked into. */
export interface OpaqueSample extends Sampled {
  readonly kind: 'opaque';
  /** Its values have the type it claims. */
  readonly isSound: boolean;
  /** It is a clone of this one's codec, and its type says the same of partials. */
  readonly cloned?: CodecSample;
}

export const KEYS = ['a', 'b', 'c', 'kind', '1', 'a b'] as const;
export const WORDS = ['a', 'ab', 'abc', 'b', 'ba', ''] as const;

const words: fc.Arbitrary<Json> = fc.constantFrom(...WORDS);
const numbers: fc.Arbitrary<Json> = fc.constantFrom(0, 1, 2, 12, 120, -1, 1.5, 12.25, 1e21);
const anything: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    words,
    numbers,
    fc.constantFrom<Json>(null, true, false, [], {}),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 2 }),
  ),
})).value;

/** Now and then something else than what is asked for. */
export function mostly(documents: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc.oneof({ weight: 14, arbitrary: documents }, { weight: 1, arbitrary: anything });
}

export function leaf(codec: t.Mixed, documents: fc.Arbitrary<Json>, grows = true): LeafSample {
  return { kind: 'leaf', codec, documents, grows };
}

/** Partials show how far the value is: a codec with state, a clone of one, a condition on one. */
export function hasState(sample: CodecSample): boolean {
  if (sample.kind === 'opaque') return sample.cloned !== undefined && hasState(sample.cloned);
  if (sample.kind === 'same' || sample.kind === 'refinement') return sample.parts.slice(0, 1).some(hasState);
  return sample.kind === 'state';
}

export function opaque(codec: t.Mixed, documents: fc.Arbitrary<Json>, part?: CodecSample): OpaqueSample {
  return { kind: 'opaque', codec, documents, isSound: part === undefined || isSound(part) };
}

/** Whether a codec or one that it is made of is of a kind. */
export function contains(
  sample: CodecSample,
  test: (part: CodecSample) => boolean,
  seen = new Set<CodecSample>(),
): boolean {
  if (seen.has(sample)) return false;
  seen.add(sample);
  return test(sample) || partsOf(sample).some((part) => contains(part, test, seen));
}

function partsOf(sample: CodecSample): readonly CodecSample[] {
  switch (sample.kind) {
    case 'leaf':
    case 'opaque':
      return [];
    case 'object':
      return Object.values(sample.props);
    case 'record':
      return [sample.value];
    case 'list':
      return Array.from({ length: sample.length ?? 1 }, (_, index) => sample.item(index)).flatMap((item) => item ?? []);
    default:
      return sample.parts;
  }
}

/** Whether what passes `decode` passes `is`: io-ts lets tuples end early, and does not see that members contradict. */
function isSound(sample: CodecSample): boolean {
  return !contains(sample, (part) => {
    if (part.kind === 'opaque') return !part.isSound;
    return part.kind === 'intersection' ? isContradiction(part) : part.kind === 'list' && part.length !== undefined;
  });
}

/** io-ts's intersections have the type they claim only where no two members read the same thing in different ways. */
export function isContradiction({ parts }: CombinedSample): boolean {
  const keys = parts.flatMap(keysOf);
  return new Set(keys).size < keys.length || !parts.every(isObjectSample);
}

function isObjectSample(sample: CodecSample): boolean {
  if (sample.kind === 'object') return true;
  return (sample.kind === 'exact' || sample.kind === 'intersection') && sample.parts.every(isObjectSample);
}

export const leaves: readonly CodecSample[] = [
  leaf(t.string, words),
  leaf(t.number, numbers),
  leaf(t.boolean, fc.boolean()),
  leaf(t.null, fc.constant(null)),
  leaf(t.unknown, anything),
  leaf(t.any, anything),
  leaf(t.UnknownArray, fc.array(anything, { maxLength: 2 })),
  leaf(t.UnknownRecord, fc.dictionary(fc.constantFrom(...KEYS), anything, { maxKeys: 2 })),
  leaf(t.undefined, anything),
  leaf(t.void, anything),
  leaf(t.record(t.string, t.any), fc.dictionary(fc.constantFrom(...KEYS), anything, { maxKeys: 2 }), false),
  ...WORDS.map((word) => leaf(t.literal(word), fc.constant(word), false)),
  ...[1, 12, 120].map((value) => leaf(t.literal(value), fc.constant(value), false)),
  leaf(t.literal(true), fc.constant(true), false),
  leaf(t.keyof({ a: null, abc: null, b: null }), fc.constantFrom('a', 'abc', 'b'), false),
  opaque(NumberFromString, fc.constantFrom('1', '12', 'x', '')),
  opaque(DateFromISOString, fc.constantFrom('2020-01-01', '2020-01-01T00:00:00Z', '2')),
  opaque(BooleanFromString, fc.constantFrom('true', 'false', 't')),
  opaque(
    new t.Type('Half', t.number.is, (u, c) => (typeof u === 'number' ? t.success(u / 2) : t.failure(u, c)), Number),
    numbers,
  ),
  opaque(new t.Type('Same', t.unknown.is, (u) => t.success(u), t.identity), anything),
  { ...refined(leaf(t.number, numbers), t.Int, Number.isInteger) },
  { ...refined(leaf(t.string, words), NonEmptyString, (value) => value !== '') },
  {
    ...refined(leaf(t.string, fc.constantFrom('00000000-0000-0000-0000-000000000000', '0')), UUID, UUID.is),
  },
];

export function refined(part: CodecSample, codec: t.Mixed, predicate: (value: unknown) => boolean): CombinedSample {
  return { kind: 'refinement', codec, documents: part.documents, parts: [part], predicate };
}

export function objectOf(props: Readonly<Record<string, CodecSample>>, optional: boolean): ObjectSample {
  const codecs = Object.fromEntries(Object.entries(props).map(([key, { codec }]) => [key, codec]));
  const values = Object.fromEntries(
    Object.entries(props).map(([key, { documents }]) => [
      key,
      optional
        ? fc.oneof({ weight: 3, arbitrary: mostly(documents) }, { weight: 1, arbitrary: fc.constant(null) })
        : mostly(documents),
    ]),
  );
  const documents = fc
    .tuple(
      optional ? fc.record(values, { requiredKeys: [] }) : fc.record(values),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('x', 'y', '0'), anything) },
      ),
    )
    .map(([own, extra]) => ({ ...own, ...extra }) as Json);
  return { kind: 'object', codec: optional ? t.partial(codecs) : t.type(codecs), props, optional, documents };
}

export function arrayOf(item: CodecSample, isReadonly: boolean): ListSample {
  return {
    kind: 'list',
    codec: isReadonly ? t.readonlyArray(item.codec) : t.array(item.codec),
    item: () => item,
    length: undefined,
    documents: fc.array(mostly(item.documents), { maxLength: 3 }),
  };
}

export function tupleOf(items: readonly CodecSample[]): ListSample {
  const [first, ...rest] = items.map(({ codec }) => codec);
  return {
    kind: 'list',
    codec: t.tuple([first, ...rest] as unknown as [t.Mixed]),
    item: (index) => items[index],
    length: items.length,
    documents: fc
      .tuple(
        fc.tuple(...items.map(({ documents }) => mostly(documents))),
        fc.array(anything, { maxLength: 1 }),
        fc.nat(9),
      )
      .map(([own, extra, cut]) => (cut === 0 ? own.slice(1) : [...own, ...(cut < 3 ? extra : [])])),
  };
}

export function recordOf(value: CodecSample, domain: t.Mixed, keys: readonly string[]): CodecSample {
  const codec = t.record(domain, value.codec);
  const documents = fc.dictionary(fc.constantFrom(...keys), mostly(value.documents), { maxKeys: 3 });
  // io-ts takes an array for a record of `any`, so it is not looked into.
  if ('_tag' in value.codec && value.codec._tag === 'AnyType') return opaque(codec, documents);
  return { kind: 'record', codec, domain, value, documents };
}

/** io-ts makes an exact object of it. */
export function finiteRecordOf(value: CodecSample, keys: readonly string[]): CombinedSample {
  const codec = t.record(t.keyof(Object.fromEntries(keys.map((key) => [key, null]))), value.codec);
  const part = objectOf(Object.fromEntries(keys.map((key) => [key, value])), false);
  return { kind: 'exact', codec, documents: part.documents, parts: [part], keys };
}

export function unionOf(parts: readonly CodecSample[]): CombinedSample {
  const [first, second, ...rest] = parts.map(({ codec }) => codec);
  const documents = fc.oneof(...parts.map((part) => part.documents));
  const codec = t.union([first!, second!, ...rest]);
  return { kind: 'union', codec, documents, parts };
}

/** Members that io-ts tells apart by a literal; `nested`, one of them by any of two literals. */
export function taggedUnionOf(
  props: readonly Readonly<Record<string, CodecSample>>[],
  fallback: boolean,
  nested: boolean,
): CombinedSample {
  const members = props.map((others, index): CodecSample => {
    const tag = WORDS[index] ?? '';
    const kind = leaf(t.literal(tag), fc.constant(tag), false);
    return fallback && index === 0
      ? fallbackOf(objectOf({ kind }, false), { kind: tag })
      : objectOf({ ...others, kind }, false);
  });
  const [first, ...rest] = members;
  return nested && first !== undefined && rest.length > 1 ? unionOf([first, unionOf(rest)]) : unionOf(members);
}

export function intersectionOf(parts: readonly CodecSample[]): CombinedSample {
  const [first, second, ...rest] = parts.map(({ codec }) => codec);
  const documents = fc
    .tuple(...parts.map((part) => part.documents))
    .map((values) => (values.every(isObject) ? (Object.assign({}, ...values) as Json) : (values[0] ?? null)));
  return {
    kind: 'intersection',
    codec: t.intersection([first!, second!, ...rest] as unknown as [t.Mixed, t.Mixed]),
    documents,
    parts,
  };
}

export function exactOf(part: CodecSample): CombinedSample {
  return {
    kind: 'exact',
    codec: t.exact(part.codec as t.HasProps),
    documents: part.documents,
    parts: [part],
    keys: keysOf(part),
  };
}

export function sameAs(part: CodecSample, codec: t.Mixed): CombinedSample {
  return { kind: 'same', codec, documents: part.documents, parts: [part] };
}

export function fallbackOf(part: CodecSample, fallback: unknown): OpaqueSample {
  return { ...opaque(withFallback(part.codec, fallback), mostly(part.documents), part), cloned: part };
}

function keysOf(sample: CodecSample): readonly string[] {
  if (sample.kind === 'object') return Object.keys(sample.props);
  return 'parts' in sample ? sample.parts.flatMap(keysOf) : [];
}

/** Stands for annotating a codec in tests that are not about annotations: the same codec. */
export function annotated(part: CodecSample, kind: Annotated, codec: t.Mixed, key?: string): CombinedSample {
  return { kind, codec, documents: part.documents, parts: [part], ...(key !== undefined && { key }) };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A domain that translates keys: to their first letters. */
export const Initial = new t.Type<string, string>(
  'Initial',
  t.string.is,
  (u, c) => (typeof u === 'string' && u !== '' ? t.success(u.slice(0, 1)) : t.failure(u, c)),
  t.identity,
);

export function translates(sample: CodecSample): boolean {
  return sample.kind === 'record' && sample.domain === Initial;
}

export const isSmall = (value: unknown): boolean =>
  ((JSON.stringify(value) as string | undefined) ?? '').length % 3 > 0;

interface Tree {
  readonly [key: string]: Json;
}

/** A few codecs that contain themselves. */
export function treeOf(value: CodecSample): CombinedSample {
  const documents = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.record({
      value: mostly(value.documents),
      children: fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('tree'), { maxLength: 2 })),
    }),
  })).tree;
  const codec: t.Mixed = t.recursion<Tree>(
    'Tree',
    (self) => t.type({ value: value.codec, children: t.array(self) }) as t.Mixed,
  );
  const sample: { kind: 'same'; codec: t.Mixed; documents: fc.Arbitrary<Json>; parts: CodecSample[] } = {
    kind: 'same',
    codec,
    documents,
    parts: [],
  };
  const children: ListSample = {
    kind: 'list',
    codec: t.array(codec),
    item: () => sample,
    length: undefined,
    documents: fc.constant([]),
  };
  sample.parts.push({ ...objectOf({ value, children }, false), codec });
  return sample;
}
