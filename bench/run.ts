/*
 * What it costs to show a document grow, beside the peers, on the same deltas in the same run. Only the ratios mean
 * anything: the milliseconds are those of the machine and of the day.
 */
import { parse } from 'jsonriver';
import { parse as parsePartialJson } from 'partial-json';
import { JSONParser } from '@streamparser/json';
import * as t from 'io-ts';
import { from, Subject, tap, type Observable } from 'rxjs';
import {
  accumulatePartial,
  applyPatches,
  decodeWith,
  toJsonTokens,
  toPatches,
  type PartialJson,
} from '../lib/index.js';
import { compare, median, report } from './measure.js';
import { deltasOf, Records, records } from './records.js';

const ROUNDS = Number(process.argv[2] ?? 15);

const text = records(200_000);
const deltas = deltasOf(text);
const shortDeltas = deltasOf(records(20_000));

async function* asyncOf(list: readonly string[]): AsyncGenerator<string> {
  for (const item of list) yield await Promise.resolve(item);
}

async function jsonriver(list: readonly string[]): Promise<unknown> {
  let value: unknown;
  for await (const snapshot of parse(asyncOf(list))) value = snapshot;
  return value;
}

function lastOf<T>(source: Observable<T>): T | undefined {
  let last: T | undefined;
  source.subscribe((value) => {
    last = value;
  });
  return last;
}

function streamparser(list: readonly string[]): unknown {
  const parser = new JSONParser({ emitPartialValues: true, emitPartialTokens: true });
  let value: unknown;
  parser.onValue = (emitted) => {
    value = emitted.value;
  };
  for (const delta of list) parser.write(delta);
  return value;
}

const partials = (list: readonly string[]) => from(list).pipe(toJsonTokens(), accumulatePartial());
/** The sample fires before a delta is read, so that both are driven by the one source. */
function sampled(list: readonly string[]): Observable<PartialJson> {
  const sample = new Subject<void>();
  let read = 0;
  const paced = from(list).pipe(
    tap(() => {
      if (read++ % 16 === 0) sample.next();
    }),
  );
  return paced.pipe(toJsonTokens(), accumulatePartial({ sample }));
}
const decoded = (list: readonly string[]) => partials(list).pipe(decodeWith(Records));

console.log(
  `${text.length} characters in ${deltas.length} deltas; medians of ${ROUNDS} rounds; node ${process.version}`,
);

report(
  'Deltas to a snapshot per delta',
  await compare(ROUNDS, {
    'jsonriver: one value, mutated': () => jsonriver(deltas),
    'toJsonTokens, accumulatePartial: immutable snapshots': () => lastOf(partials(deltas)),
    'toJsonTokens alone': () => lastOf(from(deltas).pipe(toJsonTokens())),
    '@streamparser/json: partial values': () => streamparser(deltas),
  }),
);

report(
  'Deltas to typed, validated partials',
  await compare(ROUNDS, {
    'jsonriver: nothing validated': () => jsonriver(deltas),
    'toJsonTokens, accumulatePartial, decodeWith': () => lastOf(decoded(deltas)),
  }),
);

report(
  'The same on a tenth of the text, beside reading it all again at every delta',
  await compare(ROUNDS, {
    'jsonriver: nothing validated': () => jsonriver(shortDeltas),
    'toJsonTokens, accumulatePartial, decodeWith': () => lastOf(decoded(shortDeltas)),
    'partial-json, io-ts at every delta': () => {
      let answer = '';
      let result: unknown;
      for (const delta of shortDeltas) {
        answer += delta;
        result = Records.decode(parsePartialJson(answer));
      }
      return result;
    },
  }),
);

/** Milliseconds of each fifth of the deltas. */
function fifths(list: readonly string[], codec: t.Mixed): number[] {
  const times: number[] = [];
  const size = Math.ceil(list.length / 5);
  const paced = (function* () {
    for (const [at, delta] of list.entries()) {
      if (at % size === 0) times.push(performance.now());
      yield delta;
    }
    times.push(performance.now());
  })();
  lastOf(from(paced).pipe(toJsonTokens(), accumulatePartial(), decodeWith(codec)));
  return times.slice(1).map((time, i) => time - (times[i] ?? time));
}

function reportFifths(title: string, list: readonly string[], codec: t.Mixed): void {
  const warmUps = 5;
  const rounds = Array.from({ length: ROUNDS + warmUps }, () => fifths(list, codec)).slice(warmUps);
  const names = [1, 2, 3, 4, 5].map((n) => `fifth ${n} of the deltas, typed and validated`);
  report(title, new Map(names.map((name, n) => [name, median(rounds.map((round) => round[n] ?? NaN))])));
}

// The open list is copied for each snapshot; nothing else grows.
const items: unknown[] = (JSON.parse(text) as { items: unknown[] }).items;
const pages = Array.from({ length: Math.ceil(items.length / 30) }, (_, at) => ({
  items: items.slice(at * 30, at * 30 + 30),
}));
reportFifths('The cost of a delta, by where in the answer it stands: one list', deltas, Records);
reportFifths(
  'The cost of a delta, by where in the answer it stands: the same records in lists of 30',
  deltasOf(JSON.stringify({ pages })),
  t.type({ pages: t.array(Records) }),
);

const slim = deltasOf(
  JSON.stringify({ items: Array.from({ length: 5_000 }, (_, id) => ({ id, name: `User ${id}`, age: 30 })) }),
);
report(
  'Snapshots of a list of 5,000 small records: the open list is copied for each',
  await compare(Math.min(ROUNDS, 5), {
    'jsonriver: one value, mutated': () => jsonriver(slim),
    'toJsonTokens, accumulatePartial: immutable snapshots': () => lastOf(partials(slim)),
    'the same, sampled at every 16th delta': () => lastOf(sampled(slim)),
  }),
);

const essay = deltasOf(JSON.stringify({ essay: 'All work and no play. '.repeat(9_000) }));
report(
  'One string of 200,000 characters',
  await compare(Math.min(ROUNDS, 5), {
    'jsonriver: one value, mutated': () => jsonriver(essay),
    'toJsonTokens, accumulatePartial: immutable snapshots': () => lastOf(partials(essay)),
    'toJsonTokens, accumulatePartial, toPatches': () => lastOf(partials(essay).pipe(toPatches())),
    'and applyPatches': () => lastOf(partials(essay).pipe(toPatches(), applyPatches())),
  }),
);

const wideArray = deltasOf(JSON.stringify(Array.from({ length: 20_000 }, (_, i) => i)));
const wideObject = deltasOf(
  JSON.stringify(Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`key${i}`, i]))),
);
const narrow = (list: readonly string[]) => (): PartialJson | undefined => lastOf(partials(list));
report(
  'Snapshots of what is wide and flat',
  await compare(Math.min(ROUNDS, 5), {
    'jsonriver, array of 20,000 numbers': () => jsonriver(wideArray),
    'immutable snapshots, array of 20,000 numbers': narrow(wideArray),
    'jsonriver, object of 1,000 keys': () => jsonriver(wideObject),
    'immutable snapshots, object of 1,000 keys': narrow(wideObject),
  }),
);
