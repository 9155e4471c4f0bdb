import { Ajv, type SchemaObject } from 'ajv';
import { expect } from 'chai';
import * as E from 'fp-ts/lib/Either.js';
import { codecOfSchema } from '../../playground/codecOfSchema.js';
import { samples } from '../../playground/samples.js';

const object = (properties: object, required: readonly string[] = [], more: object = {}): SchemaObject => ({
  ...{ type: 'object', properties, required, ...more },
});

const schemas: readonly SchemaObject[] = [
  { type: 'string', minLength: 2, maxLength: 3 },
  { type: 'string', pattern: '^a+$' },
  { type: 'number', minimum: 1, maximum: 5 },
  { type: 'integer' },
  { type: 'boolean' },
  { type: ['string', 'null'] },
  { enum: ['a', 1, null, true] },
  { const: 'a' },
  { anyOf: [{ type: 'string' }, { type: 'integer', minimum: 3 }] },
  { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 2 },
  { type: 'array' },
  object({ a: { type: 'string' }, b: { type: 'integer' } }, ['a']),
  object({ a: { type: 'string' } }, ['a'], { additionalProperties: false }),
  object({ a: { type: 'string' } }, ['a', 'b']),
  object({ a: { type: ['string', 'null'] } }, [], { additionalProperties: false }),
  { type: 'object', additionalProperties: { type: 'integer' } },
  object({ a: object({ b: { type: 'array', items: { enum: ['x'] } } }, ['b']) }),
  {
    ...{ $ref: '#/$defs/Tree' },
    $defs: { Tree: object({ a: { type: 'string' }, b: { type: 'array', items: { $ref: '#/$defs/Tree' } } }, ['a']) },
  },
];

const values: readonly unknown[] = [
  ...[null, true, 0, 1, 3, 4.5, 7, '', 'a', 'aa', 'aaaa', '👍👍👍', 'b'],
  ...[[], [1], [1, 2, 3], ['x'], [null], {}],
  ...[{ a: 'x' }, { a: null }, { a: 'x', b: 2 }, { a: 'x', b: 'y' }, { a: 1 }, { b: 1 }, { a: 'x', c: 1 }, { c: 'x' }],
  ...[{ a: { b: ['x'] } }, { a: { b: ['y'] } }, { a: {} }],
  ...[
    { a: 'x', b: [{ a: 'y', b: [] }] },
    { a: 'x', b: [{ a: 1 }] },
    { a: 'x', b: [] },
  ],
];

describe('codecOfSchema', () => {
  for (const schema of schemas)
    it(`accepts what ajv accepts, and nothing else: ${JSON.stringify(schema)}`, () => {
      const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
      const codec = codecOfSchema(JSON.stringify(schema));
      const differs = values.filter((value) => E.isRight(codec.decode(value)) !== validate(value));
      expect(differs).to.deep.equal([]);
    });

  it('says which keyword it does not understand, and where', () => {
    const wrong = (schema: object): string => {
      try {
        codecOfSchema(JSON.stringify(schema));
        return 'understood';
      } catch (error) {
        return String(error);
      }
    };
    expect(wrong(object({ a: { type: 'string', format: 'email' } }))).to.include('#/properties/a: format');
    expect(wrong({ type: 'strange' })).to.include('a schema needs a type');
    expect(wrong({ $ref: '#/$defs/X' })).to.include('leads nowhere');
    expect(wrong(object({ a: { type: 'string' } }, [], { additionalProperties: { type: 'string' } }))).to.include(
      'keys of any name',
    );
  });

  it('reads the schema of the sample', () => {
    const { settings } = samples['schema'] ?? {};
    expect(settings?.codec).to.equal('schema');
    expect(() => codecOfSchema(settings?.schema ?? '')).to.not.throw();
  });
});
