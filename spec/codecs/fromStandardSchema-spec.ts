import type { StandardSchemaV1 } from '@standard-schema/spec';
import { type } from 'arktype';
import { expect } from 'chai';
import * as t from 'io-ts';
import * as v from 'valibot';
import * as z from 'zod';
import { AsyncSchemaError } from '../../lib/codecs/AsyncSchemaError.js';
import { describe as described } from '../../lib/codecs/describe.js';
import { fromStandardSchema } from '../../lib/codecs/fromStandardSchema.js';
import { isStandardSchema, type StandardSchema } from '../../lib/codecs/StandardSchema.js';
import { toJsonSchema } from '../../lib/codecs/toJsonSchema.js';
import { decodeText } from '../support/decodeText.js';
import { expectStrict } from '../support/strictSchemas.js';

/** The partials that are shown of a text, and how many characters it took until the verdict. */
async function streamed(
  schema: StandardSchema,
  text: string,
): Promise<{ readonly partials: readonly unknown[]; readonly last: unknown; readonly read: number }> {
  let read = 0;
  const pieces = {
    *[Symbol.iterator]() {
      for (const character of text) {
        read++;
        yield character;
      }
    },
  };
  const all = await decodeText(fromStandardSchema(schema), pieces);
  const partials = all.flatMap((either) =>
    either._tag === 'Right' && either.right._tag === 'Partial' ? [either.right.value] : [],
  );
  const last = all.at(-1)!;
  return { partials, last: last._tag === 'Left' ? last.left.message : last.right.value, read };
}

const zod = z.object({ name: z.string(), age: z.number().optional() });
const valibot = v.object({ name: v.string(), age: v.optional(v.number()) });
const arktype = type({ name: 'string', 'age?': 'number' });

/** A vendor of our own: what it says of itself, and what it does. */
function vendor(validate: (value: unknown) => unknown, says?: object): StandardSchema {
  const jsonSchema = says && { input: () => says, output: () => says };
  return {
    '~standard': {
      version: 1,
      vendor: 'ours',
      validate: validate as StandardSchemaV1.Props['validate'],
      ...(jsonSchema && { jsonSchema }),
    },
  };
}

describe('fromStandardSchema', () => {
  for (const [vendorName, schema] of Object.entries({ zod, valibot, arktype } satisfies Record<string, StandardSchema>))
    describe(`of ${vendorName}`, () => {
      const codec = fromStandardSchema(schema);

      it('accepts and refuses what the schema does', () => {
        expect(codec.decode({ name: 'Ada', age: 36 })).to.deep.equal({
          _tag: 'Right',
          right: { name: 'Ada', age: 36 },
        });
        expect(codec.is({ name: 'Ada' })).to.equal(true);
        expect(codec.is({ name: 1 })).to.equal(false);
      });

      it('says what is wrong where, in the words of the schema', () => {
        const result = t.type({ user: codec }).decode({ user: { name: 1, age: 36 } });
        const [error] = result._tag === 'Left' ? result.left : expect.fail('accepted');
        expect(error?.context.map(({ key }) => key)).to.deep.equal(['', 'user', 'name']);
        expect(error?.context.at(-1)?.actual).to.equal(1);
        expect(error?.value).to.equal(1);
        expect(error?.message).to.match(/string/);
      });

      it('says so in the message for the model', async () => {
        const { last } = await streamed(schema, '{"name":"Ada","age":"old"}');
        expect(last).to.match(/^\$\.age: .*number/);
      });

      it('reads a null for a key that may be left out as a key left out', () => {
        expect(codec.decode({ name: 'Ada', age: null })).to.deep.equal({ _tag: 'Right', right: { name: 'Ada' } });
        const refused = codec.decode({ name: null, age: null });
        const errors = refused._tag === 'Left' ? refused.left : expect.fail('accepted');
        expect(errors.map(({ context }) => context.at(-1)?.key)).to.include('name');
      });
    });

  it('gives the value that the schema makes', () => {
    const schema = z.object({
      n: z.coerce.number(),
      d: z.string().default('x'),
      l: z.string().transform((s) => s.length),
    });
    expect(fromStandardSchema(schema).decode({ n: '5', l: 'abc', extra: 1 })).to.deep.equal({
      _tag: 'Right',
      right: { n: 5, d: 'x', l: 3 },
    });
  });

  it('finds nulls in unions and lists, and takes away no more than the schema needs', () => {
    const schema = z.object({
      list: z.array(
        z.union([z.object({ k: z.literal('a'), x: z.string().optional() }), z.object({ k: z.literal('b') })]),
      ),
      none: z.null(),
      maybe: z.string().nullable(),
    });
    expect(
      fromStandardSchema(schema).decode({ list: [{ k: 'a', x: null }, { k: 'b' }], none: null, maybe: null }),
    ).to.deep.equal({
      _tag: 'Right',
      right: { list: [{ k: 'a' }, { k: 'b' }], none: null, maybe: null },
    });
  });

  it('gives the same codec for the same schema', () => {
    expect(fromStandardSchema(zod)).to.equal(fromStandardSchema(zod));
    expect(fromStandardSchema(zod)).not.to.equal(fromStandardSchema(z.object({})));
  });

  it('tells schemas from codecs', () => {
    expect([zod, valibot, arktype].map(isStandardSchema)).to.deep.equal([true, true, true]);
    expect([t.string, fromStandardSchema(zod), null, 'x', {}].map(isStandardSchema)).to.deep.equal([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('throws where the schema validates asynchronously', () => {
    const schema = z.object({ name: z.string().refine((name) => Promise.resolve(name !== '')) });
    expect(() => fromStandardSchema(schema).decode({ name: 'Ada' }))
      .to.throw(AsyncSchemaError, 'zod')
      .with.property('vendor', 'zod');
    const rejecting = vendor(() => Promise.reject(new Error('later')));
    expect(() => fromStandardSchema(rejecting).decode(1)).to.throw(AsyncSchemaError);
  });

  describe('looks into the answer while it is written', () => {
    const grown = [{}, { name: '' }, { name: 'J' }, { name: 'Jo' }, { name: 'Jo', age: 3 }, { name: 'Jo', age: 36 }];
    const cases: readonly (readonly [string, StandardSchema, string, readonly unknown[]])[] = [
      ['strings and numbers of zod grow', zod, '{"name":"Jo","age":36}', grown],
      ['and those of arktype', arktype, '{"name":"Jo","age":36}', grown],
      [
        'of valibot, which says nothing of itself, nothing is shown before the end',
        valibot,
        '{"name":"Jo"}',
        [{ name: 'Jo' }],
      ],
      [
        'literals and formats are withheld until they are whole',
        z.object({ k: z.enum(['ab', 'cd']), mail: z.array(z.email()), text: z.string().min(9) }),
        '{"k":"ab","mail":["a@b.co"],"text":"abcdefghi"}',
        [
          {},
          { k: 'ab' },
          { k: 'ab', mail: [] },
          { k: 'ab', mail: ['a@b.co'] },
          ...Array.from('abcdefghi', (_, length) => ({
            k: 'ab',
            mail: ['a@b.co'],
            text: 'abcdefghi'.slice(0, length),
          })),
          { k: 'ab', mail: ['a@b.co'], text: 'abcdefghi' },
        ],
      ],
      [
        'what becomes something else is shown at the end only, wherever it is',
        z.object({
          list: z.array(z.string().transform((s) => s.length)),
          pair: z.tuple([z.number(), z.coerce.number()]),
          either: z.union([z.null(), z.string().transform((s) => s.length)]),
          inner: z.object({ day: z.iso.date().transform((day) => new Date(day)), a: z.boolean() }),
          record: z.record(
            z.string(),
            z.string().transform((s) => s.length),
          ),
          any: z.unknown(),
          a: z.boolean(),
        }),
        '{"list":["abc","d"],"pair":[1,"2"],"either":"abc","inner":{"day":"2020-02-20","a":true},"record":{"x":"abc"},"any":1,"a":true}',
        [
          {},
          { inner: {} },
          { inner: { a: true } },
          { inner: { a: true }, record: {} },
          { inner: { a: true }, record: {}, a: true },
          {
            list: [3, 1],
            pair: [1, 2],
            either: 3,
            inner: { day: new Date('2020-02-20'), a: true },
            record: { x: 3 },
            any: 1,
            a: true,
          },
        ],
      ],
      [
        'keys that the schema leaves out are left out',
        z.object({ a: z.boolean() }),
        '{"b":[1],"a":true}',
        [{}, { a: true }],
      ],
    ];
    for (const [title, schema, text, expected] of cases)
      it(title, async () => {
        const { partials } = await streamed(schema, text);
        expect([...new Map(partials.map((partial) => [JSON.stringify(partial), partial])).values()]).to.deep.equal(
          expected,
        );
      });

    it('shows of a transformed object nothing before the end', async () => {
      const { partials, last } = await streamed(
        zod.transform(({ name }) => name),
        '{"name":"Jo"}',
      );
      expect(partials).to.deep.equal(['Jo']);
      expect(last).to.equal('Jo');
    });

    it('refuses a wrong type as it opens', async () => {
      for (const schema of [zod, arktype]) {
        const { last, read } = await streamed(schema, '{"name":[1,2,3,4,5,6]}');
        expect(last).to.match(/^\$\.name: /);
        expect(read).to.equal('{"name":['.length);
      }
    });

    it('refuses a literal by its beginning', async () => {
      const { last, read } = await streamed(z.object({ k: z.enum(['red', 'green']) }), '{"k":"gray"}');
      expect(last).to.match(/^\$\.k: /);
      expect(read).to.equal('{"k":"gra'.length);
    });

    it('refuses by discriminator', async () => {
      const a = { k: z.literal('a'), x: z.number() };
      const b = { k: z.literal('b'), x: z.string() };
      for (const schema of [
        z.discriminatedUnion('k', [z.object(a), z.object(b)]),
        z.union([z.object(a), z.object(b)]),
      ]) {
        const { read } = await streamed(z.object({ u: schema }), '{"u":{"k":"b","x":1}}');
        expect(read).to.equal('{"u":{"k":"b","x":1'.length);
      }
    });

    it('refuses early in recursions', async () => {
      interface Tree {
        v: string;
        kids: Tree[];
      }
      const Tree: z.ZodType<Tree> = z.lazy(() => z.object({ v: z.string(), kids: z.array(Tree) }));
      const { read } = await streamed(Tree, '{"v":"a","kids":[{"v":"b","kids":[{"v":1,"kids":[]}]}]}');
      expect(read).to.equal('{"v":"a","kids":[{"v":"b","kids":[{"v":1'.length);
    });
  });

  describe('never refuses early what the schema takes', () => {
    const cases: readonly (readonly [string, StandardSchema, unknown])[] = [
      ['a coerced number', z.object({ a: z.coerce.number() }), { a: '5' }],
      ['a coerced boolean', z.object({ a: z.coerce.boolean() }), { a: [] }],
      ['a coerced string that is not there', z.object({ a: z.coerce.string().optional() }), {}],
      ['a caught number', z.object({ a: z.number().catch(1) }), { a: 'x' }],
      ['a caught object', z.object({ a: z.object({ b: z.number() }).catch({ b: 1 }) }), { a: { b: 'x' } }],
      ['a caught key that is not there', z.object({ a: z.number().catch(1) }), {}],
      ['a preprocessed number', z.object({ a: z.preprocess((u) => (u === 'N/A' ? 0 : u), z.number()) }), { a: 'N/A' }],
      [
        'a preprocessed enum',
        z.object({ a: z.preprocess((u) => String(u).toLowerCase(), z.enum(['x', 'y'])) }),
        { a: 'X' },
      ],
      [
        'a coercion in one member of a union',
        z.union([
          z.object({ k: z.literal('a'), x: z.coerce.number() }),
          z.object({ k: z.literal('b'), x: z.number() }),
        ]),
        { k: 'a', x: '5' },
      ],
      ['a coercion in a list', z.array(z.coerce.number()), ['1', true]],
      ['a coercion in a tuple', z.tuple([z.string(), z.coerce.number()]), ['a', '1']],
      ['a coercion in a record', z.record(z.string(), z.coerce.number()), { a: '1' }],
      ['a tuple with a rest', z.tuple([z.string()], z.number()), ['a', 1, 2]],
      ['a tuple with an optional item', z.tuple([z.string(), z.number().optional()]), ['a']],
      ['keys nobody named', z.looseObject({ a: z.string() }), { a: 'x', b: 1 }],
      ['a default', z.object({ a: z.string().default('x') }), {}],
      ['a JSON Schema that says too much', z.object({ a: z.any().meta({ type: 'string' }) }), { a: 1 }],
      ['an object of optional keys, for which arktype takes an array', type({ 'a?': 'string' }), []],
      [
        'a vendor with fallbacks',
        vendor((value) => ({ value: typeof value === 'number' ? value : 0 }), { type: 'number' }),
        'x',
      ],
      [
        'a vendor that throws at what it does not expect',
        vendor((value) => ({ value: (value as { a: string }).a.length }), {
          type: 'object',
          properties: { a: { type: 'string' } },
          required: ['a'],
        }),
        { a: [] },
      ],
      ['a vendor that throws at the question', vendor((value) => ({ value })), 1],
    ];
    for (const [title, schema, document] of cases)
      it(title, async () => {
        const result = await schema['~standard'].validate(document);
        const { last } = await streamed(schema, JSON.stringify(document));
        expect(result.issues).to.equal(undefined);
        expect(last).to.deep.equal('value' in result ? result.value : undefined);
      });
  });

  describe('has a JSON Schema', () => {
    it('which is the library’s, made strict', () => {
      const schema = z
        .object({
          name: z.string().min(1).describe('As in the passport.'),
          mail: z.email().optional(),
          size: z.int().min(1).max(5).default(3),
          tags: z.set(z.string()).or(z.array(z.string()).max(3)),
          at: z.tuple([z.number(), z.number()]),
          kind: z.discriminatedUnion('k', [
            z.object({ k: z.literal('a') }),
            z.object({ k: z.literal('b'), n: z.coerce.number() }),
          ]),
        })
        .omit({ tags: true });
      const written = toJsonSchema(fromStandardSchema(schema));
      expectStrict(written);
      expect(written.properties).to.have.keys('name', 'mail', 'size', 'at', 'kind');
      expect(written.properties?.['name']).to.deep.equal({
        type: 'string',
        pattern: String.raw`^[\s\S]{1,}$`,
        description: 'As in the passport.',
      });
      expect(written.properties?.['size']).to.deep.equal({
        anyOf: [{ type: 'integer', minimum: 1, maximum: 5 }, { type: 'null' }],
      });
      expect(written.properties?.['at']).to.deep.equal({
        type: 'array',
        items: { type: 'number' },
        minItems: 2,
        maxItems: 2,
      });
      expect(written.required).to.deep.equal(['name', 'mail', 'size', 'at', 'kind']);
    });

    it('of arktype as well', () => {
      const written = toJsonSchema(fromStandardSchema(arktype));
      expectStrict(written);
      expect(written.properties).to.deep.equal({
        name: { type: 'string' },
        age: { anyOf: [{ type: 'number' }, { type: 'null' }] },
      });
    });

    it('of recursions', () => {
      const Tree: z.ZodType = z.lazy(() => z.object({ v: z.string(), kids: z.array(Tree) }));
      const written = toJsonSchema(fromStandardSchema(Tree));
      expectStrict(written);
      expect(written.properties?.['kids']).to.deep.equal({ type: 'array', items: { $ref: '#' } });
    });

    it('without strict mode as the library has it', () => {
      const schema = z.object({
        a: z.record(z.string(), z.string().min(2)),
        b: z.unknown(),
        c: z.string().default('x'),
      });
      expect(toJsonSchema(fromStandardSchema(schema), { strict: false })).to.deep.equal({
        type: 'object',
        properties: {
          a: { type: 'object', properties: {}, additionalProperties: { type: 'string', minLength: 2 } },
          b: {},
          c: { type: 'string', default: 'x' },
        },
        required: ['a', 'b'],
        additionalProperties: false,
      });
    });

    it('or none, and then asks for one', () => {
      expect(() => toJsonSchema(fromStandardSchema(valibot)))
        .to.throw('valibot schema is only a function')
        .with.property('code', 'no-schema');
      const told = described(fromStandardSchema(valibot), { schema: t.type({ name: t.string }) });
      expectStrict(toJsonSchema(told));
    });
  });
});
