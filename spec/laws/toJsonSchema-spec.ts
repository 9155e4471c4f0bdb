import { expect } from 'chai';
import * as fc from 'fast-check';
import * as t from 'io-ts';
import { SchemaError } from '../../lib/codecs/jsonSchema/SchemaError.js';
import { toJsonSchema } from '../../lib/codecs/jsonSchema/toJsonSchema.js';
import type { Json } from '../../lib/partials/PartialJson.js';
import { arbitraryCodec } from '../support/arbitraryCodec.js';
import { arbitraryJson } from '../support/arbitraryJson.js';
import { decodeText } from '../support/decodeText.js';
import { type Mode, type SchemaSample, schemaSamples } from '../support/schemaSamples.js';
import { expectStrict, validator } from '../support/strictSchemas.js';
import { lawRuns } from '../support/lawRuns.js';

interface Pair {
  readonly sample: SchemaSample;
  readonly document: Json;
}

/** A codec prints as its name; as an object it is pages of functions. */
function pair(sample: SchemaSample, document: Json): Pair {
  return Object.assign(
    { sample, document },
    { [fc.toStringMethod]: () => `${sample.codec.name} of ${JSON.stringify(document)}` },
  );
}

const pairs = (mode: Mode): fc.Arbitrary<Pair> =>
  schemaSamples.chain((sample) => sample.documents[mode].map((document) => pair(sample, document)));

const wrapped = ({ codec }: SchemaSample): t.Mixed => t.type({ it: codec });

async function accepts(codec: t.Mixed, document: Json): Promise<boolean> {
  const last = (await decodeText(codec, [JSON.stringify(document)])).at(-1);
  return last?._tag === 'Right' && last.right._tag === 'Complete';
}

/** A document with another value somewhere, or a key more, or less. */
function mutated(document: Json): fc.Arbitrary<Json> {
  const other = fc.oneof(fc.constantFrom<Json>(null, true, 0, 1.5, '', 'a', 't1', [], {}), arbitraryJson);
  if (typeof document !== 'object' || document === null) return other;
  const entries = Object.entries(document);
  const deeper = entries.map(([key, value]) =>
    mutated(value).map((inner): Json =>
      Array.isArray(document)
        ? document.map((item, index) => (String(index) === key ? inner : (item as Json)))
        : (Object.fromEntries(entries.map(([name, old]) => [name, name === key ? inner : old])) as Json),
    ),
  );
  const less = entries.map(([key]) =>
    fc.constant<Json>(
      Array.isArray(document)
        ? document.slice(1)
        : (Object.fromEntries(entries.filter(([name]) => name !== key)) as Json),
    ),
  );
  return fc.oneof(other, ...deeper, ...less);
}

describe('law: the schema is the codec’s', () => {
  it('law 6: a document that is written for the codec satisfies the strict schema, and the decoder', () =>
    fc.assert(
      fc.asyncProperty(pairs('strict'), async ({ sample, document }) => {
        const schema = toJsonSchema(wrapped(sample));
        expectStrict(schema);
        expect(validator(schema)({ it: document }), 'satisfies the schema').to.equal(true);
        expect(await accepts(sample.codec, document), 'is accepted').to.equal(true);
      }),
      lawRuns(500),
    ));

  it('law 6: and what it decodes satisfies the schema without strict mode', () => {
    fc.assert(
      fc.property(pairs('loose'), ({ sample, document }) => {
        const schema = toJsonSchema(sample.codec, { dialect: 'open' });
        expect(validator(schema)(document), 'satisfies the schema').to.equal(true);
        expect(sample.codec.decode(document)._tag, 'is decoded').to.equal('Right');
      }),
      lawRuns(500),
    );
  });

  it('law 6: what satisfies the strict schema is decoded, where a schema can say all that the codec asks', () =>
    fc.assert(
      fc.asyncProperty(
        pairs('strict')
          .filter(({ sample }) => sample.isExact)
          .chain(({ sample, document }) => mutated(document).map((other) => pair(sample, other))),
        async ({ sample, document }) => {
          const isValid = validator(toJsonSchema(wrapped(sample)))({ it: document });
          if (isValid) expect(await accepts(sample.codec, document)).to.equal(true);
        },
      ),
      lawRuns(500),
    ));

  it('law 6: of any codec: a schema that ajv and OpenAI’s client take as it is, or a SchemaError', () => {
    fc.assert(
      fc.property(arbitraryCodec, ({ codec }) => {
        try {
          expectStrict(toJsonSchema(t.type({ it: codec })));
        } catch (error) {
          expect(error).to.be.instanceOf(SchemaError).with.property('path').that.matches(/^\$/);
        }
      }),
      lawRuns(500),
    );
  });
});
