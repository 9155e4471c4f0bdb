import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import { expect } from 'chai';
import { Schema } from 'effect';
import * as v from 'valibot';
import * as z from 'zod';
import type { JsonSchema } from '../../../lib/codecs/jsonSchema/JsonSchema.js';
import { SchemaError } from '../../../lib/codecs/jsonSchema/SchemaError.js';
import { toJsonSchema } from '../../../lib/codecs/jsonSchema/toJsonSchema.js';
import type { StandardSchema } from '../../../lib/codecs/standardSchema/StandardSchema.js';

/** The schema that is sent for the property `it`, without strict mode. */
function asked(schema: StandardSchema): JsonSchema | undefined {
  return toJsonSchema(schema, { dialect: 'open' }).properties?.['it'];
}

function errorOf(schema: StandardSchema, dialect: 'open' | 'openai'): SchemaError {
  try {
    toJsonSchema(schema, { dialect });
  } catch (error) {
    if (error instanceof SchemaError) return error;
    throw error;
  }
  throw new Error('there is a schema');
}

const valibot = (it: v.GenericSchema): StandardSchema => toStandardJsonSchema(v.object({ it }));
const Struct = Schema.toStandardJSONSchemaV1(
  Schema.toStandardSchemaV1(Schema.Struct({ it: Schema.Struct({ a: Schema.String }) })),
);

describe('what libraries leave out of their JSON Schema', () => {
  describe('flags, which are told instead', () => {
    const flagged = { type: 'string', description: 'Matches the regular expression `/^a$/i`.' };
    const cases: readonly (readonly [string, StandardSchema])[] = [
      ['zod', z.object({ it: z.string().regex(/^a$/i) })],
      ['arktype', type({ it: /^a$/i })],
      ['valibot', valibot(v.pipe(v.string(), v.regex(/^a$/i)))],
    ];
    for (const [library, schema] of cases)
      it(`of ${library}`, () => {
        expect(asked(schema)).to.deep.equal(flagged);
      });
  });

  describe('every pattern but one', () => {
    const both = { type: 'string', pattern: '^[ab]+$', anyOf: [{ type: 'string', pattern: '^[bc]+$' }] };
    const cases: readonly (readonly [string, StandardSchema])[] = [
      [
        'zod',
        z.object({
          it: z
            .string()
            .regex(/^[ab]+$/)
            .regex(/^[bc]+$/),
        }),
      ],
      ['arktype', type({ it: type('/^[ab]+$/').and('/^[bc]+$/') })],
      ['valibot', valibot(v.pipe(v.string(), v.regex(/^[ab]+$/), v.regex(/^[bc]+$/)))],
    ];
    for (const [library, schema] of cases)
      it(`of ${library}`, () => {
        expect(asked(schema)).to.deep.equal(both);
      });
  });

  describe('that a pattern is that of the format', () => {
    const email = { type: 'string', format: 'email' };
    it('of zod, arktype and valibot', () => {
      expect(asked(z.object({ it: z.email() }))).to.deep.equal(email);
      expect(asked(type({ it: 'string.email' }))).to.deep.equal(email);
      expect(asked(valibot(v.pipe(v.string(), v.email())))).to.deep.equal(email);
    });

    it('and not that of the user, who is heard as well', () => {
      const schema = z.object({ it: z.email().regex(/^[a-z]+@example[.]com$/) });
      expect(asked(schema)).to.deep.equal({ ...email, pattern: '^[a-z]+@example[.]com$' });
    });
  });

  it('that nothing may be there', () => {
    for (const schema of [
      z.object({ it: z.undefined(), a: z.string() }),
      z.object({ it: z.literal(undefined), a: z.string() }),
      toStandardJsonSchema(v.object({ it: v.undefined(), a: v.string() })),
    ])
      expect(Object.keys(toJsonSchema(schema).properties ?? {})).to.deep.equal(['a']);
    const choice = z.object({ it: z.union([z.string(), z.undefined()]) });
    expect(asked(choice)).to.deep.equal({ type: 'string' });
    expect(toJsonSchema(choice, { dialect: 'open' })).to.not.have.property('required');
  });

  it('that other keys are dropped', () => {
    expect(asked(Struct)).to.deep.equal({
      type: 'object',
      properties: { a: { type: 'string' } },
      required: ['a'],
      additionalProperties: false,
    });
  });

  describe('which JSON is meant, in every dialect and in the words of the library', () => {
    const cases: readonly (readonly [string, StandardSchema, string, string])[] = [
      ['z.date()', z.object({ it: z.date() }), '$.it: z.date()', 'z.iso.datetime().transform('],
      ['z.coerce.date()', z.object({ it: z.coerce.date().optional() }), '$.it: z.coerce.date()', '.meta({ type:'],
      ['z.bigint()', z.object({ it: z.array(z.bigint()) }), '$.it[]: z.bigint()', 'z.coerce.bigint().meta('],
      ['z.literal(1n)', z.object({ it: z.literal(1n) }), '$.it: z.literal()', '.transform(BigInt)'],
      ['z.map()', z.object({ it: z.map(z.string(), z.number()) }), '$.it: z.map()', 'new Map(entries)'],
      ['z.set()', z.object({ it: z.set(z.string()).describe('Tags.') }), '$.it: z.set()', 'new Set(items)'],
      ['z.custom()', z.object({ it: z.custom() }), '$.it: z.custom()', '.meta({ type:'],
      ['z.file()', z.object({ it: z.file() }), '$.it: z.file()', 'z.string()'],
      ['a member', z.object({ it: z.union([z.string(), z.date()]) }), '$.it: z.date()', 'z.iso.datetime()'],
      ['v.date()', valibot(v.date()), '$.it: v.date()', 'v.isoTimestamp()'],
      ['v.map()', valibot(v.map(v.string(), v.number())), '$.it: v.map()', 'new Map(entries)'],
      ['a Date of arktype', type({ it: 'Date' }), '$.it: it has no JSON form', "type('string.date.iso.parse')"],
      ['a Map of arktype', type({ it: 'Map' }), '$.it: it has no JSON form', 'new Map(entries)'],
      ['a plain schema of valibot', v.object({ it: v.string() }), '$: valibot schema', 'toStandardJsonSchema(schema)'],
      ['a plain list of valibot', v.array(v.string()), '$: valibot schema', 'toStandardJsonSchema(schema)'],
    ];
    for (const [title, schema, problem, advice] of cases)
      it(title, () => {
        for (const dialect of ['open', 'openai'] as const) {
          const { code, message } = errorOf(schema, dialect);
          expect(code).to.equal('no-schema');
          expect(message)
            .to.include(problem)
            .and.include(advice)
            .and.not.match(/\bt\.\w/);
        }
      });

    it('unless the user says it', () => {
      const schema = z.object({ it: z.coerce.date().meta({ type: 'string', format: 'date-time' }) });
      expect(asked(schema)).to.deep.equal({ type: 'string', format: 'date-time' });
    });
  });

  describe('advice for what strict mode does not take is in the words of the library', () => {
    const cases: readonly (readonly [string, StandardSchema, string])[] = [
      ['zod', z.object({ it: z.record(z.string(), z.number()) }), 'z.array(z.object({ key: z.string(), value: … }))'],
      ['zod', z.object({ it: z.unknown() }), 'z.union([z.string(), z.number()])'],
      ['zod', z.array(z.string()), 'z.object({ value: … })'],
      ['valibot', valibot(v.record(v.string(), v.number())), 'v.array(v.object('],
      ['arktype', type({ it: { '[string]': 'number' } }), "type({ key: 'string', value: … }).array()"],
    ];
    for (const [library, schema, advice] of cases)
      it(`${library}: ${advice}`, () => {
        expect(errorOf(schema, 'openai').message)
          .to.include(advice)
          .and.not.match(/\bt\.\w/);
      });
  });
});
