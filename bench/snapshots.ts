/**
 * CPU of a snapshot and of an Either per delta, beside jsonriver, which mutates one value and validates nothing. Each
 * contestant has a process of its own, which it shares with nothing that ran before: `npm run snapshots`.
 */
import { parse } from 'jsonriver';
import * as t from 'io-ts';
import { from, type Observable } from 'rxjs';
import { accumulatePartial, decodeWith, toJsonTokens } from '../lib/index.js';
import { median } from './measure.js';
import { processesOf } from './processes.js';
import { deltasOf, Records, records } from './records.js';

const Pages = t.type({ pages: t.array(Records) });

const whole = JSON.parse(records(200_000)) as { items: unknown[] };
const pages = Array.from({ length: Math.ceil(whole.items.length / 30) }, (_, at) => ({
  items: whole.items.slice(at * 30, at * 30 + 30),
}));
const texts: Readonly<Record<string, { readonly deltas: readonly string[]; readonly codec: t.Mixed }>> = {
  'one list of 900 records': { deltas: deltasOf(JSON.stringify(whole)), codec: Records },
  'lists of 30 records': { deltas: deltasOf(JSON.stringify({ pages })), codec: Pages },
};

async function* asyncOf(list: readonly string[]): AsyncGenerator<string> {
  for (const item of list) yield await Promise.resolve(item);
}

function run(source: Observable<unknown>): void {
  source.subscribe();
}

const contestants: Readonly<Record<string, (deltas: readonly string[], codec: t.Mixed) => unknown>> = {
  jsonriver: async (deltas) => {
    let value: unknown;
    for await (const snapshot of parse(asyncOf(deltas))) value = snapshot;
    return value;
  },
  'toJsonTokens alone': (deltas) => {
    run(from(deltas).pipe(toJsonTokens()));
  },
  'a snapshot per delta': (deltas) => {
    run(from(deltas).pipe(toJsonTokens(), accumulatePartial()));
  },
  'an Either per delta': (deltas, codec) => {
    run(from(deltas).pipe(toJsonTokens(), accumulatePartial(), decodeWith(codec)));
  },
};

const [title = '', name = ''] = process.argv.slice(2);
const text = texts[title];
if (text === undefined) {
  const inProcess = await processesOf(import.meta.url);
  for (const each of Object.keys(texts)) {
    console.log(`200 KB in deltas of 4 characters: ${each}`);
    // Twice in turns, and the lesser: other work on the machine only ever adds.
    const times = [1, 2].map(() => Object.keys(contestants).map((contestant) => inProcess(each, contestant)));
    const [bare = NaN, ...others] = Object.keys(contestants).map((_, at) =>
      Math.min(...times.map((list) => list[at] ?? NaN)),
    );
    for (const [at, cpu] of [bare, ...others].entries())
      console.log(
        `  ${(Object.keys(contestants)[at] ?? '').padEnd(24)} ${cpu.toFixed(1).padStart(7)} ms ${(cpu / bare).toFixed(2).padStart(6)} ×`,
      );
  }
} else {
  const times: number[] = [];
  for (let round = 0; round < 25; round += 1) {
    const before = process.cpuUsage();
    await contestants[name]?.(text.deltas, text.codec);
    const { user, system } = process.cpuUsage(before);
    if (round >= 10) times.push((user + system) / 1000);
  }
  console.log(median(times));
}
