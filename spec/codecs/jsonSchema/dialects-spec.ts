import { expect } from 'chai';
import * as t from 'io-ts';
import { NonEmptyString } from 'io-ts-types/lib/NonEmptyString.js';
import * as z from 'zod';
import { withDescription } from '../../../lib/codecs/annotations/withDescription.js';
import type { JsonSchema } from '../../../lib/codecs/jsonSchema/JsonSchema.js';
import { toJsonSchema } from '../../../lib/codecs/jsonSchema/toJsonSchema.js';
import type { SchemaDialect } from '../../../lib/completions/SchemaDialect.js';
import { expectTaken } from '../../support/providerRules.js';

/** The schema of one property, in a schema that the provider takes. */
function property(schema: z.ZodType | t.Mixed, dialect: SchemaDialect): JsonSchema | undefined {
  const whole = '~standard' in schema ? z.object({ it: schema }) : t.type({ it: schema });
  const written = toJsonSchema(whole, { dialect });
  expectTaken(written, dialect);
  return written.properties?.['it'];
}

const keys = <T>(count: number, value: T): Record<string, T> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, value]));

interface Tree {
  readonly children: readonly Tree[];
}
const Tree: t.Type<Tree> = t.recursion('Tree', () => t.type({ children: t.readonlyArray(Tree) }));

describe('the dialect of OpenAI’s strict mode', () => {
  it('sends formats that llama.cpp knows alone', () => {
    for (const [format, schema] of Object.entries({
      date: z.iso.date(),
      'date-time': z.iso.datetime(),
      uuid: z.uuid(),
    }))
      expect(property(schema, 'openai')).to.deep.equal({ type: 'string', format });
    const time = withDescription(t.string, { schema: { type: 'string', format: 'time', pattern: '^1' } });
    expect(property(time, 'openai')).to.deep.equal({ type: 'string', format: 'time' });
  });

  it('sends no expression without its flags', () => {
    expect(property(z.string().regex(/^a$/i), 'openai')).to.deep.equal({ type: 'string' });
    expect(property(z.string().regex(/^a$/u), 'openai')).to.deep.equal({ type: 'string', pattern: '^a$' });
  });

  it('closes loose objects, and none with entries', () => {
    const closed = {
      type: 'object',
      properties: { a: { type: 'string' } },
      required: ['a'],
      additionalProperties: false,
    };
    expect(property(z.looseObject({ a: z.string() }), 'openai')).to.deep.equal(closed);
    expect(property(z.object({ a: z.string() }).loose(), 'anthropic')).to.deep.equal(closed);
    expect(property(t.intersection([t.type({ a: t.string }), t.UnknownRecord]), 'openai')).to.deep.equal(closed);
    for (const schema of [
      z.looseObject({}),
      z.object({ a: z.string() }).catchall(z.string()),
      z.record(z.string(), z.any()),
    ])
      expect(() => property(schema, 'openai'))
        .to.throw()
        .with.property('code', 'open-record');
  });
});

describe('the dialect of Anthropic’s structured outputs', () => {
  const cases: readonly (readonly [string, z.ZodType | t.Mixed, JsonSchema])[] = [
    ['a range', z.number().min(1).max(5), { type: 'number', description: 'Between 1 and 5.' }],
    ['a limit', z.int().min(3), { type: 'integer', description: 'At least 3.' }],
    [
      'limits that do not count themselves',
      z.number().gt(0).lt(9.5),
      { type: 'number', description: 'Greater than 0. Less than 9.5.' },
    ],
    ['a multiple', z.number().multipleOf(0.25), { type: 'number', description: 'A multiple of 0.25.' }],
    ['nothing of an integer alone', z.int(), { type: 'integer' }],
    ['a length', z.string().min(2).max(40), { type: 'string', description: 'Between 2 and 40 characters.' }],
    ['the least length', NonEmptyString, { type: 'string', description: 'At least 1 character.' }],
    ['an exact length', z.string().length(8), { type: 'string', description: 'Exactly 8 characters.' }],
    [
      'a pattern',
      z.string().regex(/^[A-Z]{3}$/),
      { type: 'string', description: 'Matches the regular expression `^[A-Z]{3}$`.' },
    ],
    [
      'a pattern with flags',
      z.string().regex(/^a$/i),
      { type: 'string', description: 'Matches the regular expression `/^a$/i`.' },
    ],
    ['a format that it knows', z.email(), { type: 'string', format: 'email' }],
    ['an address', z.url(), { type: 'string', format: 'uri' }],
    [
      'another format',
      z.ulid(),
      {
        type: 'string',
        description: 'Format: ulid. Matches the regular expression `^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$`.',
      },
    ],
    [
      'the length of a list',
      z.array(z.string()).min(2).max(4),
      { type: 'array', items: { type: 'string' }, minItems: 1, description: 'Between 2 and 4 items.' },
    ],
    ['that a list is not empty', z.array(z.string()).min(1), { type: 'array', items: { type: 'string' }, minItems: 1 }],
    [
      'the order of a tuple',
      t.tuple([t.string, t.number]),
      {
        type: 'array',
        items: { anyOf: [{ type: 'string' }, { type: 'number' }] },
        minItems: 1,
        description: 'Exactly 2 items. In this order: string, number.',
      },
    ],
    [
      'all of it after what was said',
      z
        .int()
        .min(0)
        .max(9)
        .describe('Of ten.')
        .meta({ examples: [7] }),
      { type: 'integer', description: 'Of ten. Between 0 and 9. Examples: 7.' },
    ],
    [
      'a constraint beside null at the property',
      z.int().max(3).nullable(),
      { anyOf: [{ type: 'integer' }, { type: 'null' }], description: 'At most 3.' },
    ],
  ];
  for (const [title, schema, expected] of cases)
    it(`tells ${title}`, () => {
      expect(property(schema, 'anthropic')).to.deep.equal(expected);
    });

  it('does not require keys that may be left out', () => {
    const schema = toJsonSchema(z.object({ a: z.string(), b: z.int().optional() }), { dialect: 'anthropic' });
    expect(schema.required).to.deep.equal(['a']);
    expect(schema.properties?.['b']).to.deep.equal({ type: 'integer' });
  });

  it('asks for keys beyond the limit as a choice with null, and for no more than there may be choices', () => {
    const schema = toJsonSchema(t.partial(keys(40, t.string)), { dialect: 'anthropic' });
    expectTaken(schema, 'anthropic');
    expect(schema.required).to.deep.equal(Object.keys(keys(40, 0)).slice(24));
    expect(schema.properties?.['k23']).to.deep.equal({ type: 'string' });
    expect(schema.properties?.['k24']).to.deep.equal({ anyOf: [{ type: 'string' }, { type: 'null' }] });
    expect(() => toJsonSchema(t.partial(keys(41, t.string)), { dialect: 'anthropic' }))
      .to.throw('$.k40: Anthropic')
      .with.property('code', 'limit');
    expect(() => toJsonSchema(t.type(keys(17, t.union([t.string, t.number]))), { dialect: 'anthropic' }))
      .to.throw('at most 16 choices')
      .with.include({ code: 'limit', path: '$.k16' });
  });

  it('takes no recursion, names the place, and says what to do', () => {
    expect(() => toJsonSchema(t.type({ tree: Tree }), { dialect: 'anthropic' }))
      .to.throw("$.tree.children[]: it contains itself, and Anthropic's structured outputs have no schema for that.")
      .with.property('code', 'recursion');
    const Node = z.object({
      get next() {
        return Node.optional();
      },
    });
    expect(() => toJsonSchema(Node, { dialect: 'anthropic' })).to.throw('$.next: it contains itself');
  });

  it('takes a schema that occurs twice, and words about it', () => {
    const Leaf = t.recursion<{ a: string }>('Leaf', () => t.type({ a: t.string }));
    const schema = toJsonSchema(t.type({ x: Leaf, y: Leaf, z: withDescription(Leaf, { description: 'The last.' }) }), {
      dialect: 'anthropic',
    });
    expectTaken(schema, 'anthropic');
    expect(schema.properties).to.deep.equal({
      x: { $ref: '#/$defs/Leaf' },
      y: { $ref: '#/$defs/Leaf' },
      z: { ...schema.$defs?.['Leaf'], description: 'The last.' },
    });
  });

  it('takes only keys that are names', () => {
    for (const key of ['a b', 'ä', '', 'x'.repeat(65)])
      expect(() => toJsonSchema(t.type({ in: t.type({ [key]: t.string }) }), { dialect: 'anthropic' }))
        .to.throw('Rename the key')
        .with.property('code', 'property-name');
    expectTaken(toJsonSchema(t.type({ 'a.b-C_1': t.string }), { dialect: 'anthropic' }), 'anthropic');
  });
});

describe('the open dialect', () => {
  const cases: readonly (readonly [string, z.ZodType | t.Mixed, JsonSchema])[] = [
    ['lengths as lengths', z.string().min(2).max(9), { type: 'string', minLength: 2, maxLength: 9 }],
    ['formats without a pattern', z.email(), { type: 'string', format: 'email' }],
    ['dates', z.iso.date(), { type: 'string', format: 'date' }],
    ['patterns of the user', z.string().regex(/^[a-z]+$/), { type: 'string', pattern: '^[a-z]+$' }],
    [
      'patterns in the words of a grammar',
      z.string().regex(/^(?:\d{3}-)?\d+$/),
      { type: 'string', pattern: '^([0-9]{3}-)?[0-9]+$' },
    ],
    [
      'patterns that a grammar has no words for in words',
      z.string().regex(/^\S+$/),
      { type: 'string', description: 'Matches the regular expression `^\\S+$`.' },
    ],
    [
      'every one of several patterns',
      z
        .string()
        .regex(/^[a-c]+$/)
        .regex(/^[b-d]+$/)
        .regex(/^.{3}$/),
      {
        type: 'string',
        pattern: '^[a-c]+$',
        anyOf: [{ type: 'string', pattern: '^[b-d]+$' }],
        description: 'Matches the regular expression `^.{3}$`.',
      },
    ],
    [
      'counts that are too much for a grammar in words',
      z.array(z.string().max(5000)).max(2000),
      {
        type: 'array',
        items: { type: 'string', description: 'At most 5000 characters.' },
        description: 'At most 2000 items.',
      },
    ],
    [
      'tuples by position, without a word on other items',
      z.tuple([z.string(), z.number()]),
      { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], minItems: 2, maxItems: 2 },
    ],
    ['loose objects as they are', z.looseObject({}), { type: 'object', properties: {}, additionalProperties: {} }],
    ['any value', z.unknown(), {}],
  ];
  for (const [title, schema, expected] of cases)
    it(`says ${title}`, () => {
      expect(property(schema, 'open')).to.deep.equal(expected);
    });
});
