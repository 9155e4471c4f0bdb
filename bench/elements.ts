/*
 * What an element of a list of 5,000 costs in structuredElements, by where in the list it stands, and the whole list
 * beside jsonriver, which shows the list and validates nothing. `npx tsx elements.ts`, from this folder.
 */
import { parse } from 'jsonriver';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { Subject } from 'rxjs';
import { structuredElements, type CompletionEvent } from '../lib/index.js';
import { scriptedModel } from '../lib/testing/index.js';
import { compare, median, report } from './measure.js';
import { deltasOf } from './records.js';

const COUNT = 5_000;
const ROUNDS = Number(process.argv[2] ?? 15);

const User = t.type({ id: t.number, name: t.string, tags: t.array(t.string) });
const users = Array.from({ length: COUNT }, (_, id) => ({ id, name: `User number ${id}`, tags: ['a', 'b'] }));
const deltas = deltasOf(JSON.stringify({ items: users }));

/** Milliseconds of each fifth of the elements. */
function fifths(): number[] {
  const times = [performance.now()];
  const events = new Subject<CompletionEvent>();
  let seen = 0;
  structuredElements(scriptedModel([events]), { codec: User, messages: ['Users?'] }).subscribe((element) => {
    if (E.isLeft(element)) throw new Error(element.left.message);
    if (++seen % (COUNT / 5) === 0) times.push(performance.now());
  });
  for (const text of deltas) events.next({ type: 'text-delta', text });
  if (seen !== COUNT) throw new Error(`${seen} of ${COUNT} elements came`);
  return times.slice(1).map((time, i) => time - (times[i] ?? time));
}

async function* deltasOneByOne(): AsyncGenerator<string> {
  for (const delta of deltas) yield await Promise.resolve(delta);
}

async function jsonriver(): Promise<void> {
  let snapshots = 0;
  for await (const _ of parse(deltasOneByOne())) snapshots += 1;
  if (snapshots < COUNT) throw new Error(`${snapshots} snapshots of ${COUNT} elements came`);
}

fifths();
const rounds = Array.from({ length: ROUNDS }, fifths);
report(
  `${COUNT} elements in ${deltas.length} deltas: the cost of an element, by where in the list it stands`,
  new Map(
    [0, 1, 2, 3, 4].map((n) => [`fifth ${n + 1} of the elements`, median(rounds.map((round) => round[n] ?? NaN))]),
  ),
);
report(
  `${COUNT} elements in ${deltas.length} deltas: the whole list`,
  await compare(ROUNDS, { 'jsonriver, shown and not validated': jsonriver, structuredElements: fifths }),
);
