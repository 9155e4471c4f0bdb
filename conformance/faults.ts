/**
 * Does to the real SDK clients, over HTTP, whatever servers have been seen to do, and cuts an answer of each API after
 * every byte, in three ways: the connection breaks, ends, or is silent. `npm run faults` prints how many of each there
 * were, and what came; `npm run faults -- 7` cuts after every seventh byte.
 */
import { cutsOf, problemOfCut } from '../spec/support/faults/cuts.js';
import { problemOf } from '../spec/support/faults/Fault.js';
import { faults } from '../spec/support/faults/faults.js';

let wrong = 0;

const byApi = new Map<string, number>();
for (const fault of faults) {
  const problem = await problemOf(fault);
  byApi.set(fault.api, (byApi.get(fault.api) ?? 0) + 1);
  console.log(`${problem === undefined ? 'pass' : 'FAIL'}  ${fault.api}: ${fault.kind}`);
  if (problem === undefined) continue;
  wrong += 1;
  console.log(`        ${problem}`);
}

/** By API, ending and place of the cut: how often what came. */
const came = new Map<string, number>();
let cuts = 0;
for await (const cut of cutsOf(Number(process.argv[2] ?? 1))) {
  cuts += 1;
  const place = cut.isBetween ? 'between two events' : 'inside an event';
  const [kind = '', detail = ''] = cut.comes.split(' ');
  const what = kind === 'IncompleteCompletionError' ? `${kind} ${detail}` : kind;
  const row = `${cut.api}  ${cut.ending} ${place}: ${what}`;
  came.set(row, (came.get(row) ?? 0) + 1);
  const problem = problemOfCut(cut);
  if (problem === undefined) continue;
  wrong += 1;
  console.log(`FAIL  ${cut.api}, ${cut.ending} after ${cut.bytes} bytes: ${problem}`);
}

for (const [row, count] of [...came].sort(([a], [b]) => a.localeCompare(b))) console.log(`${row}  ${count}`);
console.log(
  `${faults.length} faults (${[...byApi].map(([api, count]) => `${api} ${count}`).join(', ')}), ${cuts} cuts`,
);
console.log(`${faults.length + cuts - wrong} passed, ${wrong} failed`);
process.exitCode = wrong === 0 ? 0 : 1;
