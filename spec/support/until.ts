import { expect } from 'chai';
import { setTimeout } from 'node:timers/promises';

/** Waits for what is about to happen elsewhere, ten seconds at most. */
export async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition() && waited < 10_000; waited += 5) await setTimeout(5);
  expect(condition(), 'it did not happen').to.equal(true);
}
