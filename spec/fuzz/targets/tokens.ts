import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  arbitraryCuts,
  arbitraryDamagedText,
  arbitraryJson,
  arbitraryJsonText,
  cutAt,
  everyUnit,
} from '../../support/arbitraryJson.js';
import { readJson, uncut } from '../../support/readJson.js';
import { readPrefix } from '../../support/readPrefix.js';
import { snapshotsOf } from '../../support/snapshotsOf.js';
import type { FuzzTarget } from '../FuzzTarget.js';

/** Documents as long as real answers, which the laws have not. */
const longText = fc
  .tuple(fc.array(arbitraryJson, { minLength: 5, maxLength: 60 }), fc.constantFrom(undefined, 2, '\t'))
  .map(([items, indent]) => JSON.stringify({ items }, null, indent));

/** Two texts, or one that another interrupts: brackets that do not fit, and much that follows. */
const spliced = fc
  .tuple(arbitraryJsonText, arbitraryJsonText, fc.nat())
  .map(([outer, inner, at]) => outer.slice(0, at % (outer.length + 1)) + inner + outer.slice(at % (outer.length + 1)));

const text = fc.oneof(
  arbitraryJsonText,
  arbitraryDamagedText,
  longText,
  spliced,
  fc.string({ unit: 'binary', maxLength: 30 }),
);

function isJson(whole: string): boolean {
  try {
    JSON.parse(whole);
    return true;
  } catch {
    return false;
  }
}

const outcomeOf = (deltas: readonly string[]): unknown => {
  const { batches, error } = readJson(deltas);
  return { tokens: uncut(batches), code: error?.code, offset: error?.offset, message: error?.message };
};

/** The verdict is that of `JSON.parse`, whatever the cuts; every snapshot is what a plain reading of its prefix gives. */
export const tokens: FuzzTarget = {
  name: 'tokens',
  property: fc.property(text, arbitraryCuts, (whole, cuts) => {
    const deltas = cutAt(whole, cuts);
    const expected = outcomeOf([whole]);
    expect(outcomeOf(deltas)).to.deep.equal(expected);
    if (whole.length < 200) expect(outcomeOf(everyUnit(whole))).to.deep.equal(expected);
    const { error } = readJson(deltas);
    if (error?.code !== 'duplicate-key') expect(error === undefined).to.equal(isJson(whole));
    if (error !== undefined) return;
    const { seen } = snapshotsOf(deltas);
    expect(seen.at(-1)?.snapshot.value).to.deep.equal(JSON.parse(whole));
    for (const { snapshot, read } of seen.slice(0, -1))
      expect(snapshot.value, `after ${read} characters`).to.deep.equal(readPrefix(whole.slice(0, read)).value);
  }),
};
