import { expect } from 'chai';
import { Schema } from 'effect';
import * as t from 'io-ts';
import * as z from 'zod';
import { toJsonSchema } from '../../../lib/codecs/jsonSchema/toJsonSchema.js';
import { fromStandardSchema } from '../../../lib/codecs/standardSchema/fromStandardSchema.js';
import { toCodec } from '../../../lib/codecs/standardSchema/toCodec.js';
import { decodeWith } from '../../../lib/decoded/decodeWith.js';

describe('toCodec', () => {
  it('gives a codec as it is, and the codec of a schema', () => {
    const schema = z.string();
    expect(toCodec(t.string)).to.equal(t.string);
    expect(toCodec(schema)).to.equal(fromStandardSchema(schema));
  });

  // As joi has it: of a class without a name.
  const joi: unknown = Object.create({ type: 'object' });

  // As JavaScript may give them.
  const others: readonly (readonly [string, unknown, string])[] = [
    ['nothing', undefined, 'got undefined'],
    ['null', null, 'got null'],
    ['a word', 'string', 'got "string"'],
    ['a list', [t.string], 'got a list'],
    ['a constructor', String, 'got the function String'],
    ['an object', { name: t.string }, 'got an object'],
    ['a JSON Schema', { type: 'object', properties: {} }, 'got a JSON Schema: withDescription(t.unknown, { schema })'],
    ['a JSON Schema of a choice', { anyOf: [] }, 'got a JSON Schema'],
    ['a schema of another library', joi, 'got an object'],
    [
      'a schema of Effect as it is',
      Schema.Struct({ name: Schema.String }),
      'got a schema of Effect: Schema.toStandardJ',
    ],
    ['an old schema', { safeParse: () => undefined }, 'got a schema that does not follow Standard Schema'],
  ];
  for (const [title, value, message] of others)
    it(`rejects ${title}, wherever a codec is asked for`, () => {
      const expected = 'expected a codec of io-ts, or a schema of zod, valibot, arktype or their like';
      for (const use of [toCodec, decodeWith, toJsonSchema])
        expect(() => use(value as never))
          .to.throw(TypeError, expected)
          .with.property('message')
          .that.includes(message);
    });

  it('rejects a dialect that there is not', () => {
    expect(() => toJsonSchema(t.type({}), { dialect: 'strict' as never })).to.throw(
      TypeError,
      'toJsonSchema: expected a dialect of openai, anthropic, open, got "strict"',
    );
  });
});
