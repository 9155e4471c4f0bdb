import { expect } from 'chai';
import * as fc from 'fast-check';
import type * as t from 'io-ts';
import { toCodec } from '../../../lib/codecs/standardSchema/toCodec.js';
import type { Json } from '../../../lib/partials/PartialJson.js';
import { arbitraryCuts, cutAt } from '../../support/arbitraryJson.js';
import { decodeText } from '../../support/decodeText.js';
import type { FuzzTarget } from '../FuzzTarget.js';
import { arbitraryShape, documentsOf, libraries, meaningOf, type Shape } from '../shapes.js';

const input = arbitraryShape
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      document: documentsOf(shape),
      library: fc.constantFrom(...Object.keys(libraries)),
      cuts: arbitraryCuts,
      failFast: fc.boolean(),
    }),
  )
  .map((made) => ({
    ...made,
    toString: () => `${made.library}: ${JSON.stringify(made.shape)} of ${JSON.stringify(made.document)}`,
  }));

/**
 * The codec, where the library can say the shape: arktype makes no unions that it cannot tell apart, and throws where it
 * looks for a key in a string.
 */
function codecFor(library: string, shape: Shape, document: Json): t.Mixed | undefined {
  try {
    const schema = libraries[library]!(shape);
    if ('~standard' in schema) void schema['~standard'].validate(document);
    return toCodec(schema);
  } catch (error) {
    if (library === 'arktype') return undefined;
    throw error;
  }
}

/** One shape in io-ts, zod, valibot, arktype or Effect: the same verdict and value, that of a plain reading. */
export const schemas: FuzzTarget = {
  name: 'decoding with io-ts, zod, valibot, arktype and Effect',
  property: fc.asyncProperty(input, async ({ shape, document, library, cuts, failFast }) => {
    const codec = codecFor(library, shape, document);
    fc.pre(codec !== undefined);
    const all = await decodeText(codec, cutAt(JSON.stringify(document), cuts), { failFast });
    const meaning = meaningOf(shape, document);
    const last = all.at(-1)!;
    expect(last._tag).to.equal(meaning === undefined ? 'Left' : 'Right');
    if (last._tag === 'Left') expect(last.left.message.length).to.be.within(1, 4096);
    else expect(last.right).to.deep.equal({ _tag: 'Complete', value: meaning?.value });
  }),
};
