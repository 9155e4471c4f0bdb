import { expect } from 'chai';
import * as fc from 'fast-check';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { SchemaError } from '../../lib/codecs/jsonSchema/SchemaError.js';
import { toJsonSchema } from '../../lib/codecs/jsonSchema/toJsonSchema.js';
import { showPath } from '../../lib/codecs/report/showPath.js';
import { toComplaints } from '../../lib/codecs/standardSchema/Complaint.js';
import { fromStandardSchema } from '../../lib/codecs/standardSchema/fromStandardSchema.js';
import type { StandardSchema } from '../../lib/codecs/standardSchema/StandardSchema.js';
import type { SchemaDialect } from '../../lib/completions/SchemaDialect.js';
import type { Json, JsonPath } from '../../lib/partials/PartialJson.js';
import { askedSamples } from '../support/asked/askedSamples.js';
import type { Asked } from '../support/asked/documents.js';
import { decodeText } from '../support/decodeText.js';
import { lawRuns } from '../support/lawRuns.js';
import { expectTaken } from '../support/providerRules.js';

// Formats are a promise of the schema; the documents keep it.
const ajv = new Ajv2020({ strict: true, strictTuples: false, validateFormats: false });

const PAIRS = 10;
const runs = lawRuns(1_000);
const numRuns = Math.ceil(runs.numRuns / PAIRS);

/** Where a document has a null. */
function nullsIn(value: Json, path: JsonPath = []): readonly string[] {
  if (value === null) return [`${showPath(path)}:`];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]: [string, Json]) =>
    nullsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** A schema as it is sent in a dialect, and whether an answer is what it asks for; nothing if it cannot be sent. */
function askedIn(dialect: SchemaDialect, schema: StandardSchema): ValidateFunction | undefined {
  try {
    const asked = toJsonSchema(fromStandardSchema(schema), { dialect });
    expectTaken(asked, dialect);
    return dialect === 'anthropic' && countOptional(asked) >= MOST_OPTIONAL ? undefined : ajv.compile(asked);
  } catch (error) {
    if (error instanceof SchemaError) return undefined;
    throw error;
  }
}

async function holds(schema: StandardSchema, sent: Json, meant: Json): Promise<void> {
  const expected = await schema['~standard'].validate(structuredClone(meant));
  const codec = fromStandardSchema(schema);
  const last = (await decodeText(codec, JSON.stringify(sent))).at(-1)!;
  expect(codec.decode(sent)._tag, `decode of ${JSON.stringify(sent)}`).to.equal(last._tag);
  if (expected.issues === undefined) {
    expect(last, JSON.stringify(sent)).to.deep.equal({
      _tag: 'Right',
      right: { _tag: 'Complete', value: expected.value },
    });
    return;
  }
  const message = last._tag === 'Left' ? last.left.message : expect.fail(`accepted: ${JSON.stringify(sent)}`);
  // arktype tells members of a union apart by keys that may be left out, and then misses them itself.
  const missed = toComplaints(expected).map(({ path }) => `${showPath(path)}:`);
  const nulls = nullsIn(sent).filter((path) => !missed.includes(path));
  for (const line of message.split('\n'))
    expect(
      nulls.filter((path) => line.trim().startsWith(path)),
      `${JSON.stringify(sent)}: ${message}`,
    ).to.deep.equal([]);
}

/** Anthropic takes 24 keys that may be left out; those beyond are asked for as `null`, and which these are is its matter. */
const MOST_OPTIONAL = 24;

function countOptional(schema: unknown): number {
  if (typeof schema !== 'object' || schema === null) return 0;
  const { properties, required } = schema as { readonly properties?: object; readonly required?: readonly string[] };
  const own = Array.isArray(required) ? Object.keys(properties ?? {}).length - required.length : 0;
  return Object.values(schema).reduce((sum: number, part: unknown) => sum + countOptional(part), own);
}

const dialects: readonly SchemaDialect[] = ['openai', 'anthropic', 'open'];

describe('law: a null for a key that may be left out, and takes none, means absent', () => {
  it('law 15: so the value is what the library makes of the document without it, and no message is about it', () =>
    fc.assert(
      fc.asyncProperty(
        askedSamples.chain((sample) =>
          fc
            .array(sample.documents, { minLength: PAIRS, maxLength: PAIRS })
            .map((documents) => ({ sample, documents })),
        ),
        async ({ sample: { schema }, documents }) => {
          const asked = dialects.map((dialect) => ({ dialect, isAsked: askedIn(dialect, schema) }));
          fc.pre(asked.some(({ isAsked }) => isAsked !== undefined));
          const isRight = async ({ meant }: Asked): Promise<boolean> =>
            (await schema['~standard'].validate(structuredClone(meant))).issues === undefined;
          for (const { dialect, isAsked } of asked) {
            const written = ({ sent, meant, loose }: Asked): Json =>
              ({ openai: sent, anthropic: meant, open: loose })[dialect];
            for (const document of documents)
              // arktype leaves out of its JSON Schema the literals that a condition rejects.
              if (isAsked?.(written(document)) === false)
                expect(await isRight(document), `${dialect}: ${JSON.stringify(written(document))}`).to.equal(false);
          }
          const isStrict = asked[0]?.isAsked !== undefined;
          for (const { sent, meant, loose } of documents) {
            if (isStrict) await holds(schema, sent, meant);
            if (!isStrict || JSON.stringify(loose) !== JSON.stringify(sent)) await holds(schema, loose, loose);
          }
        },
      ),
      { ...runs, numRuns },
    ));
});
