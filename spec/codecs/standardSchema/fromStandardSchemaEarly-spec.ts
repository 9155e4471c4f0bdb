import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import { expect } from 'chai';
import * as v from 'valibot';
import * as z from 'zod';
import type { StandardSchema } from '../../../lib/codecs/standardSchema/StandardSchema.js';
import { streamed, vendor } from '../../support/schemaVendors.js';

const zod = z.object({ name: z.string(), age: z.number().optional() });
const valibot = v.object({ name: v.string(), age: v.optional(v.number()) });
const arktype = type({ name: 'string', 'age?': 'number' });

describe('fromStandardSchema, while the answer is written,', () => {
  it('reads such a null early, too, in what becomes something else', async () => {
    const inner = z.object({ a: z.number().optional() });
    const schema = z.object({ inner: inner.transform(({ a = 0 }) => a), last: z.boolean() });
    const { last } = await streamed(schema, '{"inner":{"a":null},"last":true}');
    expect(last).to.deep.equal({ inner: 0, last: true });
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
        'a union of which one member becomes something else is shown at the end only',
        z.object({
          list: z.array(
            z.union([
              z.boolean(),
              z
                .string()
                .transform((s) => s.length)
                .pipe(z.number()),
            ]),
          ),
          a: z.boolean(),
        }),
        '{"list":[true,"abc"],"a":true}',
        [{}, { a: true }, { list: [true, 3], a: true }],
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

    it('rejects a wrong type as it opens', async () => {
      for (const schema of [zod, arktype]) {
        const { last, read } = await streamed(schema, '{"name":[1,2,3,4,5,6]}');
        expect(last).to.match(/^\$\.name: /);
        expect(read).to.equal('{"name":['.length);
      }
    });

    it('rejects a literal by its beginning', async () => {
      const { last, read } = await streamed(z.object({ k: z.enum(['red', 'green']) }), '{"k":"gray"}');
      expect(last).to.match(/^\$\.k: /);
      expect(read).to.equal('{"k":"gra'.length);
    });

    it('rejects an object that ends without a key, in a converted value as well', async () => {
      const inner = z.object({ a: z.number(), b: z.number() });
      for (const schema of [inner, inner.transform(({ a }) => a)]) {
        const { last, read } = await streamed(
          z.object({ inner: schema, last: z.array(z.number()) }),
          '{"inner":{"a":1},"last":[1,2,3]}',
        );
        expect(last).to.match(/^\$\.inner\.b: /);
        expect(read).to.be.at.most('{"inner":{"a":1},"last":['.length);
      }
    });

    it('rejects by discriminator', async () => {
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

    it('rejects early in recursions', async () => {
      interface Tree {
        v: string;
        kids: Tree[];
      }
      const Tree: z.ZodType<Tree> = z.lazy(() => z.object({ v: z.string(), kids: z.array(Tree) }));
      const { read } = await streamed(Tree, '{"v":"a","kids":[{"v":"b","kids":[{"v":1,"kids":[]}]}]}');
      expect(read).to.equal('{"v":"a","kids":[{"v":"b","kids":[{"v":1'.length);
    });
  });

  describe('recursions that are no objects', () => {
    type Nest = string | Nest[];
    const Nest: z.ZodType<Nest> = z.lazy(() => z.union([z.string(), z.array(Nest)]));

    it('are read, and rejected early', async () => {
      const right = await streamed(z.object({ nest: Nest, a: z.boolean() }), '{"nest":["a",["b",[]]],"a":true}');
      expect(right.last).to.deep.equal({ nest: ['a', ['b', []]], a: true });
      const wrong = await streamed(z.object({ nest: Nest }), '{"nest":["a",["b",[1]]]}');
      expect(wrong.read).to.equal('{"nest":["a",["b",[1'.length);
    });
  });

  it('asks a schema no more often, however many words an enum has', async () => {
    const countAsked = async (words: number): Promise<number> => {
      const schema = z.object({ a: z.enum(Array.from({ length: words }, (_, at) => `word ${at}`)) });
      let asked = 0;
      const { validate, ...rest } = schema['~standard'];
      const counting: StandardSchema = {
        '~standard': {
          ...rest,
          validate: (value) => {
            asked += 1;
            return validate(value);
          },
        },
      };
      const { last } = await streamed(Object.assign(Object.create(schema) as object, counting), '{"a":"word 7"}');
      expect(last).to.deep.equal({ a: 'word 7' });
      return asked;
    };
    expect(await countAsked(60)).to.be.greaterThan(0);
    expect(await countAsked(2_000)).to.be.at.most(await countAsked(60));
  });

  describe('never rejects early a value that the schema takes', () => {
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
      [
        'a coercion beside a member whose preprocessing hides what it takes',
        z.union([
          z.strictObject({ b: z.preprocess((u) => (u === 5 ? undefined : u), z.number()), k: z.literal('a') }),
          z.strictObject({ b: z.coerce.number().optional(), k: z.literal('b') }),
        ]),
        { b: false, k: 'b' },
      ],
      [
        'a coercion under a condition of its object that always complains of it, since no sample of a key is right',
        z.union([
          z
            .looseObject({
              b: z.coerce.boolean(),
              k: z.literal('a'),
              a: z
                .string()
                .regex(/^a$|^5/)
                .min(1),
            })
            .refine(({ a, b }) => a <= String(b), { path: ['b'] }),
          z.looseObject({ k: z.literal('b') }),
        ]),
        { b: 5, k: 'a', a: 'a' },
      ],
      ['a coercion in a list', z.array(z.coerce.number()), ['1', true]],
      ['a coercion in a tuple', z.tuple([z.string(), z.coerce.number()]), ['a', '1']],
      ['a coercion in a record', z.record(z.string(), z.coerce.number()), { a: '1' }],
      [
        'a coercion in a record whose keys have a form',
        z.record(z.string().regex(/^[a-c]+$/), z.coerce.number()),
        { a: '1' },
      ],
      [
        'a coercion beside a condition that complains of it',
        z
          .object({ a: z.unknown().optional(), b: z.coerce.boolean().optional() })
          .refine(({ a }) => a !== undefined, { path: ['b'] }),
        { a: 1, b: '' },
      ],
      [
        'a fallback of valibot beside a condition that complains of it',
        toStandardJsonSchema(
          v.pipe(
            v.object({ a: v.optional(v.unknown()), b: v.fallback(v.boolean(), false) }),
            v.forward(
              v.check(({ a, b }) => a !== undefined || b),
              ['b'],
            ),
          ),
        ),
        { a: 1, b: 'x' },
      ],
      ['a tuple with a rest', z.tuple([z.string()], z.number()), ['a', 1, 2]],
      ['a tuple with an optional item', z.tuple([z.string(), z.number().optional()]), ['a']],
      ['keys without a name', z.looseObject({ a: z.string() }), { a: 'x', b: 1 }],
      ['a default', z.object({ a: z.string().default('x') }), {}],
      ['a JSON Schema that says too much', z.object({ a: z.any().meta({ type: 'string' }) }), { a: 1 }],
      ['an object of optional keys, for which arktype takes an array', type({ 'a?': 'string' }), []],
      [
        'a vendor with fallbacks',
        vendor((value) => ({ value: typeof value === 'number' ? value : 0 }), { type: 'number' }),
        'x',
      ],
      [
        'a key that is not there, though the vendor says it must be',
        vendor(
          (value) => {
            const inner = z.looseObject({ a: z.string().default('x') });
            const result = z.looseObject({ inner }).safeParse(value);
            return result.success ? { value: result.data } : { issues: result.error.issues };
          },
          {
            type: 'object',
            properties: { inner: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] } },
          },
        ),
        { inner: {}, last: 1 },
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
});
