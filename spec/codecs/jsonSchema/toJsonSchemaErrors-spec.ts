import { expect } from 'chai';
import * as t from 'io-ts';
import { NonEmptyString } from 'io-ts-types/lib/NonEmptyString.js';
import { toJsonSchema } from '../../../lib/codecs/jsonSchema/toJsonSchema.js';
import { expectStrict, expectUnchanged } from '../../support/strictSchemas.js';

type Codec = t.Decoder<unknown, unknown>;

// io-ts does not take its own `never` where it takes a codec.
const never = t.never as unknown as t.Mixed;

describe('toJsonSchema', () => {
  describe('what strict mode cannot say throws with the path', () => {
    const meta = (codec: t.Mixed): Codec => t.type({ items: t.array(t.type({ meta: codec })) });
    const cases: readonly (readonly [string, Codec, string, string])[] = [
      ['an open record', meta(t.record(t.string, t.number)), 'open-record', '$.items[].meta'],
      [
        'a record over names that cannot be counted',
        meta(t.record(NonEmptyString, t.number)),
        'open-record',
        '$.items[].meta',
      ],
      ['an unknown record', meta(t.UnknownRecord), 'open-record', '$.items[].meta'],
      ['an unknown value', meta(t.unknown), 'unknown-value', '$.items[].meta'],
      ['an unknown value in a union', meta(t.union([t.string, t.unknown])), 'unknown-value', '$.items[].meta'],
      ['items of any kind', meta(t.UnknownArray), 'unknown-value', '$.items[].meta[]'],
      ['an item of a tuple', meta(t.tuple([t.unknown])), 'unknown-value', '$.items[].meta[]'],
      [
        'a codec that is only a function',
        meta(new t.Type('Odd', t.number.is, t.number.validate, t.identity)),
        'no-schema',
        '$.items[].meta',
      ],
      ['never', meta(never), 'impossible', '$.items[].meta'],
      ['undefined', t.undefined, 'impossible', '$'],
      ['a bigint', meta(t.bigint), 'impossible', '$.items[].meta'],
      ['a key that is no name', t.type({ 'a "b"': t.unknown }), 'unknown-value', String.raw`$["a \"b\""]`],
      ['a root that is an array', t.array(t.string), 'root', '$'],
      ['a root that is a union', t.union([t.type({ a: t.string }), t.type({ b: t.string })]), 'root', '$'],
      ['a root that is a scalar', t.string, 'root', '$'],
    ];
    for (const [title, codec, code, path] of cases)
      it(title, () => {
        expect(() => toJsonSchema(codec))
          .to.throw(`${path}: `)
          .with.include({ name: 'SchemaError', code, path });
      });
  });

  describe('keeps to the limits of strict mode', () => {
    const keys = (count: number): Record<string, null> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, null]));
    const deep = (levels: number): t.Mixed => (levels === 1 ? t.type({}) : t.type({ a: t.array(deep(levels - 1)) }));
    const limit = /limit|at most/;

    it('5000 properties', () => {
      const props = (count: number): Codec => t.record(t.keyof(keys(count)), t.number);
      // ajv's compiler does not get that far.
      expectUnchanged(toJsonSchema(props(5000)));
      expect(() => toJsonSchema(props(5001)))
        .to.throw(limit)
        .with.include({ code: 'limit', path: '$' });
    });

    it('10 levels of objects', () => {
      expectStrict(toJsonSchema(deep(10)));
      expect(() => toJsonSchema(deep(11)))
        .to.throw(limit)
        .with.include({ code: 'limit', path: `$${'.a[]'.repeat(10)}` });
    });

    it('1000 values in enums', () => {
      const values = (count: number): Codec => t.type({ a: t.keyof(keys(500)), b: t.keyof(keys(count - 500)) });
      expectStrict(toJsonSchema(values(1000)));
      expect(() => toJsonSchema(values(1001)))
        .to.throw(limit)
        .with.include({ code: 'limit', path: '$.b' });
    });

    it('15000 characters in an enum of more than 250 values', () => {
      const wide = (count: number): Codec =>
        t.type({
          a: t.keyof(
            Object.fromEntries(Array.from({ length: count }, (_, index) => [String(index).padStart(60, '0'), null])),
          ),
        });
      expectStrict(toJsonSchema(wide(250)));
      expect(() => toJsonSchema(wide(251)))
        .to.throw(limit)
        .with.include({ code: 'limit', path: '$.a' });
    });

    it('120000 characters in all', () => {
      const long = (length: number): Codec => t.type({ ['x'.repeat(length)]: t.string });
      expectStrict(toJsonSchema(long(120_000)));
      expect(() => toJsonSchema(long(120_001)))
        .to.throw(limit)
        .with.include({ code: 'limit', path: '$' });
    });

    it('120000 characters in all, names of definitions among them', () => {
      interface Tree {
        readonly next: Tree | null;
      }
      const named = (length: number): t.Type<Tree> => {
        const Named: t.Type<Tree> = t.recursion('N'.repeat(length), () => t.type({ next: t.union([Named, t.null]) }));
        return Named;
      };
      expect(() => toJsonSchema(t.type({ tree: named(100) }))).not.to.throw();
      expect(() => toJsonSchema(t.type({ tree: named(120_000) }))).to.throw(limit);
    });

    it('and to none of them otherwise', () => {
      expect(() => toJsonSchema(deep(11), { dialect: 'open' })).not.to.throw();
    });
  });
});
