/**
 * The CPU of one answer in deltas of 4 characters, checked by zod: with a partial for each delta, with `auditTime` behind,
 * with `sample`, and without any partial. `npm run rates`.
 */
import { accumulatePartial, decodeWith, toJsonTokens } from '../lib/index.js';
import { auditTime, from, interval, lastValueFrom, NEVER, type OperatorFunction } from 'rxjs';
import { z } from 'zod';
import { median } from './measure.js';

const codec = z.object({ items: z.array(z.object({ id: z.number(), name: z.string(), note: z.string() })) });
const text = JSON.stringify({
  items: Array.from({ length: 400 }, (_, id) => ({ id, name: `name ${id}`, note: 'wants it by letter' })),
});
const deltas = text.match(/[^]{1,4}/g) ?? [];

const decode = decodeWith(codec);
const ways: Readonly<Record<string, OperatorFunction<string, unknown>>> = {
  'a partial for each delta': (source) => source.pipe(toJsonTokens(), accumulatePartial(), decode),
  'auditTime(50) behind': (source) => source.pipe(toJsonTokens(), accumulatePartial(), decode, auditTime(50)),
  'sample: interval(50)': (source) => source.pipe(toJsonTokens(), accumulatePartial({ sample: interval(50) }), decode),
  'sample: NEVER': (source) => source.pipe(toJsonTokens(), accumulatePartial({ sample: NEVER }), decode),
};

const times = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
for (let round = 0; round < 30; round++)
  for (const [name, way] of Object.entries(ways)) {
    const before = process.cpuUsage();
    await lastValueFrom(from(deltas).pipe(way));
    const { user, system } = process.cpuUsage(before);
    // The first rounds warm up.
    if (round >= 15) times.get(name)?.push((user + system) / 1000);
  }

console.log(`${text.length} characters in ${deltas.length} deltas, Node ${process.version}`);
for (const [name, each] of times) {
  const milliseconds = median(each);
  console.log(
    `${name.padEnd(26)} ${milliseconds.toFixed(1)} ms   ${((milliseconds * 1000) / deltas.length).toFixed(2)} µs per delta`,
  );
}
