/**
 * Does to the real clients, over HTTP, whatever servers have been seen to do, and then each kind of fault to each
 * source: it cuts an answer after every byte in three ways, stalls, answers with every status, sends garbage, duplicates and
 * split characters, other encodings and lengths, and speaks HTTP/2. `npm run faults` prints how many of each there were;
 * `npm run faults -- 7` cuts after every seventh byte, and `npm run faults -- 7 openai cut,stall` tries the sources and
 * kinds with these words in their names.
 */
import { problemOf } from '../spec/support/faults/Fault.js';
import { faults } from '../spec/support/faults/faults.js';
import { allTrials, tryAll } from '../spec/support/faults/matrix.js';
import type { Trial } from '../spec/support/faults/Trial.js';

const [step = '1', sources = '', wantedKinds = ''] = process.argv.slice(2);
const holds =
  (words: string) =>
  (name: string): boolean =>
    words.split(',').some((word) => name.includes(word));
const isSource = holds(sources);
const isKind = holds(wantedKinds);

function* wantedTrials(): Generator<Trial> {
  for (const trial of allTrials(Number(step), ({ name }) => isSource(name))) if (isKind(trial.kind)) yield trial;
}

const begun = performance.now();
let passed = 0;
let failed = 0;

/** Nothing may be thrown past the Observables. */
const stray: unknown[] = [];
process.on('unhandledRejection', (error) => stray.push(error));
process.on('uncaughtException', (error) => stray.push(error));

/** By source and kind: how many were tried, and how many of them failed. */
const rows = new Map<string, Map<string, { tried: number; failed: number }>>();

function count(source: string, kind: string, name: string, problem: string | undefined): void {
  const row = rows.get(source) ?? new Map<string, { tried: number; failed: number }>();
  rows.set(source, row);
  const cell = row.get(kind) ?? { tried: 0, failed: 0 };
  row.set(kind, cell);
  cell.tried += 1;
  if (problem === undefined) passed += 1;
  else {
    failed += 1;
    cell.failed += 1;
    console.log(`FAIL  ${source}, ${kind}, ${name}: ${problem}`);
  }
}

for (const fault of faults) count(fault.api, 'seen', fault.kind, await problemOf(fault));
await tryAll(wantedTrials(), ({ source, kind, name }, problem) => {
  count(source.name, kind, name, problem);
});
for (const error of stray) count('any', 'thrown outside the Observable', String(error), 'expected nothing');

const kinds = [...new Set([...rows.values()].flatMap((row) => [...row.keys()]))];
const widest = Math.max(...[...rows.keys()].map((source) => source.length));
const write = (first: string, cells: readonly string[]): void => {
  console.log([first.padEnd(widest), ...cells.map((cell, at) => cell.padStart(kinds[at]?.length ?? 0))].join('  '));
};
write('', kinds);
for (const [source, row] of rows)
  write(
    source,
    kinds.map((kind) => {
      const cell = row.get(kind);
      if (cell === undefined) return '-';
      return cell.failed === 0 ? String(cell.tried) : `${cell.failed}/${cell.tried}`;
    }),
  );
console.log(`${((performance.now() - begun) / 1000).toFixed(0)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
