import { expect } from 'chai';
import { EMPTY, from, NEVER, take } from 'rxjs';
import { applyPatches } from '../../../lib/partials/patches/applyPatches.js';
import { JsonPatchError } from '../../../lib/partials/patches/JsonPatchError.js';
import type { Json, PartialJson } from '../../../lib/partials/PartialJson.js';
import type { PartialPatch, PatchOperation } from '../../../lib/partials/patches/PartialPatch.js';
import { growthOf } from '../../support/growthOf.js';
import { marbles } from '../../support/marbles.js';

const patches: Record<string, PartialPatch> = {
  a: { operations: [{ op: 'add', path: '', value: {} }] },
  b: { operations: [{ op: 'add', path: '/name', value: 'Jo' }], path: ['name'] },
  c: { operations: [{ op: 'append', path: '/name', value: 'hn' }], path: [], complete: true },
  x: { operations: [{ op: 'append', path: '/x', value: 'y' }] },
};

const partials: Record<string, PartialJson> = {
  a: { value: {}, path: [], complete: false },
  b: { value: { name: 'Jo' }, path: ['name'], complete: false },
  c: { value: { name: 'John' }, path: [], complete: true },
};

/** The document after operations on one that is there, or the message of the error. */
function applied(document: Json, ...operations: PatchOperation[]): unknown {
  let result: unknown;
  from<PartialPatch[]>([{ operations: [{ op: 'add', path: '', value: document }] }, { operations }])
    .pipe(applyPatches())
    .subscribe({
      next: ({ value }) => (result = value),
      error: (error: unknown) => (result = error instanceof JsonPatchError ? error.message : error),
    });
  return result;
}

describe('applyPatches', () => {
  it(
    'makes the partials again',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  --a---b------c--|', patches);
      const expected = '     --a---b------c--|';
      expectObservable(source.pipe(applyPatches())).toBe(expected, partials);
      expectSubscriptions(source.subscriptions).toBe('^---------------!');
    }),
  );

  it(
    'errors with a patch that does not fit, and lets the source go',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('a-x-b|', patches);
      const error = new JsonPatchError({ op: 'append', path: '/x', value: 'y' }, 'nothing is there');
      expectObservable(source.pipe(applyPatches())).toBe('a-#', partials, error);
      expectSubscriptions(source.subscriptions).toBe('^-!');
    }),
  );

  it('applies add and replace as RFC 6902 has them, and append', () => {
    expect(applied([1, 3], { op: 'add', path: '/1', value: 2 })).to.deep.equal([1, 2, 3]);
    expect(applied([1], { op: 'add', path: '/1', value: 2 })).to.deep.equal([1, 2]);
    expect(applied([1], { op: 'add', path: '/-', value: 2 })).to.deep.equal([1, 2]);
    expect(applied({ a: 1 }, { op: 'add', path: '/a', value: 2 })).to.deep.equal({ a: 2 });
    expect(applied({ a: 1 }, { op: 'add', path: '', value: [] })).to.deep.equal([]);
    expect(applied({ a: 1 }, { op: 'replace', path: '', value: [] })).to.deep.equal([]);
    expect(applied({ a: [1] }, { op: 'replace', path: '/a/0', value: 2 })).to.deep.equal({ a: [2] });
    expect(applied('a', { op: 'append', path: '', value: 'b' })).to.equal('ab');
    expect(applied({ 'a/b': { '~': { '': 'x' } } }, { op: 'append', path: '/a~1b/~0/', value: 'y' })).to.deep.equal({
      'a/b': { '~': { '': 'xy' } },
    });
    expect(applied({ '~1': 'x' }, { op: 'append', path: '/~01', value: 'y' })).to.deep.equal({ '~1': 'xy' });
    expect(applied({}, { op: 'add', path: '/__proto__', value: { a: 1 } })).to.deep.equal(
      JSON.parse('{"__proto__":{"a":1}}'),
    );
  });

  it('errors with the reason if a patch does not fit', () => {
    expect(applied([1], { op: 'add', path: '/2', value: 2 })).to.equal('cannot add at "/2": no such index');
    expect(applied([1], { op: 'add', path: '/01', value: 2 })).to.equal('cannot add at "/01": no such index');
    expect(applied([1], { op: 'replace', path: '/1', value: 2 })).to.equal('cannot replace at "/1": nothing is there');
    expect(applied([1], { op: 'replace', path: '/-', value: 2 })).to.equal('cannot replace at "/-": nothing is there');
    expect(applied({}, { op: 'replace', path: '/a', value: 2 })).to.equal('cannot replace at "/a": nothing is there');
    expect(applied({}, { op: 'add', path: '/a/b', value: 2 })).to.equal('cannot add at "/a/b": nothing is there');
    expect(applied({}, { op: 'add', path: '/toString/b', value: 2 })).to.contain('nothing is there');
    expect(applied('a', { op: 'add', path: '/b', value: 2 })).to.equal(
      'cannot add at "/b": nothing there has children',
    );
    expect(applied([1], { op: 'append', path: '/0', value: 'x' })).to.equal('cannot append at "/0": not a string');
    const noText = JSON.parse('{"op":"append","path":"","value":{"toString":null}}') as PatchOperation;
    expect(applied('a', noText)).to.equal('cannot append at "": not a string');
    expect(applied({}, { op: 'add', path: 'a', value: 2 })).to.equal('cannot add at "a": not a JSON Pointer');
    expect(applied({}, { op: 'add', path: '/~2', value: 2 })).to.equal('cannot add at "/~2": not a JSON Pointer');
    const foreign = JSON.parse('{"op":"remove","path":"/0"}') as PatchOperation;
    expect(applied(['a'], foreign)).to.equal('cannot remove at "/0": unknown operation');
  });

  it('errors if there is no document to change', () => {
    const messages = ['', '/a'].map((path) => {
      let message = '';
      from<PartialPatch[]>([{ operations: [{ op: 'replace', path, value: 1 }] }])
        .pipe(applyPatches())
        .subscribe({ error: (error: unknown) => (message = (error as Error).message) });
      return message;
    });
    expect(messages).to.deep.equal([
      'cannot replace at "": nothing is there',
      'cannot replace at "/a": nothing there has children',
    ]);
  });

  it('goes on with another document after a complete one', () => {
    const seen: PartialJson[] = [];
    from([patches.a!, patches.b!, patches.c!, patches.a!])
      .pipe(applyPatches())
      .subscribe((partial) => seen.push(partial));
    expect(seen.at(-1)).to.deep.equal({ value: {}, path: [], complete: false });
  });

  it('never changes a snapshot, and shares what a patch does not touch', () => {
    const seen: PartialJson[] = [];
    from<PartialPatch[]>([
      { operations: [{ op: 'add', path: '', value: { a: [{ b: 'x' }], c: [] } }] },
      { operations: [{ op: 'append', path: '/a/0/b', value: 'y' }] },
      { operations: [{ op: 'add', path: '/c/0', value: 1 }] },
    ])
      .pipe(applyPatches())
      .subscribe((partial) => seen.push(partial));
    expect(seen.map(({ value }) => value)).to.deep.equal([
      { a: [{ b: 'x' }], c: [] },
      { a: [{ b: 'xy' }], c: [] },
      { a: [{ b: 'xy' }], c: [1] },
    ]);
    const [first, second, third] = seen.map(({ value }) => value as Record<string, Json>);
    expect(second?.c).to.equal(first?.c);
    expect(third?.a).to.equal(second?.a);
  });

  it(
    'completes empty with an empty source, waits with one that never emits, and passes an error',
    marbles(({ cold, expectObservable }) => {
      expectObservable(EMPTY.pipe(applyPatches())).toBe('|');
      expectObservable(NEVER.pipe(applyPatches())).toBe('-');
      const failing = cold('a-b-#', patches, new Error('connection reset'));
      expectObservable(failing.pipe(applyPatches())).toBe('a-b-#', partials, new Error('connection reset'));
    }),
  );

  it(
    'is over when it is unsubscribed from',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  --a---b------c--|', patches);
      expectObservable(source.pipe(applyPatches()), '-------!').toBe('--a---b-', partials);
      expectSubscriptions(source.subscriptions).toBe('^------!');
    }),
  );

  it('starts anew with each subscription, and ends within next', () => {
    const source = from([patches.a!, patches.b!]).pipe(applyPatches());
    const seen: unknown[] = [];
    source.pipe(take(1)).subscribe(({ value }) => seen.push(value));
    source.subscribe(({ value }) => seen.push(value));
    expect(seen).to.deep.equal([{}, {}, { name: 'Jo' }]);
  });

  it('copies an object once for a patch, however many keys it adds', () => {
    const growth = growthOf([1000, 8000], (size) => {
      const operations = Array.from({ length: size }, (_, n): PatchOperation => ({
        op: 'add',
        path: `/${n}k`,
        value: n,
      }));
      const start: PartialPatch = { operations: [{ op: 'add', path: '', value: {} }] };
      return {
        units: size,
        run: () => {
          from([start, { operations }]).pipe(applyPatches()).subscribe();
        },
      };
    });
    // Copying it for each key would cost eight times as much per key.
    expect(growth).to.be.below(4);
  });
});
