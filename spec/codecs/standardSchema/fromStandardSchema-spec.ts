import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import { expect } from 'chai';
import { Schema } from 'effect';
import * as t from 'io-ts';
import * as v from 'valibot';
import * as z from 'zod';
import * as mini from 'zod/mini';
import * as old from 'zod/v3';
import { withDescription } from '../../../lib/codecs/annotations/withDescription.js';
import { fromStandardSchema } from '../../../lib/codecs/standardSchema/fromStandardSchema.js';
import { isStandardSchema, type StandardSchema } from '../../../lib/codecs/standardSchema/StandardSchema.js';
import { SchemaError } from '../../../lib/codecs/jsonSchema/SchemaError.js';
import { toJsonSchema } from '../../../lib/codecs/jsonSchema/toJsonSchema.js';
import { decodeText } from '../../support/decodeText.js';
import { effect, streamed, vendor } from '../../support/schemaVendors.js';
import { expectStrict } from '../../support/strictSchemas.js';

const zod = z.object({ name: z.string(), age: z.number().optional() });
const valibot = v.object({ name: v.string(), age: v.optional(v.number()) });
const arktype = type({ name: 'string', 'age?': 'number' });

describe('fromStandardSchema', () => {
  for (const [vendorName, schema] of Object.entries({
    zod,
    valibot,
    'valibot, with its JSON Schema': toStandardJsonSchema(valibot),
    arktype,
    Effect: effect(Schema.Struct({ name: Schema.String, age: Schema.optional(Schema.Finite) })),
  } satisfies Record<string, StandardSchema>))
    describe(`of ${vendorName}`, () => {
      const codec = fromStandardSchema(schema);

      it('accepts and rejects the same values as the schema', () => {
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

  it('has no errors about members of a union that were not meant', () => {
    const schema = z.union([
      z.object({ type: z.literal('a'), x: z.string() }),
      z.object({ type: z.literal('b'), y: z.number() }),
    ]);
    const rejected = fromStandardSchema(schema).decode({ type: 'b', y: 'no' });
    const errors = rejected._tag === 'Left' ? rejected.left : expect.fail('accepted');
    expect(errors.map(({ context }) => context.map(({ key }) => key).join('.'))).to.deep.equal(['.y']);
  });

  it('asks libraries from before the standard for what goes in, and for what comes out', () => {
    const string = { type: 'string' };
    const old = {
      ...vendor((value) => ({ value })),
      in: { toJsonSchema: () => ({ type: 'object', properties: { asked: string }, required: ['asked'] }) },
      out: { toJsonSchema: () => ({ type: 'object', properties: { made: string }, required: ['made'] }) },
    };
    expect(Object.keys(toJsonSchema(old).properties ?? {})).to.deep.equal(['asked']);
  });

  it('asks of keys without a name only what is asked of those, while they are written as well', async () => {
    const schema = z.object({ a: z.string() }).catchall(z.number());
    expect(await streamed(schema, '{"a":"x","b":1}')).to.deep.include({ last: { a: 'x', b: 1 } });
    expect((await streamed(schema, '{"a":"x","b":"no"}')).last).to.match(/^\$\.b: expected number/);
  });

  it('takes no entry of a record for a key left out', async () => {
    const entries = z.record(z.string(), z.string());
    const json = '{"all":{"a":null,"b":"x"}}';
    for (const schema of [
      z.object({ all: entries }),
      z.object({ all: z.union([entries, z.record(z.string(), z.number())]) }),
      z.object({ all: z.object({ b: z.string() }).catchall(z.string()) }),
    ]) {
      const codec = fromStandardSchema(schema);
      expect(codec.decode(JSON.parse(json))).to.have.property('_tag', 'Left');
      expect((await decodeText(codec, json)).at(-1)).to.have.property('_tag', 'Left');
    }
    const lists = z.object({ all: z.record(z.string(), z.array(z.object({ k: z.string().optional() }))) });
    expect(fromStandardSchema(lists).decode({ all: { a: [{ k: null }] } })).to.deep.equal({
      _tag: 'Right',
      right: { all: { a: [{}] } },
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

  it('throws if the schema validates asynchronously and the caller cannot wait', () => {
    const schema = z.object({ name: z.string().refine((name) => Promise.resolve(name !== '')) });
    const codec = fromStandardSchema(schema);
    expect(() => codec.decode({ name: 'Ada' })).to.throw(TypeError, 'The zod schema validates asynchronously');
    expect(() => codec.is({ name: 'Ada' })).to.throw(TypeError, 'decodeWith');
    const rejecting = vendor(() => Promise.reject(new Error('later')));
    expect(() => fromStandardSchema(rejecting).decode(1)).to.throw(TypeError, 'ours');
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
      expect(written.properties?.['kids']).to.deep.equal({ type: 'array', items: { $ref: '#/$defs/root' } });
    });

    it('without strict mode as the library has it', () => {
      const schema = z.object({
        a: z.record(z.string(), z.string().min(2)),
        b: z.unknown(),
        c: z.string().default('x'),
      });
      expect(toJsonSchema(fromStandardSchema(schema), { dialect: 'open' })).to.deep.equal({
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

    it('or none, where the library throws at the question', () => {
      const validate = (value: unknown): unknown => ({ value });
      const shy = vendor(validate);
      const throwing: StandardSchema = {
        '~standard': {
          ...shy['~standard'],
          jsonSchema: { input: () => expect.fail('no words'), output: () => expect.fail('no words') },
        },
      };
      for (const schema of [shy, throwing]) {
        expect(fromStandardSchema(schema).decode(1)).to.deep.equal({ _tag: 'Right', right: 1 });
        expect(() => toJsonSchema(fromStandardSchema(schema))).to.throw('ours schema is only a function');
      }
    });

    it('or none, and then asks for one', () => {
      expect(() => toJsonSchema(fromStandardSchema(valibot)))
        .to.throw('valibot schema is only a function')
        .with.property('code', 'no-schema');
      for (const schema of [old.object({ name: old.string() }), mini.object({ name: mini.string() })])
        expect(() => toJsonSchema(schema)).to.throw(SchemaError, 'zod says it from version 4.2 on');
      const told = withDescription(fromStandardSchema(valibot), { schema: t.type({ name: t.string }) });
      expectStrict(toJsonSchema(told));
    });
  });
});
