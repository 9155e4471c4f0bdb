import { expect } from 'chai';
import * as t from 'io-ts';
import { Subject, type Observable } from 'rxjs';
import { decodeWith } from '../../lib/decoded/decodeWith.js';
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

/** The memory that a stream holds after it has read a text in deltas of four characters, in bytes. */
async function held(text: string, count: number): Promise<number> {
  const deltas = text.match(/[^]{1,4}/g) ?? [];
  const subjects: Subject<string>[] = [];
  const before = await heapUsed();
  for (let n = 0; n < count; n++) {
    const subject = new Subject<string>();
    subjects.push(subject);
    decode(subject).subscribe();
    for (const delta of deltas) subject.next(delta);
  }
  const after = await heapUsed();
  // They are used after the measuring, so they were there during it.
  for (const subject of subjects) subject.complete();
  return (after - before) / count;
}

const beginning = (length: number): string =>
  JSON.stringify({ name: 'Ann', notes: ['words '.repeat(length)] }).slice(0, length);

describe('law: what an open stream holds', function () {
  this.timeout(60_000);

  before(() => held(beginning(200), 50));

  it('law 17: at most 10 KB after 200 characters', async () => {
    expect(await held(beginning(200), 500)).to.be.below(10_000);
  });

  it('law 17: at most four times the text of a long answer', async () => {
    expect(await held(beginning(40_000), 10)).to.be.below(4 * 40_000);
  });
});
