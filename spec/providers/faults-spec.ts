import { expect } from 'chai';
import { cutsOf, problemOfCut } from '../support/faults/cuts.js';
import { problemOf } from '../support/faults/Fault.js';
import { faults } from '../support/faults/faults.js';

describe('what servers really send', () => {
  for (const fault of faults)
    it(`${fault.api}: ${fault.kind}`, async () => {
      expect(await problemOf(fault)).to.equal(undefined);
    }).timeout(8000);

  it('is cut anywhere: interrupted before the answer has ended, and whole after', async () => {
    const problems: string[] = [];
    for await (const cut of cutsOf(37)) {
      const problem = problemOfCut(cut);
      if (problem !== undefined) problems.push(`${cut.api} ${cut.ending} after ${cut.bytes}: ${problem}`);
    }
    expect(problems).to.deep.equal([]);
  }).timeout(20000);
});
