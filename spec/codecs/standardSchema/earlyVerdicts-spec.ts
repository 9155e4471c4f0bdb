import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { scope, type } from 'arktype';
import { expect } from 'chai';
import { Schema } from 'effect';
import * as v from 'valibot';
import * as z from 'zod';
import { fromStandardSchema } from '../../../lib/codecs/standardSchema/fromStandardSchema.js';
import type { StandardSchema } from '../../../lib/codecs/standardSchema/StandardSchema.js';
import { decodeText } from '../../support/decodeText.js';
import { effect, streamed } from '../../support/schemaVendors.js';

/** The schema of `it`, a text that ends with the last character that is read, and the message. */
type Case = readonly [title: string, it: z.ZodType, text: string, message: RegExp];

const tail = ',"last":"more than enough to read"}';
const tagged = z.discriminatedUnion('k', [
  z.object({ k: z.literal('a'), mail: z.email() }),
  z.strictObject({ k: z.literal('b'), n: z.int().max(5) }),
]);

const [ofA, ofB] = [z.object({ k: z.literal('a'), n: z.int().max(5) }), z.object({ k: z.literal('b') })];

const ofZod: readonly Case[] = [
  ['an address', z.email(), '"not"', /^\$\.it: Invalid email/],
  ['a UUID', z.uuid(), '"not"', /^\$\.it: Invalid UUID/],
  ['an address on the web', z.url(), '"not"', /^\$\.it: Invalid URL/],
  ['a date', z.iso.date(), '"2024-13-45"', /^\$\.it: Invalid ISO date/],
  ['an expression', z.string().regex(/^[A-Z]+$/), '"abc"', /^\$\.it: .*\[A-Z\]/],
  ['an expression with flags', z.string().regex(/^[A-Z]+$/i), '"12"', /^\$\.it: .*\[A-Z\]\+\$\/i/],
  ['a beginning', z.string().startsWith('ab'), '"xyz"', /^\$\.it: .*start with "ab"/],
  ['a template', z.templateLiteral(['v', z.int()]), '"x1"', /^\$\.it: /],
  ['a text too short', z.string().min(5), '"xyz"', /^\$\.it: Too small/],
  ['a text too long, at its first letter too many', z.string().max(3), '"abcd', /^\$\.it: Too big/],
  ['a length', z.string().length(2), '"abc', /^\$\.it: Too big/],
  ['a whole number', z.int(), '1.5,', /^\$\.it: .*expected int/],
  ['a number too big', z.number().max(5), '7,', /^\$\.it: Too big/],
  ['a number too small', z.number().positive(), '0,', /^\$\.it: Too small/],
  ['a multiple', z.number().multipleOf(0.5), '0.3,', /^\$\.it: .*multiple of 0\.5/],
  ['a literal by its beginning', z.enum(['red', 'green']), '"gra', /^\$\.it: expected "red" or "green"/],
  ['a list too long, at its first element too many', z.array(z.int()).max(2), '[1,2,3', /^\$\.it: Too big/],
  ['a list too short', z.array(z.int()).min(2), '[1]', /^\$\.it: Too small/],
  ['a tuple too long', z.tuple([z.int(), z.int()]), '[1,2,3', /^\$\.it: Too big/],
  ['an item of a tuple', z.tuple([z.email(), z.int()]), '["not"', /^\$\.it\[0\]: Invalid email/],
  ['an item behind it', z.tuple([z.email(), z.int()]), '["a@b.co",1.5]', /^\$\.it\[1\]: .*expected int/],
  ['an element', z.array(z.email()), '["a@b.co","not"', /^\$\.it\[1\]: Invalid email/],
  ['an entry of a record', z.record(z.string(), z.email()), '{"p":"not"', /^\$\.it\.p: Invalid email/],
  ['a key that a record has not', z.record(z.enum(['a', 'b']), z.int()), '{"c":1', /^\$\.it\.c: key is not allowed/],
  ['a key that may be left out', z.email().optional(), '"not"', /^\$\.it: Invalid email/],
  ['a value that may be null', z.email().nullable(), '"not"', /^\$\.it: Invalid email/],
  ['a default', z.email().default('a@b.co'), '"not"', /^\$\.it: Invalid email/],
  ['what becomes something else', z.email().transform((text) => text.length), '"not"', /^\$\.it: Invalid email/],
  ['a part of an intersection', z.object({ a: z.int() }).and(z.object({ m: z.email() })), '{"m":"not"', /^\$\.it\.m: /],
  ['an unknown key, as it opens', z.strictObject({ a: z.string() }), '{"q":1', /^\$\.it\.q: key is not allowed/],
  ['an unknown key of an object without keys', z.strictObject({}), '{"q":1', /^\$\.it\.q: key is not allowed/],
  ['an unknown key in a list', z.array(z.strictObject({ a: z.int() })), '[{"a":1},{"q":1', /^\$\.it\[1\]\.q: /],
  ['an unknown key of a member', tagged, '{"k":"b","q":1', /^\$\.it\.q: key is not allowed/],
  ['an address in a member', tagged, '{"k":"a","mail":"not"', /^\$\.it\.mail: Invalid email/],
  ['a number in a member', tagged, '{"k":"b","n":7}', /^\$\.it\.n: Too big/],
  ['a number in a member of a plain union', z.union([ofA, ofB]), '{"k":"a","n":7,', /^\$\.it\.n: Too big/],
  ['one of two kinds of text', z.union([z.email(), z.uuid()]), '"not"', /Invalid email[^]*Invalid UUID/],
  ['a text of several kinds', z.union([z.email(), z.int()]), '"not"', /^\$\.it: Invalid email address$/],
];

const valibot = (it: v.GenericSchema): StandardSchema => toStandardJsonSchema(v.object({ it, last: v.string() }));
const ark = (it: unknown): StandardSchema => type({ it, last: 'string' } as never);
const member = type({ k: "'a'", mail: 'string.email' }).or({ k: "'b'" });
const variant = v.variant('k', [
  v.object({ k: v.literal('a'), mail: v.pipe(v.string(), v.email()) }),
  v.object({ k: v.literal('b') }),
]);

const plain = v.union([
  v.object({ k: v.literal('a'), n: v.pipe(v.number(), v.maxValue(5)) }),
  v.object({ k: v.literal('b') }),
]);

const ofOthers: readonly (readonly [string, StandardSchema, string, RegExp])[] = [
  ['valibot: an address', valibot(v.pipe(v.string(), v.email())), '"not"', /^\$\.it: Invalid email/],
  ['valibot: an expression', valibot(v.pipe(v.string(), v.regex(/^a/))), '"not"', /^\$\.it: Invalid format/],
  ['valibot: a text too long', valibot(v.pipe(v.string(), v.maxLength(3))), '"abcd', /^\$\.it: Invalid length/],
  ['valibot: a whole number', valibot(v.pipe(v.number(), v.integer())), '1.5,', /^\$\.it: Invalid integer/],
  ['valibot: an unknown key', valibot(v.strictObject({ a: v.string() })), '{"q":1', /^\$\.it\.q: key is not allowed/],
  ['valibot: an address in a variant', valibot(variant), '{"k":"a","mail":"not"', /^\$\.it\.mail: Invalid email/],
  ['valibot: a number in a member of a union', valibot(plain), '{"k":"a","n":7,', /^\$\.it\.n: Invalid value/],
  ['arktype: an address', ark('string.email'), '"not"', /^\$\.it: .*email/],
  ['arktype: an expression', ark(/^a/), '"not"', /^\$\.it: .*matched/],
  ['arktype: a text too long', ark('string <= 3'), '"abcd', /^\$\.it: .*at most/],
  ['arktype: a whole number', ark('number.integer'), '1.5,', /^\$\.it: .*integer/],
  ['arktype: an unknown key', ark(type({ '+': 'reject', a: 'string' })), '{"q":1', /^\$\.it\.q: key is not allowed/],
  ['arktype: an address in a member', ark(member), '{"k":"a","mail":"not"', /^\$\.it\.mail: .*email/],
];

describe('constraints are judged when their value closes:', () => {
  const all = [
    ...ofZod.map(([title, it, ...rest]) => [title, z.object({ it, last: z.string() }), ...rest] as const),
    ...ofOthers,
  ];
  for (const [title, schema, text, message] of all)
    it(title, async () => {
      const begun = `{"it":${text}`;
      const { last, read, partials } = await streamed(schema, `${begun.replace(/,$/, '')}${tail}`);
      expect(last).to.match(message);
      expect(read).to.equal(begun.length);
      expect(JSON.stringify(partials)).to.not.include('"not"');
    });

  it('names members as their users would, and not in io-ts’s words', async () => {
    const it = z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.int(), c: z.null().optional() })]);
    const { last } = await streamed(z.object({ it }), '{"it":{"q":1}}');
    expect(last)
      .to.include('1. { a: string }')
      .and.include('2. { b: number, c?: null }')
      .and.not.match(/Exact|Partial/);
  });
});

describe('interfaces that a model writes', () => {
  const zodText = z.object({ type: z.literal('text'), text: z.string() });
  const zodKids: z.ZodType = z.lazy(() => z.discriminatedUnion('type', [zodText, zodBox]));
  const zodBox = z.object({ type: z.literal('box'), children: z.array(zodKids) });
  const vKids: v.GenericSchema = v.lazy(() => vNode);
  const vNode = v.variant('type', [
    v.object({ type: v.literal('text'), text: v.string() }),
    v.object({ type: v.literal('box'), children: v.array(vKids) }),
  ]);
  const eNode: Schema.Codec<unknown> = Schema.Union([
    Schema.Struct({ type: Schema.Literal('text'), text: Schema.String }),
    Schema.Struct({ type: Schema.Literal('box'), children: Schema.Array(Schema.suspend(() => eNode)) }),
  ]);
  const { node } = scope({
    text: { type: "'text'", text: 'string' },
    box: { type: "'box'", children: 'node[]' },
    node: 'text | box',
  }).export();
  const guessed: z.ZodType = z.lazy(() =>
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('text'), text: z.string() }),
      z.object({ type: z.literal('box'), id: z.ulid().optional(), children: z.array(guessed) }),
    ]),
  );
  const vendors: Readonly<Record<string, StandardSchema>> = {
    zod: zodKids,
    'zod, with a format whose sample is guessed': guessed,
    valibot: toStandardJsonSchema(vNode),
    arktype: node,
    Effect: effect(eNode),
  };
  for (const [name, schema] of Object.entries(vendors)) {
    it(`of ${name}: what has closed is shown, at every depth`, async () => {
      const text =
        '{"type":"box","children":[{"type":"text","text":"hi"},{"type":"box","children":[{"type":"text","text":"y';
      const { partials } = await streamed(schema, `${text}o"}]}]}`);
      const inner = { type: 'box', children: [{ type: 'text', text: 'y' }] };
      expect(partials).to.deep.include({ type: 'box', children: [{ type: 'text', text: 'hi' }, inner] });
    });

    it(`of ${name}: a wrong part is rejected where it stands`, async () => {
      const begun = '{"type":"box","children":[{"type":"text","text":5';
      const { last, read } = await streamed(schema, `${begun}},{"type":"text","text":"more"}]}`);
      expect(last).to.match(/^\$\.children\[0\]\.text: /);
      expect(read).to.be.at.most(begun.length + 1);
    });
  }
});

describe('a key __proto__, which vendors leave out unread or reject:', () => {
  const entry = z.object({ a: z.number() });
  const schemas: Readonly<Record<string, StandardSchema>> = {
    'a record': z.record(z.string(), entry),
    'a record of some keys': z.partialRecord(z.enum(['a', 'b']), z.number()),
    'an object with a rest': z.object({ b: z.string().optional() }).catchall(entry),
    'a strict object': z.strictObject({ b: z.string().optional() }),
    'a record of valibot': toStandardJsonSchema(v.record(v.string(), v.object({ a: v.number() }))),
    'an object with a rest of valibot': toStandardJsonSchema(
      v.objectWithRest({ b: v.optional(v.string()) }, v.object({ a: v.number() })),
    ),
    'a strict object of valibot': toStandardJsonSchema(v.strictObject({ b: v.optional(v.string()) })),
    'a record of arktype': type({ '[string]': { a: 'number' } }),
    'a record of Effect': effect(Schema.Record(Schema.String, Schema.Struct({ a: Schema.Number }))),
  };
  const texts = [
    '{"__proto__":"x"}',
    '{"__proto__":{"a":"x"}}',
    '{"__proto__":{"a":1}}',
    '{"__proto__":{"a":1},"b":5}',
  ];
  for (const [name, schema] of Object.entries(schemas))
    it(name, async () => {
      const codec = fromStandardSchema(schema);
      for (const text of texts) {
        const whole = await schema['~standard'].validate(JSON.parse(text));
        for (const excess of ['allow', 'strip', 'error'] as const) {
          const lasts = await Promise.all(
            [[text], text].map(async (pieces) => (await decodeText(codec, pieces, { excess })).at(-1)!),
          );
          const [atOnce, cut] = lasts.map((last) => (last._tag === 'Left' ? 'Left' : last.right));
          expect(cut, `${text}, ${excess}`).to.deep.equal(atOnce);
          if (excess === 'allow') expect(cut === 'Left', text).to.equal(whole.issues !== undefined);
        }
      }
    });
});
