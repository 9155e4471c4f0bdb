import { expect } from 'chai';
import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { arbitraryCodec } from '../../support/arbitraryCodec.js';
import { arbitraryCuts, cutAt } from '../../support/arbitraryJson.js';
import { arbitraryPool } from '../../support/arbitraryPool.js';
import { mostly } from '../../support/codecSamples.js';
import { decodeText } from '../../support/decodeText.js';
import { decodeWhole } from '../../support/decodeWhole.js';
import { inhabitsPartial } from '../../support/inhabitsPartial.js';
import type { FuzzTarget } from '../FuzzTarget.js';

const input = fc
  .oneof({ weight: 3, arbitrary: arbitraryCodec }, { weight: 1, arbitrary: arbitraryPool })
  .chain((sample) =>
    fc.record({
      sample: fc.constant(sample),
      document: mostly(sample.documents),
      cuts: arbitraryCuts,
      failFast: fc.boolean(),
      indent: fc.constantFrom(0, 1),
    }),
  )
  .map((made) => ({
    ...made,
    toString: () => `${made.sample.codec.name} of ${JSON.stringify(made.document)} at ${made.cuts.join()}`,
  }));

/** Codecs of io-ts, through all stages: the verdict and the value of a plain reading, and partials of their type. */
export const ioTs: FuzzTarget = {
  name: 'decoding with io-ts',
  property: fc.asyncProperty(input, async ({ sample, document, cuts, failFast, indent }) => {
    const text = JSON.stringify(document, null, indent);
    const all = await decodeText(sample.codec, cutAt(text, cuts), { failFast });
    const whole = decodeWhole(sample, JSON.parse(text));
    const last = all.at(-1)!;
    expect(last._tag).to.equal(whole === undefined ? 'Left' : 'Right');
    if (last._tag === 'Left') expect(last.left.message.length).to.be.within(1, 4096);
    for (const either of all) {
      if (either._tag === 'Left') continue;
      const value: unknown = either.right.value;
      if (either.right._tag === 'Complete')
        expect(isDeepStrictEqual(value, whole?.value), 'has the value').to.equal(true);
      else expect(inhabitsPartial(sample, value), JSON.stringify(value)).to.equal(true);
    }
  }),
};
