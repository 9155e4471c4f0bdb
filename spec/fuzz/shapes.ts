import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type, type Type } from 'arktype';
import { Schema } from 'effect';
import * as fc from 'fast-check';
import * as t from 'io-ts';
import * as v from 'valibot';
import * as z from 'zod';
import type { StandardSchema } from '../../lib/codecs/standardSchema/StandardSchema.js';
import type { Json } from '../../lib/partials/PartialJson.js';
import { effect } from '../support/schemaVendors.js';

/** A type that every library can say, and all of them mean the same by. */
export type Shape =
  | { readonly kind: 'boolean' | 'integer' | 'number' | 'string' }
  | { readonly kind: 'long' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'list' | 'nullable' | 'record'; readonly inner: Shape }
  | { readonly kind: 'object'; readonly props: Props }
  | { readonly kind: 'tagged'; readonly members: readonly Props[] };

type Props = Readonly<Record<string, { readonly shape: Shape; readonly optional: boolean }>>;

const tied = fc.letrec<{ shape: Shape; props: Props }>((tie) => ({
  // Not without keys: an empty struct of Effect takes arrays as well.
  props: fc.dictionary(
    fc.constantFrom('a', 'b', 'c d', '0'),
    fc.record({ shape: tie('shape'), optional: fc.boolean() }),
    { minKeys: 1, maxKeys: 3, noNullPrototype: true },
  ),
  shape: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    {
      weight: 3,
      arbitrary: fc.constantFrom<Shape>(
        { kind: 'boolean' },
        { kind: 'integer' },
        { kind: 'number' },
        { kind: 'string' },
        { kind: 'long' },
        { kind: 'words', words: ['red', 'green', 'gray'] },
      ),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('list' as const, 'record' as const), tie('shape'))
        .map(([kind, inner]): Shape => ({ kind, inner })),
    },
    { weight: 1, arbitrary: tie('shape').map((inner): Shape => ({ kind: 'nullable', inner })) },
    { weight: 3, arbitrary: tie('props').map((props): Shape => ({ kind: 'object', props })) },
    {
      weight: 1,
      arbitrary: fc
        .array(tie('props'), { minLength: 2, maxLength: 3 })
        .map((members): Shape => ({ kind: 'tagged', members })),
    },
  ),
}));

/** Answers are objects. */
export const arbitraryShape: fc.Arbitrary<Shape> = tied.props.map((props): Shape => ({ kind: 'object', props }));

/** No arrays: valibot and arktype take them for objects whose keys may all be left out. */
const anything: fc.Arbitrary<Json> = fc.constantFrom<Json>(null, true, 0, 1.5, '', 'gr', 'abcd', {});

/** Documents that mostly have the shape. */
export function documentsOf(shape: Shape): fc.Arbitrary<Json> {
  const right = rightDocumentsOf(shape);
  return fc.oneof({ weight: 19, arbitrary: right }, { weight: 1, arbitrary: anything });
}

function rightDocumentsOf(shape: Shape): fc.Arbitrary<Json> {
  switch (shape.kind) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: -99, max: 99 });
    case 'number':
      return fc.constantFrom(0, -1.5, 12, 1e21, 5e-7);
    case 'string':
      return fc.constantFrom('', 'a', 'x\n"\\', '漢😀', 'null');
    case 'long':
      return fc.constantFrom('abcd', 'abcdefgh', 'a b c');
    case 'words':
      return fc.constantFrom(...shape.words);
    case 'list':
      return fc.array(documentsOf(shape.inner), { maxLength: 3 });
    case 'record':
      return fc.dictionary(fc.constantFrom('k', 'l', 'm'), documentsOf(shape.inner), {
        maxKeys: 2,
        noNullPrototype: true,
      });
    case 'nullable':
      return fc.oneof(documentsOf(shape.inner), fc.constant(null));
    case 'object':
      return objectsOf(shape.props);
    case 'tagged':
      return fc.oneof(
        ...shape.members.map((props, at) => objectsOf(props).map((object): Json => ({ kind: `k${at}`, ...object }))),
      );
  }
}

function objectsOf(props: Props): fc.Arbitrary<Readonly<Record<string, Json>>> {
  const values = Object.fromEntries(
    Object.entries(props).map(([key, { shape, optional }]) => [
      key,
      optional
        ? fc.oneof({ weight: 3, arbitrary: documentsOf(shape) }, { weight: 1, arbitrary: fc.constant(null) })
        : documentsOf(shape),
    ]),
  );
  const requiredKeys = Object.keys(props).filter((key) => props[key]?.optional === false);
  return fc.record<Record<string, Json>>(values, { requiredKeys, noNullPrototype: true });
}

/** What a document means in a shape, nulls that mean absent left out; nothing where it does not have the shape. */
export function meaningOf(shape: Shape, document: Json): { readonly value: Json } | undefined {
  const ok = (isRight: boolean): { readonly value: Json } | undefined => (isRight ? { value: document } : undefined);
  switch (shape.kind) {
    case 'boolean':
      return ok(typeof document === 'boolean');
    case 'number':
      return ok(typeof document === 'number');
    case 'integer':
      return ok(Number.isSafeInteger(document));
    case 'string':
      return ok(typeof document === 'string');
    case 'long':
      return ok(typeof document === 'string' && document.length >= 4);
    case 'words':
      return ok(shape.words.includes(document as string));
    case 'nullable':
      return document === null ? { value: null } : meaningOf(shape.inner, document);
    case 'list': {
      if (!Array.isArray(document)) return undefined;
      const items = (document as readonly Json[]).map((item) => meaningOf(shape.inner, item));
      return items.every((item) => item !== undefined) ? { value: items.map(({ value }) => value) } : undefined;
    }
    case 'record': {
      if (!isObject(document)) return undefined;
      const entries = Object.entries(document).map(([key, item]) => [key, meaningOf(shape.inner, item)] as const);
      return entriesOf(entries);
    }
    case 'object':
      return isObject(document) ? meaningOfProps(shape.props, document) : undefined;
    case 'tagged': {
      if (!isObject(document)) return undefined;
      const { kind: tag, ...rest } = document;
      const props = shape.members.find((_, at) => tag === `k${at}`);
      const meaning = props && meaningOfProps(props, rest);
      return meaning && { value: { kind: tag as string, ...(meaning.value as object) } };
    }
  }
}

function meaningOfProps(props: Props, document: Readonly<Record<string, Json>>): { readonly value: Json } | undefined {
  const entries = Object.entries(props).flatMap(([key, { shape, optional }]) => {
    const value = document[key];
    if (value === undefined && optional) return [];
    const meaning = value === undefined ? undefined : meaningOf(shape, value);
    return meaning === undefined && value === null && optional ? [] : [[key, meaning] as const];
  });
  return entriesOf(entries);
}

function entriesOf(
  entries: readonly (readonly [string, { readonly value: Json } | undefined])[],
): { readonly value: Json } | undefined {
  const values = entries.flatMap(([key, meaning]) => (meaning === undefined ? [] : [[key, meaning.value] as const]));
  return values.length === entries.length ? { value: Object.fromEntries(values) } : undefined;
}

const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mapProps = <R>(props: Props, map: (shape: Shape, optional: boolean) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(props).map(([key, { shape, optional }]) => [key, map(shape, optional)]));

function toIoTs(shape: Shape): t.Mixed {
  switch (shape.kind) {
    case 'boolean':
      return t.boolean;
    case 'number':
      return t.number;
    case 'integer':
      return t.refinement(t.number, Number.isSafeInteger, 'Integer');
    case 'string':
      return t.string;
    case 'long':
      return t.refinement(t.string, (text) => text.length >= 4, 'Long');
    case 'words':
      return t.keyof(Object.fromEntries(shape.words.map((word) => [word, null])));
    case 'list':
      return t.array(toIoTs(shape.inner));
    case 'record':
      return t.record(t.string, toIoTs(shape.inner));
    case 'nullable':
      return t.union([toIoTs(shape.inner), t.null]);
    case 'object':
      return propsToIoTs(shape.props);
    case 'tagged':
      return t.union(
        shape.members.map((props, at) => propsToIoTs(props, { kind: t.literal(`k${at}`) })) as [t.Mixed, t.Mixed],
      );
  }
}

function propsToIoTs(props: Props, own: t.Props = {}): t.Mixed {
  const some = (wanted: boolean): t.Props =>
    Object.fromEntries(
      Object.entries(props).flatMap(([key, { shape, optional }]) =>
        optional === wanted ? [[key, toIoTs(shape)] as const] : [],
      ),
    );
  return t.exact(t.intersection([t.type({ ...own, ...some(false) }), t.partial(some(true))]));
}

function toZod(shape: Shape): z.ZodType {
  switch (shape.kind) {
    case 'boolean':
      return z.boolean();
    case 'number':
      return z.number();
    case 'integer':
      return z.int();
    case 'string':
      return z.string();
    case 'long':
      return z.string().min(4);
    case 'words':
      return z.enum([...shape.words]);
    case 'list':
      return z.array(toZod(shape.inner));
    case 'record':
      return z.record(z.string(), toZod(shape.inner));
    case 'nullable':
      return toZod(shape.inner).nullable();
    case 'object':
      return propsToZod(shape.props);
    case 'tagged':
      return z.discriminatedUnion(
        'kind',
        shape.members.map((props, at) => propsToZod(props).extend({ kind: z.literal(`k${at}`) })) as never,
      );
  }
}

const propsToZod = (props: Props): z.ZodObject =>
  z.object(mapProps(props, (shape, optional) => (optional ? toZod(shape).optional() : toZod(shape))));

function toValibot(shape: Shape): v.GenericSchema {
  switch (shape.kind) {
    case 'boolean':
      return v.boolean();
    case 'number':
      return v.number();
    case 'integer':
      return v.pipe(v.number(), v.safeInteger());
    case 'string':
      return v.string();
    case 'long':
      return v.pipe(v.string(), v.minLength(4));
    case 'words':
      return v.picklist(shape.words);
    case 'list':
      return v.array(toValibot(shape.inner));
    case 'record':
      return v.record(v.string(), toValibot(shape.inner));
    case 'nullable':
      return v.nullable(toValibot(shape.inner));
    case 'object':
      return v.object(propsToValibot(shape.props));
    case 'tagged':
      return v.variant(
        'kind',
        shape.members.map((props, at) => v.object({ kind: v.literal(`k${at}`), ...propsToValibot(props) })) as never,
      );
  }
}

const propsToValibot = (props: Props): v.ObjectEntries =>
  mapProps(props, (shape, optional) => (optional ? v.optional(toValibot(shape)) : toValibot(shape)));

function toArktype(shape: Shape): Type {
  switch (shape.kind) {
    case 'boolean':
    case 'number':
    case 'string':
      return type(shape.kind as never);
    case 'integer':
      return type('number.integer' as never);
    case 'long':
      return type('string >= 4' as never);
    case 'words':
      return type(shape.words.map((word) => `'${word}'`).join(' | ') as never);
    case 'list':
      return toArktype(shape.inner).array();
    case 'record':
      return type({ '[string]': toArktype(shape.inner) } as never);
    case 'nullable':
      return toArktype(shape.inner).or('null');
    case 'object':
      return type({ ...propsToArktype(shape.props) } as never);
    case 'tagged':
      return shape.members
        .map((props, at): Type => type({ kind: `'k${at}'`, ...propsToArktype(props) } as never))
        .reduce((a, b) => a.or(b));
  }
}

const propsToArktype = (props: Props): Record<string, Type> =>
  Object.fromEntries(
    Object.entries(props).map(([key, { shape, optional }]) => [optional ? `${key}?` : key, toArktype(shape)]),
  );

type EffectSchema = Schema.Codec<unknown, unknown>;

function toEffect(shape: Shape): EffectSchema {
  switch (shape.kind) {
    case 'boolean':
      return Schema.Boolean;
    case 'number':
      return Schema.Number;
    case 'integer':
      return Schema.Int;
    case 'string':
      return Schema.String;
    case 'long':
      return Schema.String.check(Schema.isMinLength(4));
    case 'words':
      return Schema.Literals([...shape.words]);
    case 'list':
      return Schema.Array(toEffect(shape.inner));
    case 'record':
      return Schema.Record(Schema.String, toEffect(shape.inner));
    case 'nullable':
      return Schema.NullOr(toEffect(shape.inner));
    case 'object':
      return Schema.Struct(propsToEffect(shape.props));
    case 'tagged':
      return Schema.Union(
        shape.members.map((props, at) => Schema.Struct({ kind: Schema.Literal(`k${at}`), ...propsToEffect(props) })),
      );
  }
}

const propsToEffect = (props: Props): Record<string, EffectSchema> =>
  mapProps(props, (shape, optional) =>
    optional ? (Schema.optionalKey(toEffect(shape)) as unknown as EffectSchema) : toEffect(shape),
  );

/** The same shape in every library that the package takes. */
export const libraries: Readonly<Record<string, (shape: Shape) => StandardSchema | t.Mixed>> = {
  'io-ts': toIoTs,
  zod: toZod,
  valibot: (shape) => toStandardJsonSchema(toValibot(shape)),
  arktype: toArktype,
  effect: (shape) => effect(toEffect(shape)),
};
