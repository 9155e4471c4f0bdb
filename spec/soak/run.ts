/**
 * Load over five minutes, on this machine alone: `npm run soak`. `SOAK_SECONDS` makes it shorter, and the counts smaller
 * in proportion; `npm run soak -- clients` does one part. Heap, sockets, timers, and whether all that was sent has arrived.
 */
import { clients } from './clients.js';
import { cycles } from './cycles.js';
import { openStreams } from './openStreams.js';

const WHOLE = 300;
const seconds = Math.max(1, Number(process.env['SOAK_SECONDS'] ?? WHOLE));
const part = Math.min(1, seconds / WHOLE);
const share = (count: number): number => Math.max(30, Math.round(count * part));

/** Sockets, timers and the like that keep the process alive, but for the output's own. */
const resources = (): readonly string[] =>
  process.getActiveResourcesInfo().filter((name) => !['TTYWrap', 'PipeWrap', 'FSReqCallback'].includes(name));

const before = resources();
let failed = 0;
const tell = (title: string, told: string, problems: readonly string[]): void => {
  if (problems.length > 0) failed++;
  console.log([`${problems.length > 0 ? 'FAIL' : 'pass'}  ${title}: ${told}`, ...problems].join('\n      '));
};

const all = {
  streams: () => openStreams(share(10_000), seconds * 0.4),
  cycles: () => cycles(share(100_000)),
  clients: () => clients(share(300), seconds * 0.4),
};
const [wanted] = process.argv.slice(2);
const parts = Object.entries(all).filter(([name]) => wanted === undefined || name === wanted);
for (const [, run] of parts) {
  const begun = performance.now();
  const { title, told, problems } = await run();
  tell(title, `${told} (${((performance.now() - begun) / 1000).toFixed(0)} s)`, problems);
}

// Connections that `fetch` keeps for the next request are let go after some seconds.
for (let waited = 0; resources().length > before.length && waited < 100; waited++)
  await new Promise((next) => setTimeout(next, 100));
const left = resources();
tell(
  'sockets and timers',
  `${left.length} after, ${before.length} before`,
  left.length > before.length ? [left.join()] : [],
);

console.log(`${parts.length + 1 - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
