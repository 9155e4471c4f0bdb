import { expect } from 'chai';
import * as t from 'io-ts';
import { Subject, type Observable } from 'rxjs';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import type { CompletionModel } from '../../lib/completions/CompletionModel.js';
import { decodeWith } from '../../lib/decoded/decodeWith.js';
import { textDeltas } from '../../lib/deltas/textDeltas.js';
import { accumulatePartial } from '../../lib/partials/accumulatePartial.js';
import { toJsonTokens } from '../../lib/tokens/toJsonTokens.js';
import { collectGarbage } from '../support/collectGarbage.js';

const codec = t.type({ name: t.string, notes: t.array(t.string) });
const decode = (deltas: Observable<string>): Observable<unknown> =>
  deltas.pipe(toJsonTokens(), accumulatePartial(), decodeWith(codec));

async function heapUsed(): Promise<number> {
  await collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Subscribes to a stream, and gives it its deltas. */
interface Stream {
  next(delta: string): void;
  complete(): void;
}

function openOperators(): Stream {
  const deltas = new Subject<string>();
  decode(deltas).subscribe();
  return deltas;
}

/** A whole completion, whose model is asked by nobody else. */
function openCompletion(): Stream {
  const events = new Subject<CompletionEvent>();
  const model: CompletionModel<never> = { dialect: 'open', ask: () => events, toText: () => textDeltas() };
  structuredCompletion(model, { codec, messages: [] }).subscribe({ error: () => undefined });
  return {
    next: (text) => {
      events.next({ type: 'text-delta', text });
    },
    complete: () => {
      events.complete();
    },
  };
}

/** The memory that a stream holds after it has read a text in deltas of four characters, in bytes. */
async function held(text: string, count: number, open: () => Stream): Promise<number> {
  const deltas = text.match(/[^]{1,4}/g) ?? [];
  const streams: Stream[] = [];
  const before = await heapUsed();
  for (let n = 0; n < count; n++) {
    const stream = open();
    streams.push(stream);
    for (const delta of deltas) stream.next(delta);
  }
  const after = await heapUsed();
  // They are used after the measuring, so they were there during it.
  for (const stream of streams) stream.complete();
  return (after - before) / count;
}

const beginning = (length: number): string =>
  JSON.stringify({ name: 'Ann', notes: ['words '.repeat(length)] }).slice(0, length);

describe('law: what an open stream holds', function () {
  this.timeout(300_000);

  before(async () => {
    for (const open of [openOperators, openCompletion]) await held(beginning(200), 50, open);
  });

  it('law 17: at most 10 KB after 200 characters', async () => {
    expect(await held(beginning(200), 500, openOperators)).to.be.below(10_000);
  });

  it('law 17: a whole completion at most twice what its three operators hold', async () => {
    const operators = await held(beginning(200), 500, openOperators);
    expect(await held(beginning(200), 500, openCompletion)).to.be.below(2 * operators);
  });

  for (const [title, open] of [
    ['the three operators', openOperators],
    ['a whole completion', openCompletion],
  ] as const)
    it(`law 17: at most four times the text of a long answer: ${title}`, async () => {
      expect(await held(beginning(40_000), 10, open)).to.be.below(4 * 40_000);
    });

  it('law 17: a longer answer adds to a completion its text, its value and little more', async () => {
    const [short, long] = [
      await held(beginning(20_000), 20, openCompletion),
      await held(beginning(60_000), 20, openCompletion),
    ];
    expect((long - short) / 40_000).to.be.below(3);
  });
});
