import { expect } from 'chai';
import { problemOf } from '../support/faults/Fault.js';
import { faults } from '../support/faults/faults.js';
import { allTrials, tryAll } from '../support/faults/matrix.js';
import type { Trial } from '../support/faults/Trial.js';

/** One of so many faults: all of them are `npm run faults`. */
const RARE = 23;

/** Some of every kind for every source: a step that no count of them shares meets another one in each. */
function* someTrials(): Generator<Trial> {
  let nth = 0;
  for (const trial of allTrials(37)) if (trial.kind === 'none' || nth++ % RARE === 0) yield trial;
}

describe('what servers really send', () => {
  for (const fault of faults)
    it(`${fault.api}: ${fault.kind}`, async () => {
      expect(await problemOf(fault)).to.equal(undefined);
    }).timeout(30_000);

  it('ends in the right answer or in the right error, whatever a server does', async () => {
    const problems: string[] = [];
    let tried = 0;
    await tryAll(someTrials(), ({ source, kind, name }, problem) => {
      tried += 1;
      if (problem !== undefined) problems.push(`${source.name}, ${kind}, ${name}: ${problem}`);
    });
    expect(problems).to.deep.equal([]);
    expect(tried).to.be.greaterThan(300);
  }).timeout(180_000);
});
