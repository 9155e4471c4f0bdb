import { expect } from 'chai';
import { concat, EMPTY, from, map, NEVER, of, pipe, take, type OperatorFunction } from 'rxjs';
import { accumulatePartial } from '../../../lib/partials/accumulatePartial.js';
import type { Json, PartialJson } from '../../../lib/partials/PartialJson.js';
import type { PartialPatch } from '../../../lib/partials/patches/PartialPatch.js';
import { toPatches } from '../../../lib/partials/patches/toPatches.js';
import { toJsonTokens } from '../../../lib/tokens/toJsonTokens.js';
import { accumulateJson } from '../../support/accumulateJson.js';
import { marbles } from '../../support/marbles.js';

const partials: OperatorFunction<string, PartialJson> = pipe(toJsonTokens(), accumulatePartial());

const deltas = { a: '{"na', b: 'me":"Jo', c: 'hn"}' };

const patches: Record<string, PartialPatch> = {
  a: { operations: [{ op: 'add', path: '', value: {} }] },
  b: { operations: [{ op: 'add', path: '/name', value: 'Jo' }], path: ['name'] },
  c: { operations: [{ op: 'append', path: '/name', value: 'hn' }], path: [], complete: true },
};

const patchesOf = (...snapshots: PartialJson[]): PartialPatch[] => {
  const seen: PartialPatch[] = [];
  from(snapshots)
    .pipe(toPatches())
    .subscribe((patch) => seen.push(patch));
  return seen;
};

/** The patch of the last of two values that were made by hand. */
const operationsBetween = (before: Json, after: Json): unknown =>
  patchesOf({ value: before, path: [], complete: false }, { value: after, path: [], complete: false })[1]?.operations;

describe('toPatches', () => {
  it(
    'emits what each partial adds to the one before',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  --a---b------c--|', deltas);
      const expected = '     --a---b------c--|';
      expectObservable(source.pipe(partials, toPatches())).toBe(expected, patches);
      expectSubscriptions(source.subscriptions).toBe('^---------------!');
    }),
  );

  it('tells a change of the path alone, and nothing twice', () => {
    const [open, closed] = accumulateJson(['["a', '"', ']']);
    expect(patchesOf(open!, open!, closed!, closed!)).to.deep.equal([
      { operations: [{ op: 'add', path: '', value: ['a'] }], path: [0] },
      { operations: [], path: [] },
    ]);
  });

  it('tells the completion alone', () => {
    expect(patchesOf(...accumulateJson(['1'])).at(-1)).to.deep.equal({ operations: [], complete: true });
  });

  it('adds to strings, replaces numbers, adds members and elements, in places of any name', () => {
    const parts = ['{"a/b":{"~c":["x', 'y",1', '2,{"":', 'true}]}}'];
    expect(patchesOf(...accumulateJson(parts)).map(({ operations }) => operations)).to.deep.equal([
      [{ op: 'add', path: '', value: { 'a/b': { '~c': ['x'] } } }],
      [
        { op: 'append', path: '/a~1b/~0c/0', value: 'y' },
        { op: 'add', path: '/a~1b/~0c/1', value: 1 },
      ],
      [
        { op: 'replace', path: '/a~1b/~0c/1', value: 12 },
        { op: 'add', path: '/a~1b/~0c/2', value: {} },
      ],
      [{ op: 'add', path: '/a~1b/~0c/2/', value: true }],
    ]);
  });

  it('replaces what does not extend what was there', () => {
    expect(operationsBetween({ a: 1, b: 2 }, { a: 1 })).to.deep.equal([{ op: 'replace', path: '', value: { a: 1 } }]);
    expect(operationsBetween({ a: 1, b: 2 }, { a: 2 })).to.deep.equal([{ op: 'replace', path: '', value: { a: 2 } }]);
    expect(operationsBetween({ a: [1, 2] }, { a: [1] })).to.deep.equal([{ op: 'replace', path: '/a', value: [1] }]);
    expect(operationsBetween({ a: [] }, { a: {} })).to.deep.equal([{ op: 'replace', path: '/a', value: {} }]);
    expect(operationsBetween({ a: {} }, { a: [] })).to.deep.equal([{ op: 'replace', path: '/a', value: [] }]);
    expect(operationsBetween({ a: 'xy' }, { a: 'x' })).to.deep.equal([{ op: 'replace', path: '/a', value: 'x' }]);
    expect(operationsBetween({ a: null }, { a: 'x' })).to.deep.equal([{ op: 'replace', path: '/a', value: 'x' }]);
    expect(operationsBetween([[1], 2], [[1], 3])).to.deep.equal([{ op: 'replace', path: '/1', value: 3 }]);
  });

  it('has no patch for a document of which nothing is there yet', () => {
    const nothing: PartialJson = { value: undefined, path: [], complete: false };
    expect(patchesOf(nothing, ...accumulateJson(['[]']))).to.deep.equal([
      { operations: [{ op: 'add', path: '', value: [] }], complete: true },
    ]);
  });

  it('starts anew where another document begins', () => {
    const documents = [...accumulateJson(['{"a":[1,2]}']), ...accumulateJson(['{', '"b":1}'])];
    expect(patchesOf(...documents)).to.deep.equal([
      { operations: [{ op: 'add', path: '', value: { a: [1, 2] } }], complete: true },
      { operations: [{ op: 'replace', path: '', value: {} }] },
      { operations: [{ op: 'add', path: '/b', value: 1 }], complete: true },
    ]);
  });

  it('is about as long as what was written, however long the document', () => {
    const text = JSON.stringify({ essay: 'x'.repeat(5000), list: Array.from({ length: 500 }, () => 'y') });
    const parts = text.match(/.{1,4}/g) ?? [];
    for (const patch of patchesOf(...accumulateJson(parts))) expect(JSON.stringify(patch).length).to.be.below(120);
  });

  it(
    'completes empty with an empty source, waits with one that never emits, and passes an error',
    marbles(({ cold, expectObservable }) => {
      expectObservable(EMPTY.pipe(toPatches())).toBe('|');
      expectObservable(NEVER.pipe(toPatches())).toBe('-');
      const failing = cold('a-b-#', deltas, new Error('connection reset'));
      expectObservable(failing.pipe(partials, toPatches())).toBe('a-b-#', patches, new Error('connection reset'));
    }),
  );

  it(
    'is over when it is unsubscribed from',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  --a---b------c--|', deltas);
      expectObservable(source.pipe(partials, toPatches()), '-------!').toBe('--a---b-', patches);
      expectSubscriptions(source.subscriptions).toBe('^------!');
    }),
  );

  it('is over when it is unsubscribed from within next, while the source is being subscribed to', () => {
    const read: string[] = [];
    of('[', '1', ',2', ']')
      .pipe(
        map((delta) => {
          read.push(delta);
          return delta;
        }),
        partials,
        toPatches(),
        take(2),
      )
      .subscribe();
    expect(read).to.deep.equal(['[', '1']);
  });

  it('starts anew with each subscription', () => {
    const whole = from(accumulateJson(['[1', ',2]'])).pipe(toPatches());
    const seen: PartialPatch[] = [];
    concat(whole, whole).subscribe((patch) => seen.push(patch));
    expect(seen.slice(0, 2)).to.deep.equal(seen.slice(2));
  });
});
