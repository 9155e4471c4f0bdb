import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { scope, type, type Type } from 'arktype';
import * as fc from 'fast-check';
import * as v from 'valibot';
import * as z from 'zod';
import type { StandardSchema } from '../../lib/codecs/standardSchema/StandardSchema.js';
import type { Json } from '../../lib/partials/PartialJson.js';

/** A document as strict mode asks for it, and the same without the keys that are left out. */
export interface AskedPair {
  readonly sent: Json;
  readonly meant: Json;
}

/** A schema of one of the vendors, with documents it is written for. */
export interface AskedSample {
  readonly vendor: Vendor;
  readonly schema: StandardSchema;
  readonly pairs: fc.Arbitrary<AskedPair>;
}

export type Vendor = 'arktype' | 'valibot' | 'zod';

type Presence = 'default' | 'optional' | 'required';
type Props = readonly (readonly [key: string, node: Node, presence: Presence])[];
type Wrapping = 'brand' | 'catch' | 'nullable' | 'readonly' | 'refine' | 'refuse' | 'transform';

/** A schema of no vendor. */
type Node =
  | { readonly kind: 'leaf'; readonly leaf: keyof typeof leaves }
  | { readonly kind: 'list'; readonly item: Node }
  | { readonly kind: 'members'; readonly members: readonly Props[]; readonly isTagged: boolean }
  | { readonly kind: 'object'; readonly props: Props }
  | { readonly kind: 'tree'; readonly value: Node; readonly through: 'list' | 'optional' }
  | { readonly kind: 'wrapped'; readonly how: Wrapping; readonly inner: Node };

const leaves = {
  boolean: fc.boolean(),
  coerced: fc.integer({ min: -9, max: 9 }),
  email: fc.constantFrom('a@b.co', 'c@d.org'),
  enum: fc.constantFrom('red', 'green'),
  int: fc.integer({ min: -9, max: 9 }),
  long: fc.constantFrom('abcd', 'abcdefg'),
  number: fc.constantFrom(0, 1, -2.5, 1e21),
  null: fc.constant(null),
  short: fc.constantFrom('', 'ab', 'abc'),
  string: fc.constantFrom('', 'a', 'null', '5'),
} satisfies Record<string, fc.Arbitrary<Json>>;

const wrappings: readonly Wrapping[] = [
  'brand',
  'catch',
  'nullable',
  'nullable',
  'readonly',
  'refine',
  'refuse',
  'transform',
];
const presences: readonly Presence[] = ['default', 'optional', 'optional', 'required'];
const keys = ['a', 'b', 'c', 'x y'];

const nodes = fc.letrec<{ node: Node; props: Props }>((tie) => ({
  props: fc
    .uniqueArray(fc.tuple(fc.constantFrom(...keys), tie('node'), fc.constantFrom(...presences)), {
      maxLength: 3,
      selector: ([key]) => key,
    })
    .map((props) => props),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    {
      weight: 3,
      arbitrary: fc
        .constantFrom(...(Object.keys(leaves) as (keyof typeof leaves)[]))
        .map((leaf): Node => ({ kind: 'leaf', leaf })),
    },
    { weight: 3, arbitrary: tie('props').map((props): Node => ({ kind: 'object', props })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...wrappings), tie('node'))
        .map(([how, inner]): Node => ({ kind: 'wrapped', how, inner })),
    },
    { weight: 1, arbitrary: tie('node').map((item): Node => ({ kind: 'list', item })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.array(tie('props'), { minLength: 2, maxLength: 3 }), fc.boolean())
        .map(([members, isTagged]): Node => ({ kind: 'members', members, isTagged })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('node'), fc.constantFrom('list' as const, 'optional' as const))
        .map(([value, through]): Node => ({ kind: 'tree', value, through })),
    },
  ),
}));

/** A key of one member of a union alone, or the literal that tells it apart. */
const ownKey = (index: number, isTagged: boolean): string => (isTagged ? 'kind' : `own${index}`);

function takesNull(node: Node): boolean {
  if (node.kind === 'wrapped') return node.how === 'nullable' || takesNull(node.inner);
  return node.kind === 'leaf' && node.leaf === 'null';
}

const same = (value: Json): AskedPair => ({ sent: value, meant: value });

function pairsOf(node: Node, depth = 0): fc.Arbitrary<AskedPair> {
  switch (node.kind) {
    case 'leaf':
      return (leaves[node.leaf] as fc.Arbitrary<Json>).map(same);
    case 'list':
      return fc.array(pairsOf(node.item, depth + 1), { maxLength: 2 }).map((items) => ({
        sent: items.map(({ sent }) => sent),
        meant: items.map(({ meant }) => meant),
      }));
    case 'object':
      return objectOf(node.props, depth);
    case 'members':
      return fc.oneof(
        ...node.members.map((props, index) => {
          const own = node.isTagged ? fc.constant(`k${index}`) : fc.constantFrom('own', null);
          return fc.tuple(own, objectOf(props, depth)).map(([value, { sent, meant }]): AskedPair => {
            const key = ownKey(index, node.isTagged);
            return { sent: { [key]: value, ...asObject(sent) }, meant: { [key]: value, ...asObject(meant) } };
          });
        }),
      );
    case 'tree':
      return treeOf(node, depth);
    case 'wrapped':
      return node.how === 'nullable'
        ? fc.oneof({ weight: 3, arbitrary: pairsOf(node.inner, depth) }, fc.constant(same(null)))
        : pairsOf(node.inner, depth);
  }
}

const asObject = (value: Json): Readonly<Record<string, Json>> => value as Readonly<Record<string, Json>>;

/** Every key is there, as strict mode wants it. */
function objectOf(props: Props, depth: number): fc.Arbitrary<AskedPair> {
  const entries = props.map(([key, node, presence]) => {
    const there = pairsOf(node, depth + 1).map(({ sent, meant }) => ({ sent: [[key, sent]], meant: [[key, meant]] }));
    if (presence === 'required') return there;
    const nothing = { sent: [[key, null]], meant: takesNull(node) ? [[key, null]] : [] };
    return fc.oneof(there, fc.constant(nothing));
  });
  return fc.tuple(...entries).map((all) => ({
    sent: Object.fromEntries(all.flatMap(({ sent }) => sent)) as Json,
    meant: Object.fromEntries(all.flatMap(({ meant }) => meant)) as Json,
  }));
}

function treeOf(node: Extract<Node, { readonly kind: 'tree' }>, depth: number): fc.Arbitrary<AskedPair> {
  const value = pairsOf(node.value, depth + 1);
  const leaf = fc.tuple(value, fc.constant(node.through === 'list' ? same([]) : { sent: null, meant: undefined }));
  const within = fc
    .tuple(value, leaf.map(toTree))
    .map(([own, next]) => [own, node.through === 'list' ? listed(next) : next] as const);
  return fc.oneof(leaf, within).map(toTree);
}

const listed = ({ sent, meant }: AskedPair): AskedPair => ({ sent: [sent], meant: [meant] });

type Next = AskedPair | { readonly sent: Json; readonly meant: undefined };

const toTree = ([value, next]: readonly [AskedPair, Next]): AskedPair => ({
  sent: { value: value.sent, next: next.sent },
  meant: { value: value.meant, ...(next.meant !== undefined && { next: next.meant }) },
});

function toZod(node: Node): z.ZodType {
  switch (node.kind) {
    case 'leaf':
      return zodLeaf(node.leaf);
    case 'list':
      return z.array(toZod(node.item));
    case 'object':
      return z.object(zodProps(node.props));
    case 'members': {
      const members = node.members.map((props, index) => {
        const own = node.isTagged ? z.literal(`k${index}`) : z.string().nullable();
        return z.object({ [ownKey(index, node.isTagged)]: own, ...zodProps(props) });
      });
      return node.isTagged ? z.discriminatedUnion('kind', members as never) : z.union(members);
    }
    case 'tree': {
      const value = toZod(node.value);
      const tree: z.ZodType = z.lazy(() =>
        z.object({ value, next: node.through === 'list' ? z.array(tree) : tree.optional() }),
      );
      return tree;
    }
    case 'wrapped':
      return wrapZod(node.how, toZod(node.inner));
  }
}

function zodLeaf(leaf: keyof typeof leaves): z.ZodType {
  const make: Record<keyof typeof leaves, () => z.ZodType> = {
    boolean: z.boolean,
    coerced: () => z.coerce.number(),
    email: () => z.email(),
    enum: () => z.enum(['red', 'green']),
    int: () => z.int().min(-9),
    long: () => z.string().min(4),
    number: z.number,
    null: z.null,
    short: () => z.string().max(3),
    string: z.string,
  };
  return make[leaf]();
}

const zodProps = (props: Props): Record<string, z.ZodType> =>
  Object.fromEntries(
    props.map(([key, node, presence]) => {
      const schema = toZod(node);
      if (presence === 'default') return [key, schema.default('default')];
      return [key, presence === 'optional' ? schema.optional() : schema];
    }),
  );

function wrapZod(how: Wrapping, inner: z.ZodType): z.ZodType {
  switch (how) {
    case 'brand':
      return inner.brand('B');
    case 'catch':
      return inner.catch('caught');
    case 'nullable':
      return inner.nullable();
    case 'readonly':
      return inner.readonly();
    case 'refine':
      return inner.refine(() => true);
    case 'refuse':
      return inner.refine((value) => JSON.stringify([value]).length !== 11, 'not of nine characters');
    case 'transform':
      return inner.transform((value) => [value]);
  }
}

function toValibot(node: Node): v.GenericSchema {
  switch (node.kind) {
    case 'leaf':
      return valibotLeaf(node.leaf);
    case 'list':
      return v.array(toValibot(node.item));
    case 'object':
      return v.object(valibotProps(node.props));
    case 'members': {
      const members = node.members.map((props, index) => {
        const own = node.isTagged ? v.literal(`k${index}`) : v.nullable(v.string());
        return v.object({ [ownKey(index, node.isTagged)]: own, ...valibotProps(props) });
      });
      return node.isTagged ? v.variant('kind', members as never) : v.union(members);
    }
    case 'tree': {
      const value = toValibot(node.value);
      const lazy: v.GenericSchema = v.lazy(() => tree);
      const tree: v.GenericSchema = v.object({
        value,
        next: node.through === 'list' ? v.array(lazy) : v.optional(lazy),
      });
      return tree;
    }
    case 'wrapped':
      return wrapValibot(node.how, toValibot(node.inner));
  }
}

function valibotLeaf(leaf: keyof typeof leaves): v.GenericSchema {
  const make: Record<keyof typeof leaves, () => v.GenericSchema> = {
    boolean: v.boolean,
    coerced: v.number,
    email: () => v.pipe(v.string(), v.email()),
    enum: () => v.picklist(['red', 'green']),
    int: () => v.pipe(v.number(), v.integer()),
    long: () => v.pipe(v.string(), v.minLength(4)),
    number: v.number,
    null: v.null,
    short: () => v.pipe(v.string(), v.maxLength(3)),
    string: v.string,
  };
  return make[leaf]();
}

const valibotProps = (props: Props): Record<string, v.GenericSchema> =>
  Object.fromEntries(
    props.map(([key, node, presence]) => {
      const schema = toValibot(node);
      if (presence === 'default') return [key, v.optional(v.fallback(schema, 'fallback'), undefined)];
      return [key, presence === 'optional' ? v.optional(schema) : schema];
    }),
  );

function wrapValibot(how: Wrapping, inner: v.GenericSchema): v.GenericSchema {
  switch (how) {
    case 'brand':
      return v.pipe(inner, v.brand('B'));
    case 'catch':
      return v.fallback(inner, 'caught');
    case 'nullable':
      return v.nullable(inner);
    case 'readonly':
      return v.pipe(inner, v.readonly());
    case 'refine':
      return v.pipe(
        inner,
        v.check(() => true),
      );
    case 'refuse':
      return v.pipe(
        inner,
        v.check((value) => JSON.stringify([value]).length !== 11, 'not of nine characters'),
      );
    case 'transform':
      return v.pipe(
        inner,
        v.transform((value) => [value]),
      );
  }
}

type Ark = Type;

function toArktype(node: Node): Ark {
  switch (node.kind) {
    case 'leaf':
      return arkLeaf(node.leaf);
    case 'list':
      return toArktype(node.item).array();
    case 'object':
      return type(arkProps(node.props) as never);
    case 'members':
      return node.members
        .map((props, index): Ark => {
          const own = node.isTagged ? `'k${index}'` : 'string | null';
          return type({ [ownKey(index, node.isTagged)]: own, ...arkProps(props) } as never);
        })
        .reduce((a, b) => a.or(b));
    case 'tree': {
      const value = toArktype(node.value);
      const next = node.through === 'list' ? { next: 'tree[]' } : { 'next?': 'tree' };
      return (scope({ tree: { value, ...next } } as never).export() as unknown as { readonly tree: Ark }).tree;
    }
    case 'wrapped':
      return wrapArktype(node.how, toArktype(node.inner));
  }
}

function arkLeaf(leaf: keyof typeof leaves): Ark {
  const definitions: Record<keyof typeof leaves, string> = {
    boolean: 'boolean',
    coerced: 'number',
    email: 'string.email',
    enum: "'red' | 'green'",
    int: 'number.integer',
    long: 'string >= 4',
    number: 'number',
    null: 'null',
    short: 'string <= 3',
    string: 'string',
  };
  return type(definitions[leaf] as never);
}

const arkProps = (props: Props): Record<string, Ark> =>
  Object.fromEntries(
    props.map(([key, node, presence]) => [presence === 'required' ? key : `${key}?`, toArktype(node)]),
  );

function wrapArktype(how: Wrapping, inner: Ark): Ark {
  switch (how) {
    case 'brand':
      return inner.brand('B');
    case 'catch':
    case 'readonly':
      return inner;
    case 'nullable':
      return inner.or('null');
    case 'refine':
      return inner.narrow(() => true);
    case 'refuse':
      return inner.narrow(
        (value, context) => JSON.stringify([value]).length !== 11 || context.reject('not of nine characters'),
      );
    case 'transform':
      return inner.pipe((value) => [value]);
  }
}

function toSchema(vendor: Vendor, node: Node): StandardSchema | undefined {
  try {
    if (vendor === 'zod') return toZod(node);
    return vendor === 'valibot' ? toStandardJsonSchema(toValibot(node)) : toArktype(node);
  } catch {
    // arktype takes no unions that it cannot tell apart before it transforms them.
    return undefined;
  }
}

/** Schemas of objects that strict mode can ask for. */
export const askedSamples: fc.Arbitrary<AskedSample> = fc
  .tuple(fc.constantFrom<Vendor>('zod', 'valibot', 'arktype'), nodes.props)
  .map(([vendor, props]) => {
    const node: Node = { kind: 'object', props };
    const schema = toSchema(vendor, node);
    if (schema === undefined) return undefined;
    const print = (): string => `${vendor} ${JSON.stringify(node)}`;
    return Object.assign({ vendor, schema, pairs: pairsOf(node) }, { [fc.toStringMethod]: print });
  })
  .filter((sample) => sample !== undefined);
