import { expect } from 'chai';
import * as z from 'zod';
import { fromStandardSchema } from '../../../lib/codecs/standardSchema/fromStandardSchema.js';
import { decodeText } from '../../support/decodeText.js';

/** Members that fit a document equally badly: the first does not know the key that is wrong. */
const schema = z.union([
  z.object({ k: z.literal('a') }),
  z.object({
    count: z.union([z.object({ n: z.number() }), z.record(z.string(), z.number())]).optional(),
    k: z.literal('b'),
  }),
]);

describe('validateAsked', () => {
  it('rejects a wrong value of a key that one member knows, also where extra keys are stripped', async () => {
    const json = '{"count":"","k":"b"}';
    for (const pieces of [[json], json]) {
      const eithers = await decodeText(fromStandardSchema(schema), pieces, { excess: 'strip' });
      expect(eithers.at(-1)).to.have.property('_tag', 'Left');
    }
  });

  it('strips keys that the member which is taken does not know', async () => {
    const [last] = (await decodeText(fromStandardSchema(schema), ['{"k":"a","x":1}'], { excess: 'strip' })).slice(-1);
    expect(last).to.have.nested.property('right.value').that.deep.equals({ k: 'a' });
  });
});
