import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import * as fc from 'fast-check';
import * as t from 'io-ts';
import * as z from 'zod';
import { hasObjectRoot } from '../../lib/answers/hasObjectRoot.js';
import type { JsonSchema } from '../../lib/codecs/jsonSchema/JsonSchema.js';
import { SchemaError } from '../../lib/codecs/jsonSchema/SchemaError.js';
import { toJsonSchema } from '../../lib/codecs/jsonSchema/toJsonSchema.js';
import { fromStandardSchema } from '../../lib/codecs/standardSchema/fromStandardSchema.js';
import type { SchemaDialect } from '../../lib/completions/SchemaDialect.js';
import type { Json } from '../../lib/partials/PartialJson.js';
import { arbitraryCodec } from '../support/arbitraryCodec.js';
import { askedSamples } from '../support/asked/askedSamples.js';
import { lawRuns } from '../support/lawRuns.js';
import { expectTaken } from '../support/providerRules.js';
import { schemaSamples } from '../support/schemaSamples.js';

const dialects: readonly SchemaDialect[] = ['openai', 'anthropic', 'open'];

// Formats are a promise of the codec; the schema only names them.
const ajv = new Ajv2020({ strict: true, strictTuples: false, validateFormats: false });
const compile = (schema: JsonSchema): ValidateFunction => ajv.compile(schema);

/** The schema of a codec in an object; nothing where the provider takes no schema for it, and says why. */
function schemaIn(codec: t.Mixed, dialect: SchemaDialect): JsonSchema | undefined {
  try {
    return toJsonSchema(t.type({ it: codec }), { dialect });
  } catch (error) {
    expect(error).to.be.instanceOf(SchemaError).with.property('path').that.matches(/^\$/);
    return undefined;
  }
}

/** A schema of zod, and documents that it accepts. */
interface ZodSample {
  readonly schema: z.ZodType;
  readonly documents: fc.Arbitrary<Json>;
}

const sample = (schema: z.ZodType, documents: fc.Arbitrary<Json>): ZodSample => ({ schema, documents });
const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '0', '-', '.', '/', '"', ' ', '\\'), maxLength: 8 });
const matching = (schema: z.ZodType, documents: fc.Arbitrary<Json>): ZodSample =>
  sample(
    schema,
    documents.filter((document) => schema.safeParse(document).success),
  );

const leaves: readonly ZodSample[] = [
  sample(z.string(), letters),
  matching(z.string().min(2).max(6), letters),
  sample(z.string().max(4000), letters),
  sample(z.iso.date(), fc.constant('2024-02-29')),
  sample(z.iso.time(), fc.constantFrom('10:20', '10:20:30')),
  sample(z.uuid(), fc.uuid({ version: 4 })),
  sample(z.email(), fc.constant('ann@example.com')),
  sample(z.email().regex(/@example/), fc.constant('ann@example.com')),
  sample(z.string().regex(/^\d+(?:\.\d+)?$/), fc.constantFrom('1', '1.5')),
  sample(z.string().regex(/^a/i).min(1), fc.constantFrom('a', 'A')),
  sample(
    z
      .string()
      .regex(/^[ab]+$/)
      .regex(/^.{2}$/)
      .regex(/^\w+$/),
    fc.constantFrom('ab', 'bb'),
  ),
  sample(
    z.string().startsWith('a'),
    letters.map((text) => `a${text}`),
  ),
  sample(z.templateLiteral(['v', z.int()]), fc.constantFrom('v1', 'v-3')),
  sample(z.int(), fc.integer()),
  sample(z.number().gt(0).lt(9).multipleOf(0.5), fc.constantFrom(0.5, 8.5)),
  sample(z.int().min(1).max(5), fc.integer({ min: 1, max: 5 })),
  sample(z.boolean(), fc.boolean()),
  sample(z.enum(['a', 'b']), fc.constantFrom('a', 'b')),
  sample(z.literal(['a', 1, null]), fc.constantFrom('a', 1, null)),
  sample(z.tuple([z.string(), z.int(), z.boolean()]), fc.tuple(letters, fc.integer(), fc.boolean())),
  sample(z.tuple([z.string()], z.number()), fc.constantFrom<Json>(['a'], ['a', 1, 2])),
];

const tied = fc.letrec<{ sample: ZodSample }>((tie) => ({
  sample: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: fc.constantFrom(...leaves) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.dictionary(fc.constantFrom('a', 'b', 'c d', '1'), tie('sample'), { noNullPrototype: true }),
          fc.boolean(),
        )
        .map(([props, isLoose]) => {
          const shape = Object.fromEntries(Object.entries(props).map(([key, { schema }]) => [key, schema]));
          const documents = Object.fromEntries(Object.entries(props).map(([key, part]) => [key, part.documents]));
          return sample(isLoose ? z.looseObject(shape) : z.object(shape), fc.record(documents));
        }),
    },
    {
      weight: 1,
      arbitrary: tie('sample').map(({ schema, documents }) =>
        sample(z.array(schema).min(1).max(3), fc.array(documents, { minLength: 1, maxLength: 3 })),
      ),
    },
    {
      weight: 1,
      arbitrary: tie('sample').map(({ schema, documents }) => sample(schema.nullable(), fc.option(documents))),
    },
    {
      weight: 1,
      arbitrary: tie('sample').map(({ schema, documents }) => sample(schema.describe('It.'), documents)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('sample'), tie('sample'))
        .map(([a, b]) => sample(z.union([a.schema, b.schema]), fc.oneof(a.documents, b.documents))),
    },
  ),
}));

/** A codec prints as its name; as an object it is pages of functions. */
const codecs = arbitraryCodec.map(({ codec }) => Object.assign({ codec }, { [fc.toStringMethod]: () => codec.name }));

/** A pair for who reads the counterexample. */
const printed = (codec: { readonly name: string }, document: Json): string =>
  `${codec.name} of ${JSON.stringify(document)}`;

describe('law: a dialect is what its provider takes', () => {
  for (const dialect of dialects) {
    it(`law 6: whatever the codec, in the dialect ${dialect}`, () => {
      fc.assert(
        fc.property(codecs, ({ codec }) => {
          const schema = schemaIn(codec, dialect);
          if (schema === undefined) return;
          compile(schema);
          expectTaken(schema, dialect);
        }),
        lawRuns(100),
      );
    });

    it(`law 6: a document that is written for the codec satisfies it, in the dialect ${dialect}`, () => {
      const mode = dialect === 'openai' ? 'strict' : 'loose';
      const pairs = schemaSamples.chain(({ codec, documents }) =>
        documents[mode].map((document) =>
          Object.assign({ codec, document }, { [fc.toStringMethod]: () => printed(codec, document) }),
        ),
      );
      fc.assert(
        fc.property(pairs, ({ codec, document }) => {
          const schema = schemaIn(codec, dialect);
          if (schema === undefined) return;
          expectTaken(schema, dialect);
          expect(compile(schema)({ it: document }), JSON.stringify(schema)).to.equal(true);
        }),
        lawRuns(100),
      );
    });

    it(`law 6: so it is for schemas of zod, in the dialect ${dialect}`, () => {
      const pairs = tied.sample.chain(({ schema, documents }) => documents.map((document) => ({ schema, document })));
      fc.assert(
        fc.property(pairs, ({ schema, document }) => {
          const codec = fromStandardSchema(schema);
          const written = schemaIn(codec, dialect);
          if (written === undefined) return;
          expectTaken(written, dialect);
          expect(compile(written)({ it: document }), JSON.stringify([written, document])).to.equal(true);
        }),
        lawRuns(100),
      );
    });
  }

  for (const dialect of dialects)
    it(`law 6: and for schemas of valibot, arktype and Effect, in the dialect ${dialect}`, () => {
      const others = askedSamples.filter(({ vendor }) => vendor !== 'zod');
      const pairs = others.chain((one) => one.documents.map((document) => ({ one, document })));
      return fc.assert(
        fc.asyncProperty(pairs, async ({ one: { schema }, document: { sent, meant, loose } }) => {
          const written = schemaIn(fromStandardSchema(schema), dialect);
          if (written === undefined) return;
          expectTaken(written, dialect);
          const document = { openai: sent, anthropic: meant, open: loose }[dialect];
          if (compile(written)({ it: document })) return;
          // arktype leaves out the literals that a condition rejects; Anthropic asks for some keys as `null`, where
          // too many may be left out.
          const isRight = (await schema['~standard'].validate(structuredClone(meant))).issues === undefined;
          expect(isRight && dialect !== 'anthropic', JSON.stringify([written, document])).to.equal(false);
        }),
        lawRuns(100),
      );
    });

  it('law 6: the root is one that can be sent, or is wrapped', () => {
    fc.assert(
      fc.property(codecs, fc.constantFrom(...dialects), ({ codec }, dialect) => {
        const root = hasObjectRoot(codec, { dialect }) ? codec : t.strict({ value: codec });
        try {
          expect(toJsonSchema(root, { dialect })).to.have.property('type', 'object');
        } catch (error) {
          expect(error).to.be.instanceOf(SchemaError).with.property('code').that.does.not.equal('root');
        }
      }),
      lawRuns(100),
    );
  });
});
