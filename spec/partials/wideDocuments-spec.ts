import { expect } from 'chai';
import * as t from 'io-ts';
import { from, map, tap } from 'rxjs';
import { decodeWith } from '../../lib/decoded/decodeWith.js';
import { accumulatePartial } from '../../lib/partials/accumulatePartial.js';
import type { PartialJson } from '../../lib/partials/PartialJson.js';
import { textOf } from '../../lib/partials/textOf.js';
import { toJsonTokens } from '../../lib/tokens/toJsonTokens.js';

const record = (keys: number): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: keys }, (_, n) => [`key ${n}`, n])));

function inPieces(text: string, length = 6): readonly string[] {
  return text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [];
}

interface Shown {
  readonly partials: readonly PartialJson[];
  /** The least part of what had been read that was on show at any time. */
  readonly least: number;
}

function show(text: string): Shown {
  const partials: PartialJson[] = [];
  let read = 0;
  let shown = 0;
  let least = 1;
  from(inPieces(text))
    .pipe(
      tap((delta) => (read += delta.length)),
      toJsonTokens(),
      tap(() => (least = Math.min(least, read < 500 ? 1 : shown / (read - 6)))),
      accumulatePartial(),
    )
    .subscribe((partial) => {
      partials.push(partial);
      shown = textOf(partial).length;
    });
  return { partials, least };
}

describe('wide documents', () => {
  for (const [title, text] of [
    ['an object of 20,000 keys', record(20_000)],
    ['a list of 60,000 numbers', JSON.stringify(Array.from({ length: 60_000 }, (_, n) => n % 10))],
    ['wide objects within each other', `{"a":${record(3000).slice(0, -1)},"more":${record(4000)}}}`],
  ] as const)
    it(`show at least half of what is written, and the whole at the end: ${title}`, () => {
      const { partials, least } = show(text);
      expect(least).to.be.above(0.5);
      expect(partials.at(-1)).to.deep.equal({ value: JSON.parse(text) as unknown, path: [], complete: true });
    });

  for (const [title, write] of [
    ['objects', record],
    ['arrays', (count: number) => JSON.stringify(Array.from({ length: count }, (_, n) => n))],
  ] as const)
    it(`are copied as rarely as their width demands: ${title}`, () => {
      const copied = (count: number): number =>
        show(write(count)).partials.reduce((sum, { value }) => sum + Object.keys(value as object).length, 0);
      // Twice the children, twice the copying. Eager snapshots would take four times as much.
      expect(copied(16_000) / copied(8000)).to.be.below(2.5);
    });

  it('are shown with every delta up to 1,000 keys or 2,000 elements, and again once the wide container has closed', () => {
    for (const text of [record(900), JSON.stringify(Array.from({ length: 1900 }, (_, n) => n))])
      expect(show(text).partials.length).to.be.above(inPieces(text).length / 2);
    const closed = `[${record(3000)},"${'after'.repeat(40)}"]`;
    const after = show(closed).partials.filter(({ path }) => path[0] === 1);
    expect(after.length).to.be.above(30);
  });

  it('show a long string that is written into one of them while it grows', () => {
    const text = `${record(5000).slice(0, -1)},"long":"${'word '.repeat(20_000)}"}`;
    const lengths = show(text)
      .partials.map(({ value }) => (value as Record<string, unknown>)['long'])
      .filter((value) => typeof value === 'string')
      .map(({ length }) => length);
    expect(lengths.length).to.be.above(5);
  });

  it('are decoded to the same verdict, right or wrong', () => {
    const verdict = (text: string): readonly string[] => {
      const verdicts: string[] = [];
      from(inPieces(text))
        .pipe(
          toJsonTokens(),
          accumulatePartial(),
          decodeWith(t.record(t.string, t.number)),
          map((either) => (either._tag === 'Left' ? either.left.message : either.right._tag)),
        )
        .subscribe((each) => {
          if (each !== 'Partial') verdicts.push(each);
        });
      return verdicts;
    };
    expect(verdict(record(3000))).to.deep.equal(['Complete']);
    const wrong = `${record(3000).slice(0, -1)},"last":true}`;
    expect(verdict(wrong)).to.deep.equal(['$.last: expected number, got true']);
  });
});
