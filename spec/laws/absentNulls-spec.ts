import { expect } from 'chai';
import * as fc from 'fast-check';
import type { JsonSchema } from '../../lib/codecs/jsonSchema/JsonSchema.js';
import { SchemaError } from '../../lib/codecs/jsonSchema/SchemaError.js';
import { toJsonSchema } from '../../lib/codecs/jsonSchema/toJsonSchema.js';
import { showPath } from '../../lib/codecs/report/showPath.js';
import { toComplaints } from '../../lib/codecs/standardSchema/Complaint.js';
import { fromStandardSchema } from '../../lib/codecs/standardSchema/fromStandardSchema.js';
import type { StandardSchema } from '../../lib/codecs/standardSchema/StandardSchema.js';
import type { Json, JsonPath } from '../../lib/partials/PartialJson.js';
import { askedSamples, type AskedPair } from '../support/askedSamples.js';
import { decodeText } from '../support/decodeText.js';
import { lawRuns } from '../support/lawRuns.js';
import { validator } from '../support/strictSchemas.js';

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

/** The sent schema; nothing if it cannot be sent. */
function askedFor(schema: StandardSchema): JsonSchema | undefined {
  try {
    return toJsonSchema(fromStandardSchema(schema));
  } catch (error) {
    if (error instanceof SchemaError) return undefined;
    throw error;
  }
}

async function holds(
  schema: StandardSchema,
  isAsked: (document: Json) => boolean,
  { sent, meant }: AskedPair,
): Promise<void> {
  expect(isAsked(sent), 'the document is what was asked for').to.equal(true);
  const expected = await schema['~standard'].validate(structuredClone(meant));
  const codec = fromStandardSchema(schema);
  const last = (await decodeText(codec, JSON.stringify(sent))).at(-1)!;
  expect(codec.decode(sent)._tag).to.equal(last._tag);
  if (expected.issues === undefined) {
    expect(last).to.deep.equal({ _tag: 'Right', right: { _tag: 'Complete', value: expected.value } });
    return;
  }
  const message = last._tag === 'Left' ? last.left.message : expect.fail('accepted');
  // arktype tells members of a union apart by keys that may be left out, and then misses them itself.
  const missed = toComplaints(expected).map(({ path }) => `${showPath(path)}:`);
  const nulls = nullsIn(sent).filter((path) => !missed.includes(path));
  for (const line of message.split('\n'))
    expect(nulls.filter((path) => line.trim().startsWith(path))).to.deep.equal([]);
}

describe('law: a null for a key that may be left out, and takes none, means absent', () => {
  it('law 15: so the value is what the library makes of the document without it, and no message is about it', () =>
    fc.assert(
      fc.asyncProperty(
        askedSamples.chain((sample) =>
          fc.array(sample.pairs, { minLength: PAIRS, maxLength: PAIRS }).map((pairs) => ({ sample, pairs })),
        ),
        async ({ sample: { schema }, pairs }) => {
          const asked = askedFor(schema);
          fc.pre(asked !== undefined);
          const validate = validator(asked);
          for (const pair of pairs) await holds(schema, (document) => validate(document), pair);
        },
      ),
      { ...runs, numRuns },
    ));
});
