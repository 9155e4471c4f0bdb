/**
 * The operators alone, beside the peers: the deltas of a report, in memory, to a partial per delta. `npm run peers`.
 */
import { parsePartialJson as parseOfAi } from 'ai';
import { parsePartialJson as parseOfLangchain } from '@langchain/core/output_parsers';
import { JSONParser } from '@streamparser/json';
import { isRight } from 'fp-ts/lib/Either.js';
import { parse as parseOfJsonriver } from 'jsonriver';
import { parse as parseOfPartialJson } from 'partial-json';
import { from, type Observable } from 'rxjs';
import { accumulatePartial, decodeWith, toJsonTokens } from '../lib/index.js';
import { contest, printScores, printSetting, type Contestant, type Run } from './contest.js';
import { deltasOf } from './records.js';
import { ReportCodec, reportOf, ReportSchema } from './report.js';

async function* asyncOf(deltas: readonly string[]): AsyncGenerator<string> {
  for (const delta of deltas) yield await Promise.resolve(delta);
}

/** Reads the whole text again at every delta. */
const reading =
  (parse: (text: string) => unknown) =>
  (deltas: readonly string[]): Run =>
  async (show) => {
    let text = '';
    let value: unknown;
    for (const delta of deltas) {
      text += delta;
      value = await parse(text);
      show(value);
    }
    return value;
  };

function lastOf<T>(source: Observable<T>, read: (value: T) => unknown, show: (partial: unknown) => void): unknown {
  let last: unknown;
  source.subscribe((value) => {
    last = read(value);
    show(last);
  });
  return last;
}

const partials = (deltas: readonly string[]) => from(deltas).pipe(toJsonTokens(), accumulatePartial());

const decoding =
  (codec: typeof ReportCodec | typeof ReportSchema) =>
  (deltas: readonly string[]): Run =>
  (show) => {
    let last: unknown;
    partials(deltas)
      .pipe(decodeWith(codec))
      .subscribe((answer) => {
        if (!isRight(answer)) throw new Error(answer.left.message);
        last = answer.right.value;
        if (answer.right._tag === 'Partial') show(last);
      });
    return last;
  };

const ways: Readonly<Record<string, (deltas: readonly string[]) => Run>> = {
  'jsonriver, one value that it mutates, not validated': (deltas) => async (show) => {
    let value: unknown;
    for await (const snapshot of parseOfJsonriver(asyncOf(deltas))) {
      value = snapshot;
      show(value);
    }
    return value;
  },
  'toJsonTokens, accumulatePartial': (deltas) => (show) => lastOf(partials(deltas), ({ value }) => value, show),
  'the same and decodeWith(io-ts)': decoding(ReportCodec),
  'the same and decodeWith(zod)': decoding(ReportSchema),
  '@streamparser/json, not validated': (deltas) => (show) => {
    const parser = new JSONParser({ emitPartialValues: true, emitPartialTokens: true });
    let root: unknown;
    // A value that is not whole is not yet in the object that holds it.
    parser.onValue = ({ value, key, parent, stack, partial }) => {
      if (partial === true && value !== undefined && typeof key === 'string' && parent !== undefined)
        Reflect.set(parent, key, value);
      root = stack.length === 0 ? value : ((stack[1]?.value ?? parent) as unknown);
    };
    for (const delta of deltas) {
      parser.write(delta);
      if (root !== undefined) show(root);
    }
    return root;
  },
  'partial-json at every delta, not validated': reading(parseOfPartialJson),
  '@langchain/core parsePartialJson at every delta, not validated': reading(parseOfLangchain),
  'ai parsePartialJson at every delta, not validated': reading(async (text) => (await parseOfAi(text)).value),
};

const contestants: readonly Contestant[] = Object.entries(ways).map(([name, way]) => ({
  name,
  prepare: (size) => way(deltasOf(JSON.stringify(reportOf(size)))),
}));

const sizes = [20_000, 40_000];
const scores = await contest(import.meta.url, contestants, sizes, reportOf);
if (scores !== undefined) {
  printSetting('The operators alone: a report of 20 KB in deltas of 4 characters');
  printScores(scores, sizes);
}
