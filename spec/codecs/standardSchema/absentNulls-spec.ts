import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import { expect } from 'chai';
import { Effect, Option, Schema } from 'effect';
import * as v from 'valibot';
import * as z from 'zod';
import * as mini from 'zod/mini';
import { fromStandardSchema } from '../../../lib/codecs/standardSchema/fromStandardSchema.js';
import type { StandardSchema } from '../../../lib/codecs/standardSchema/StandardSchema.js';
import { effect, streamed } from '../../support/schemaVendors.js';

/** The value; or, as a regular expression, the message for the model. */
type Expected = RegExp | object;
type Case = readonly [title: string, schema: StandardSchema, document: unknown, expected: Expected];

const named = z.object({ name: z.string().nullable(), note: z.string().optional() });
const failed = z.object({ error: z.string() });
const coerced = { net: z.coerce.number().optional(), paid: z.coerce.boolean().optional() };
const text = z.object({ type: z.literal('text'), text: z.string(), bold: z.boolean().optional() });
const kids: z.ZodType = z.lazy(() => z.discriminatedUnion('type', [text, box]));
const box = z.object({ type: z.literal('box'), title: z.string().optional(), children: z.array(kids) });
interface Node {
  v: string;
  next?: Node | undefined;
}
const node: z.ZodType<Node> = z.lazy(() => z.object({ v: z.string(), next: node.optional() }));

interface Step {
  readonly v: string;
  readonly note?: string | undefined;
  readonly next: readonly Step[];
}
const step: Schema.Codec<Step> = Schema.suspend(() =>
  Schema.Struct({ v: Schema.String, note: Schema.optional(Schema.String), next: Schema.Array(step) }),
);

const ofZod: readonly Case[] = [
  ['a key that may be left out', z.object({ a: z.string().optional() }), { a: null }, {}],
  ['a key that may be null', z.object({ a: z.string().nullable() }), { a: null }, { a: null }],
  ['a key that may be both', z.object({ a: z.string().nullish() }), { a: null }, { a: null }],
  ['a key that may be neither', z.object({ a: z.string() }), { a: null }, /^\$\.a: .*string/],
  ['a default', z.object({ a: z.number().default(1) }), { a: null }, { a: 1 }],
  ['a default of what may be null', z.object({ a: z.number().nullable().default(1) }), { a: null }, { a: null }],
  ['a prefault', z.object({ a: z.string().prefault('x') }), { a: null }, { a: 'x' }],
  ['a null that is wanted', z.object({ a: z.null().optional() }), { a: null }, { a: null }],
  ['any value', z.object({ a: z.unknown().optional() }), { a: null }, { a: null }],
  ['a key that is never there', z.object({ a: z.never().optional(), b: z.string() }), { a: null, b: 'x' }, { b: 'x' }],
  [
    'coercions',
    z.object({ ...coerced, qty: z.coerce.number().default(1) }),
    { net: null, paid: null, qty: null },
    { qty: 1 },
  ],
  ['a coercion to text', z.object({ vat: z.coerce.string().optional() }), { vat: null }, {}],
  ['a coercion that must be there', z.object({ n: z.coerce.number() }), { n: null }, { n: 0 }],
  ['a preprocessed value', z.object({ a: z.preprocess((u) => u ?? 7, z.number()).optional() }), { a: null }, {}],
  [
    'what is optional before it is transformed',
    z.object({
      a: z
        .string()
        .optional()
        .transform((s) => s ?? 'none'),
    }),
    { a: null },
    { a: 'none' },
  ],
  [
    'what is transformed before it is optional',
    z.object({
      a: z
        .string()
        .transform((s) => s.length)
        .optional(),
    }),
    { a: null },
    {},
  ],
  ['a pipe', z.object({ a: z.string().transform(Number).pipe(z.number()).optional() }), { a: null }, {}],
  ['a brand', z.object({ a: z.string().brand('A').optional() }), { a: null }, {}],
  ['readonly', z.object({ a: z.object({ b: z.string().optional() }).readonly() }), { a: { b: null } }, { a: {} }],
  ['an optional object', z.object({ a: z.object({ b: z.string() }).optional() }), { a: null }, {}],
  ['a partial', z.object({ a: z.string(), b: z.number() }).partial(), { a: null, b: null }, {}],
  [
    'an intersection',
    z.intersection(z.object({ a: z.string().optional() }), z.object({ b: z.string() })),
    { a: null, b: 'x' },
    { b: 'x' },
  ],
  [
    'an intersection with a union',
    z.intersection(z.object({ n: z.number().optional() }), z.union([named, failed])),
    { n: null, name: null, note: null },
    { name: null },
  ],
  [
    'a list',
    z.object({ l: z.array(z.object({ a: z.string().optional() })) }),
    { l: [{ a: null }, { a: 'x' }] },
    { l: [{}, { a: 'x' }] },
  ],
  [
    'a list that is caught',
    z.object({ tags: z.array(z.object({ t: z.string(), c: z.string().optional() })).catch([]) }),
    { tags: [{ t: 'a', c: null }] },
    { tags: [{ t: 'a' }] },
  ],
  [
    'an object that is caught',
    z.object({ o: z.object({ a: z.string().optional() }).catch({ a: 'caught' }) }),
    { o: { a: null } },
    { o: {} },
  ],
  ['elements of a list', z.object({ l: z.array(z.string().nullable()) }), { l: [null, 'x'] }, { l: [null, 'x'] }],
  ['elements of a list that take none', z.object({ l: z.array(z.string()) }), { l: [null] }, /^\$\.l\[0\]: /],
  [
    'a tuple',
    z.object({ p: z.tuple([z.object({ a: z.string().optional() }), z.null()]) }),
    { p: [{ a: null }, null] },
    { p: [{}, null] },
  ],
  [
    'entries of a record',
    z.object({ r: z.record(z.string(), z.object({ a: z.string().optional() })) }),
    { r: { x: { a: null } } },
    { r: { x: {} } },
  ],
  ['an entry that is null', z.object({ r: z.record(z.string(), z.string()) }), { r: { x: null } }, /^\$\.r\.x: /],
  [
    'a record of few keys',
    z.object({ r: z.partialRecord(z.enum(['a', 'b']), z.string()) }),
    { r: { a: null, b: 'x' } },
    { r: { b: 'x' } },
  ],
  ['keys without a name', z.object({ a: z.string().optional() }).catchall(z.null()), { a: null, b: null }, { b: null }],
  [
    'the member that names the key, where another takes any',
    z.object({
      u: z.union([
        z.looseObject({ x: z.string(), y: z.string().optional() }),
        z.object({ x: z.string(), z: z.string().optional() }),
      ]),
    }),
    { u: { x: 'a', z: null } },
    { u: { x: 'a' } },
  ],
  ['a union', z.object({ u: z.union([named, failed]) }), { u: { name: null, note: null } }, { u: { name: null } }],
  [
    'its other member',
    z.object({ u: z.union([failed, named]) }),
    { u: { name: 'x', note: null } },
    { u: { name: 'x' } },
  ],
  [
    'a union of which another member would take anything',
    z.object({ u: z.union([named, z.object({})]) }),
    { u: { name: null, note: null } },
    { u: { name: null } },
  ],
  ['a union that may be left out', z.object({ u: z.union([named, failed]).optional() }), { u: null }, {}],
  ['a union with null', z.object({ u: z.union([named, z.null()]) }), { u: null }, { u: null }],
  [
    'a union in a union',
    z.object({ u: z.union([z.object({ v: z.union([named, failed]) }), failed]) }),
    { u: { v: { name: null, note: null } } },
    { u: { v: { name: null } } },
  ],
  [
    'members that disagree',
    z.object({
      u: z.union([
        z.object({ k: z.string().regex(/^a/), x: z.string().optional() }),
        z.object({ k: z.string(), x: z.string().nullable() }),
      ]),
    }),
    { u: { k: 'b', x: null } },
    { u: { k: 'b', x: null } },
  ],
  [
    'members told apart by a pattern with flags',
    z.object({
      u: z.union([
        z.object({ k: z.string().regex(/^a\d$/i), x: z.string().optional() }),
        z.object({ k: z.string(), x: z.string().nullable() }),
      ]),
    }),
    { u: { k: 'A1', x: null } },
    { u: { k: 'A1' } },
  ],
  [
    'a member without a JSON form',
    z.object({ u: z.union([z.date(), z.object({ x: z.string().optional() })]) }),
    { u: { x: null } },
    { u: {} },
  ],
  [
    'members that disagree by a condition',
    z.object({
      u: z.union([
        z.object({ k: z.string().refine((k) => k === 'a'), x: z.string().optional() }),
        z.object({ k: z.string(), x: z.null() }),
      ]),
    }),
    { u: { k: 'b', x: null } },
    { u: { k: 'b', x: null } },
  ],
  [
    'members told apart by a key',
    z.object({
      l: z.array(
        z.discriminatedUnion('k', [
          z.object({ k: z.literal('a'), x: z.string().optional() }),
          z.object({ k: z.literal('b'), x: z.string().nullable() }),
        ]),
      ),
    }),
    {
      l: [
        { k: 'a', x: null },
        { k: 'b', x: null },
      ],
    },
    { l: [{ k: 'a' }, { k: 'b', x: null }] },
  ],
  ['a recursion', node, { v: 'a', next: { v: 'b', next: null } }, { v: 'a', next: { v: 'b' } }],
  [
    'a recursion through a union',
    z.object({ root: kids }),
    { root: { type: 'box', title: null, children: [{ type: 'text', text: 'x', bold: null }] } },
    { root: { type: 'box', children: [{ type: 'text', text: 'x' }] } },
  ],
  ['a union that may be undefined', z.object({ a: z.union([z.string(), z.undefined()]).optional() }), { a: null }, {}],
  ['a strict object', z.strictObject({ a: z.string().optional(), b: z.string() }), { a: null, b: 'x' }, { b: 'x' }],
  ['a loose object', z.looseObject({ a: z.string().optional() }), { a: null, b: null }, { b: null }],
  [
    'a condition on the whole',
    z
      .object({ nick: z.string().optional(), start: z.number(), end: z.number() })
      .refine((x) => x.end > x.start, 'end must be after start'),
    { nick: null, start: 3, end: 1 },
    /^\$: end must be after start$/,
  ],
  [
    'a condition within',
    z.object({ o: z.object({ a: z.string().optional(), n: z.number().refine((n) => n !== 1, 'not one') }) }),
    { o: { a: null, n: 1 } },
    /^\$\.o\.n: not one$/,
  ],
  [
    'a wrong value beside',
    z.object({ a: z.string().optional(), n: z.number() }),
    { a: null, n: 'x' },
    /^\$\.n: [^\n]*$/,
  ],
  [
    'a wrong value in a union',
    z.object({
      u: z.union([
        z.object({ k: z.literal('a'), n: z.number(), x: z.string().optional() }),
        z.object({ k: z.literal('b') }),
      ]),
    }),
    { u: { k: 'a', n: 'x', x: null } },
    /^\$\.u\.n: expected number, got "/,
  ],
];

const address = z.email().refine((mail) => mail !== 'c@d.org', 'not this one');
const ofMessages: readonly Case[] = [
  [
    'another member that misses the key',
    z.object({
      u: z.union([
        z.object({ own: z.string(), m: address, c: z.boolean().optional() }),
        z.object({ o: z.int(), c: z.boolean() }),
      ]),
    }),
    { u: { own: 'x', m: 'c@d.org', c: null } },
    /^\$\.u\.m: not this one$/,
  ],
  [
    'two kinds of text',
    z.object({ u: z.union([z.email(), z.uuid()]), c: z.string().optional() }),
    { u: 'x', c: null },
    /Invalid email[^]*Invalid UUID/,
  ],
];

const arkNamed = type({ name: 'string | null', 'note?': 'string' });
const ofArktype: readonly Case[] = [
  ['a key that may be left out', type({ 'a?': 'string' }), { a: null }, {}],
  ['a key that may be null', type({ a: 'string | null' }), { a: null }, { a: null }],
  ['a key that may be both', type({ 'a?': 'string | null' }), { a: null }, { a: null }],
  ['a key that may be neither', type({ a: 'string' }), { a: null }, /^\$\.a: /],
  ['a default', type({ a: 'number = 1' }), { a: null }, { a: 1 }],
  ['a union', type({ u: arkNamed.or({ error: 'string' }) }), { u: { name: null, note: null } }, { u: { name: null } }],
  ['a list', type({ l: type({ 'a?': 'string' }).array() }), { l: [{ a: null }] }, { l: [{}] }],
  ['a morph', type({ 'a?': 'string.numeric.parse' }), { a: null }, {}],
  ['any value', type({ 'a?': 'unknown' }), { a: null }, { a: null }],
  ['keys without a name', type({ 'a?': 'string', '[string]': 'unknown' }), { a: null, b: null }, { b: null }],
  [
    'a condition on the whole',
    type({ 'nick?': 'string', start: 'number', end: 'number' }).narrow(
      (x, context) => x.end > x.start || context.mustBe('after its start'),
    ),
    { nick: null, start: 3, end: 1 },
    /after its start/,
  ],
];

const valNamed = v.object({ name: v.nullable(v.string()), note: v.optional(v.string()) });
const valUnion = v.object({ u: v.union([valNamed, v.object({ error: v.string() })]) });
const ordered = v.pipe(
  v.object({ nick: v.optional(v.string()), start: v.number(), end: v.number() }),
  v.check((x) => x.end > x.start, 'end must be after start'),
);
const bare: readonly Case[] = [
  ['a key that may be left out', v.object({ a: v.optional(v.string()) }), { a: null }, {}],
  ['a key that may be null', v.object({ a: v.nullable(v.string()) }), { a: null }, { a: null }],
  ['a key that may be both', v.object({ a: v.nullish(v.string()) }), { a: null }, { a: null }],
  [
    'a key that may be neither',
    v.object({ a: v.string(), b: v.optional(v.string()) }),
    { a: null, b: null },
    /^\$\.a: [^\n]*$/,
  ],
  ['a default', v.object({ a: v.optional(v.number(), 1) }), { a: null }, { a: 1 }],
  ['a union', valUnion, { u: { name: null, note: null } }, { u: { name: null } }],
  ['a condition on the whole', ordered, { nick: null, start: 3, end: 1 }, /^\$: end must be after start$/],
];
const tags = v.array(v.object({ t: v.string(), c: v.optional(v.string()) }));
const ofValibot: readonly Case[] = [
  ...bare,
  [
    'a list that is caught',
    v.object({ tags: v.fallback(tags, []) }),
    { tags: [{ t: 'a', c: null }] },
    { tags: [{ t: 'a' }] },
  ],
  [
    'members told apart by a pattern with flags',
    v.object({
      u: v.union([
        v.object({ k: v.pipe(v.string(), v.regex(/^a\d$/i)), x: v.optional(v.string()) }),
        v.object({ k: v.string(), x: v.nullable(v.string()) }),
      ]),
    }),
    { u: { k: 'A1', x: null } },
    { u: { k: 'A1' } },
  ],
  [
    'a variant',
    v.object({
      l: v.array(
        v.variant('k', [
          v.object({ k: v.literal('a'), x: v.optional(v.string()) }),
          v.object({ k: v.literal('b'), x: v.nullable(v.string()) }),
        ]),
      ),
    }),
    {
      l: [
        { k: 'a', x: null },
        { k: 'b', x: null },
      ],
    },
    { l: [{ k: 'a' }, { k: 'b', x: null }] },
  ],
];
const ofMini: readonly Case[] = [
  ['a key that may be left out', mini.object({ a: mini.optional(mini.string()) }), { a: null }, {}],
  [
    'a union',
    mini.object({
      u: mini.union([
        mini.object({ name: mini.nullable(mini.string()), note: mini.optional(mini.string()) }),
        mini.object({ error: mini.string() }),
      ]),
    }),
    { u: { name: null, note: null } },
    { u: { name: null } },
  ],
];

const effNamed = Schema.Struct({ name: Schema.NullOr(Schema.String), note: Schema.optional(Schema.String) });
const effFailed = Schema.Struct({ error: Schema.String });
const ofEffect: readonly Case[] = (
  [
    ['a key that may be left out', Schema.Struct({ a: Schema.optionalKey(Schema.String) }), { a: null }, {}],
    ['a key that may be undefined', Schema.Struct({ a: Schema.optional(Schema.String) }), { a: null }, {}],
    ['a key that may be null', Schema.Struct({ a: Schema.NullOr(Schema.String) }), { a: null }, { a: null }],
    [
      'a key that may be both',
      Schema.Struct({ a: Schema.optional(Schema.NullOr(Schema.String)) }),
      { a: null },
      { a: null },
    ],
    ['a key that may be neither', Schema.Struct({ a: Schema.String }), { a: null }, /^\$\.a: /],
    [
      'a key of a record',
      Schema.Struct({ r: Schema.Record(Schema.String, Schema.String) }),
      { r: { k: null } },
      /^\$\.r\.k: /,
    ],
    [
      'a union',
      Schema.Struct({ u: Schema.Union([effNamed, effFailed]) }),
      { u: { name: null, note: null } },
      { u: { name: null } },
    ],
    [
      'a list',
      Schema.Struct({ l: Schema.Array(effNamed) }),
      { l: [{ name: 'x', note: null }] },
      { l: [{ name: 'x' }] },
    ],
    [
      'members of which one takes the null',
      Schema.Struct({
        u: Schema.Union([
          Schema.Struct({
            own: Schema.String,
            a: Schema.optional(Schema.NullOr(Schema.Literal('a'))),
            b: Schema.optional(Schema.Boolean),
          }),
          Schema.Struct({ other: Schema.String, a: Schema.optional(Schema.String) }),
        ]),
      }),
      { u: { own: 'x', a: null, b: null } },
      { u: { own: 'x', a: null } },
    ],
    [
      'members told apart, one with an expression',
      Schema.Struct({
        u: Schema.Union([
          Schema.Struct({ k: Schema.Literal('a'), x: Schema.optional(Schema.String) }),
          Schema.Struct({
            k: Schema.Literal('b'),
            c: Schema.String.check(Schema.isPattern(/^ab*$/)),
            x: Schema.optional(Schema.Boolean),
          }),
        ]),
      }),
      { u: { k: 'b', c: 'abb', x: null } },
      { u: { k: 'b', c: 'abb' } },
    ],
    [
      'entries of a record',
      Schema.Struct({ r: Schema.Record(Schema.String, Schema.Unknown) }),
      { r: { a: null } },
      { r: { a: null } },
    ],
    [
      'a transformation',
      Schema.Struct({ n: Schema.optionalKey(Schema.NumberFromString), s: Schema.String }),
      { n: null, s: '' },
      { s: '' },
    ],
    [
      'a recursion',
      Schema.Struct({ l: Schema.Array(step) }),
      { l: [{ v: 'a', note: null, next: [{ v: 'b', note: null, next: [] }] }] },
      { l: [{ v: 'a', next: [{ v: 'b', next: [] }] }] },
    ],
    [
      'an object that is caught',
      Schema.Struct({
        o: Schema.Struct({ a: Schema.optionalKey(Schema.String) }).pipe(
          Schema.catchDecoding(() => Effect.succeed(Option.some({ a: 'caught' }))),
        ),
      }),
      { o: { a: null } },
      { o: {} },
    ],
    [
      'a wrong value beside',
      Schema.Struct({ a: Schema.optional(Schema.String), n: Schema.String }),
      { a: null, n: 1 },
      /^\$\.n: [^\n]*$/,
    ],
  ] as const
).map(([title, schema, ...rest]) => [title, effect(schema), ...rest]);

const told = (cases: readonly Case[]): readonly Case[] =>
  cases.map(([title, schema, ...rest]) => [
    title,
    toStandardJsonSchema(schema as v.GenericSchema) as StandardSchema,
    ...rest,
  ]);

const tables: Readonly<Record<string, readonly Case[]>> = {
  zod: ofZod,
  'zod, told in messages': ofMessages,
  'zod/mini': ofMini,
  arktype: ofArktype,
  'valibot with its JSON Schema': told(ofValibot),
  'valibot without': bare,
  Effect: ofEffect,
};

describe('a null that means absent', () => {
  for (const [vendor, cases] of Object.entries(tables))
    describe(`of ${vendor}`, () => {
      for (const [title, schema, document, expected] of cases)
        it(`${title}: ${JSON.stringify(document)}`, async () => {
          // Before anything is streamed: then nothing of the schema has been looked into.
          const whole = fromStandardSchema(schema).decode(document);
          expect(whole._tag).to.equal(expected instanceof RegExp ? 'Left' : 'Right');
          if (whole._tag === 'Right') expect(whole.right).to.deep.equal(expected);
          const { last } = await streamed(schema, JSON.stringify(document));
          if (expected instanceof RegExp) expect(last).to.match(expected);
          else expect(last).to.deep.equal(expected);
        });
    });
});
