import { expect } from 'chai';
import { Ord } from 'fp-ts/lib/string.js';
import * as t from 'io-ts';
import * as types from 'io-ts-types';
import type { JsonSchema } from '../../../lib/codecs/jsonSchema/JsonSchema.js';
import { toJsonSchema } from '../../../lib/codecs/jsonSchema/toJsonSchema.js';
import { expectStrict, validator } from '../../support/strictSchemas.js';

const string = { type: 'string' } as const;
const whole = { type: 'string', pattern: '^-?[0-9]+$' } as const;
const decimal = { type: 'string', pattern: String.raw`^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$` } as const;
const nullable = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });
const pair = { type: 'array', items: { anyOf: [string, { type: 'number' }] }, minItems: 2, maxItems: 2 } as const;

describe('toJsonSchema knows io-ts-types', () => {
  const dateTime = { type: 'string', format: 'date-time' } as const;
  // The codec, its schema, a document it decodes.
  const cases: readonly (readonly [string, t.Mixed, JsonSchema, unknown])[] = [
    ['BigIntFromString', types.BigIntFromString, whole, '12'],
    ['BooleanFromNumber', types.BooleanFromNumber, { type: 'number' }, 1],
    ['BooleanFromString', types.BooleanFromString, { type: 'string', enum: ['true', 'false'] }, 'true'],
    ['DateFromISOString', types.DateFromISOString, dateTime, '2024-02-29T12:00:00Z'],
    ['DateFromNumber', types.DateFromNumber, { type: 'number' }, 1.5],
    ['DateFromUnixTime', types.DateFromUnixTime, { type: 'integer' }, 1],
    ['IntFromString', types.IntFromString, whole, '12'],
    ['NonEmptyString', types.NonEmptyString, { type: 'string', pattern: String.raw`^[\s\S]{1,}$` }, '\n'],
    ['NumberFromString', types.NumberFromString, decimal, '1e5'],
    ['UUID', types.UUID, { type: 'string', format: 'uuid' }, '6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
    ['nonEmptyArray', types.nonEmptyArray(t.string), { type: 'array', items: string, minItems: 1 }, ['a']],
    [
      'readonlyNonEmptyArray',
      types.readonlyNonEmptyArray(t.string),
      { type: 'array', items: string, minItems: 1 },
      ['a'],
    ],
    ['setFromArray', types.setFromArray(t.string, Ord), { type: 'array', items: string }, ['a']],
    ['readonlySetFromArray', types.readonlySetFromArray(t.string, Ord), { type: 'array', items: string }, []],
    ['mapFromEntries', types.mapFromEntries(t.string, Ord, t.number), { type: 'array', items: pair }, [['a', 1]]],
    [
      'readonlyMapFromEntries',
      types.readonlyMapFromEntries(t.string, Ord, t.number),
      { type: 'array', items: pair },
      [],
    ],
    ['optionFromNullable', types.optionFromNullable(t.string), nullable(string), null],
    [
      'optionFromNullable of a known codec',
      types.optionFromNullable(types.DateFromISOString),
      nullable(dateTime),
      null,
    ],
    ['withFallback', types.withFallback(t.number, 0), { type: 'number' }, 1],
    [
      'withFallback of a known codec',
      types.withFallback(types.DateFromISOString, new Date()),
      dateTime,
      '2024-02-29T12:00:00Z',
    ],
    ['fromNullable', types.fromNullable(t.number, 0), { type: 'number' }, 1],
    ['fromNullable of a known codec', types.fromNullable(types.NumberFromString, 0), decimal, '1'],
    ['withMessage', types.withMessage(t.number, () => 'no'), { type: 'number' }, 1],
    ['withValidate', types.withValidate(t.number, t.number.validate), { type: 'number' }, 1],
    ['withEncode', types.withEncode(t.number, String), { type: 'number' }, 1],
    ['a pipe that starts with a string', t.string.pipe(types.NumberFromString), string, '1'],
    [
      'a pipe that starts with an array',
      t.array(t.string).pipe(
        new t.Type(
          'First',
          t.string.is,
          (u, c) => t.string.validate((u as string[])[0], c),
          (a) => [a],
        ),
      ),
      { type: 'array', items: string, minItems: 1 },
      ['a'],
    ],
    [
      'option',
      types.option(t.string),
      {
        anyOf: [
          {
            type: 'object',
            properties: { _tag: { type: 'string', enum: ['None'] } },
            required: ['_tag'],
            additionalProperties: false,
          },
          {
            type: 'object',
            properties: { _tag: { type: 'string', enum: ['Some'] }, value: string },
            required: ['_tag', 'value'],
            additionalProperties: false,
          },
        ],
      },
      { _tag: 'Some', value: 'a' },
    ],
  ];
  for (const [title, codec, expected, document] of cases)
    it(title, () => {
      const schema = toJsonSchema(t.type({ it: codec }));
      expectStrict(schema);
      expect(schema.properties?.['it']).to.deep.equal(expected);
      expect(codec.decode(document)._tag).to.equal('Right');
      expect(validator(schema)({ it: document })).to.equal(true);
    });

  const unknown: readonly (readonly [string, t.Mixed])[] = [
    ['the codec in an option that is not known by name', types.optionFromNullable(t.type({ a: t.string }))],
    ['a fallback for a list', types.withFallback(types.nonEmptyArray(t.string), ['a'])],
    ['a newtype', types.fromNewtype(t.string)],
  ];
  for (const [title, codec] of unknown)
    it(`asks for the schema of ${title}`, () => {
      expect(() => toJsonSchema(t.type({ it: codec })))
        .to.throw('withDescription(codec, { schema: ')
        .with.include({ code: 'no-schema', path: '$.it' });
    });

  it('asks for the schema of a codec that throws when it is asked itself', () => {
    const hasty = new t.Type('Hasty', t.number.is, (u) => t.success((u as string).toUpperCase().length), t.identity);
    expect(() => toJsonSchema(t.type({ it: hasty })))
      .to.throw('$.it: Hasty is only a function')
      .with.property('code', 'no-schema');
  });

  it('rejects values that JSON does not have', () => {
    for (const codec of [types.date, types.regexp])
      expect(() => toJsonSchema(t.type({ it: codec })))
        .to.throw('$.it: no JSON value satisfies')
        .with.property('code', 'impossible');
  });
});
