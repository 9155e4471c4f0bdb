import { expect } from 'chai';
import { first, from, map, NEVER, of, pipe, Subject, take, type OperatorFunction } from 'rxjs';
import { accumulatePartial } from '../../lib/partials/accumulatePartial.js';
import type { JsonPath, PartialJson } from '../../lib/partials/PartialJson.js';
import { textOf } from '../../lib/partials/textOf.js';
import { valueAt } from '../../lib/partials/valueAt.js';
import { toJsonTokens } from '../../lib/tokens/toJsonTokens.js';
import { accumulateJson } from '../support/accumulateJson.js';
import { marbles } from '../support/marbles.js';

const partials: OperatorFunction<string, PartialJson> = pipe(toJsonTokens(), accumulatePartial());

const deltas = { a: '{"user":', b: '{"name":"', c: 'Jo', d: '"', e: ',"age":3', f: '},"x":[', g: ']}' };

const name: Record<string, PartialJson> = {
  b: { value: '', path: [], complete: false },
  c: { value: 'Jo', path: [], complete: false },
  d: { value: 'Jo', path: [], complete: true },
};

const user: Record<string, PartialJson> = {
  b: { value: { name: '' }, path: ['name'], complete: false },
  c: { value: { name: 'Jo' }, path: ['name'], complete: false },
  d: { value: { name: 'Jo' }, path: [], complete: false },
  e: { value: { name: 'Jo', age: 3 }, path: ['age'], complete: false },
  f: { value: { name: 'Jo', age: 3 }, path: [], complete: true },
};

/** The values for a text that comes in single characters, or `'waits'` while the part may still come. */
function parts(text: string, ...path: JsonPath): PartialJson[] | 'waits' {
  const seen: PartialJson[] = [];
  const source = new Subject<string>();
  source.pipe(partials, valueAt(...path)).subscribe({
    next: (part) => seen.push(part),
    error: () => undefined,
  });
  for (const delta of text) source.next(delta);
  return source.observed && seen.length === 0 ? 'waits' : seen;
}

describe('valueAt', () => {
  it(
    'emits the part when it changes, and completes when it closes, which lets the source go',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  a-b-c-d-e-f-g-|', deltas);
      expectObservable(source.pipe(partials, valueAt('user', 'name'))).toBe('--b-c-(d|)', name);
      expectSubscriptions(source.subscriptions).toBe('^-----!');
    }),
  );

  it(
    'gives the path within the part',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  a-b-c-d-e-f-g-|', deltas);
      expectObservable(source.pipe(partials, valueAt('user'))).toBe('--b-c-d-e-(f|)', user);
      expectSubscriptions(source.subscriptions).toBe('^---------!');
    }),
  );

  it('mirrors the document, without a path', () => {
    const whole = accumulateJson(['{"a":[1', '2,{"b"', ':""}', ']}']);
    const seen: PartialJson[] = [];
    from(whole)
      .pipe(valueAt())
      .subscribe((part) => seen.push(part));
    expect(seen).to.deep.equal(whole);
  });

  it(
    'completes empty as soon as the part cannot come',
    marbles(({ cold, expectObservable }) => {
      const missing = (...path: JsonPath) => cold('a-b-c-d-e-f-g-|', deltas).pipe(partials, valueAt(...path));
      expectObservable(missing('user', 'email')).toBe('----------|');
      expectObservable(missing('user', 'name', 'first')).toBe('--|');
      expectObservable(missing('user', 0)).toBe('--|');
      expectObservable(missing('user', 'age', 'years')).toBe('--------|');
      expectObservable(missing('x', 0)).toBe('------------|');
      expectObservable(missing('x', 'length')).toBe('----------|');
      expectObservable(missing('x', -1)).toBe('----------|');
      expectObservable(missing('x', 0.5)).toBe('----------|');
      expectObservable(missing('y')).toBe('------------|');
      expectObservable(missing(0)).toBe('|');
    }),
  );

  it('finds parts through arrays, and values of all kinds', () => {
    const text = '[{"a":[true,[null]]},-1,{"__proto__":"x"}] ';
    expect(parts(text, 0, 'a', 0)).to.deep.equal([{ value: true, path: [], complete: true }]);
    expect(parts(text, 0, 'a', 1, 0)).to.deep.equal([{ value: null, path: [], complete: true }]);
    expect(parts(text, 1)).to.deep.equal([
      { value: -1, path: [], complete: false },
      { value: -1, path: [], complete: true },
    ]);
    expect(parts(text, 2, '__proto__')).to.have.length(3);
    expect(parts(text, 3)).to.deep.equal([]);
    expect(parts('{"a":{}}', 'a', '__proto__')).to.deep.equal([]);
    expect(parts('{"a":{}}', 'a', 'toString')).to.deep.equal([]);
    expect(parts('"text"', 0)).to.deep.equal([]);
    expect(parts('"text"', 'length')).to.deep.equal([]);
    expect(parts('null ', 'a')).to.deep.equal([]);
  });

  it('waits while the part may still come', () => {
    expect(parts('{"a":{"b":1', 'c')).to.equal('waits');
    expect(parts('{"a":{"b":1', 'a', 'c')).to.equal('waits');
    expect(parts('[[1],[', 1, 0)).to.equal('waits');
    expect(parts('  ', 'a')).to.equal('waits');
  });

  it('keeps the identity of values and of paths that have not changed', () => {
    const whole = accumulateJson(['{"a":{"b":[1],"c":["x', 'y', '"],"d":', '1}}']);
    const seen: PartialJson[] = [];
    from(whole)
      .pipe(valueAt('a'))
      .subscribe((part) => seen.push(part));
    expect(seen.map(({ path }) => path)).to.deep.equal([['c', 0], ['c', 0], [], []]);
    expect(seen[1]?.path).to.equal(seen[0]?.path);
    expect(seen[3]?.value).to.equal((whole[3]?.value as Record<string, unknown>).a);
    expect((seen[1]?.value as Record<string, unknown>).b).to.equal((seen[0]?.value as Record<string, unknown>).b);
  });

  it('says nothing of a part that has not changed', () => {
    const partial: PartialJson = { value: { a: 'x' }, path: ['a'], complete: false };
    const seen: PartialJson[] = [];
    of(partial, partial, { ...partial, value: { a: 'x' }, path: ['a'] })
      .pipe(valueAt('a'))
      .subscribe((part) => seen.push(part));
    expect(seen).to.deep.equal([{ value: 'x', path: [], complete: false }]);
  });

  it('carries the text of the document on', () => {
    const texts: string[] = [];
    from(accumulateJson(['{"a": ["x', 'y"], ', '"b":1}']))
      .pipe(valueAt('a'))
      .subscribe((part) => texts.push(textOf(part)));
    expect(texts).to.deep.equal(['{"a": ["x', '{"a": ["xy"], ']);
  });

  it('takes partials that were made by hand', () => {
    const seen: PartialJson[] = [];
    of<PartialJson[]>(
      { value: undefined, path: [], complete: false },
      { value: { a: 'x' }, path: ['a'], complete: false },
      { value: { a: 'xy' }, path: [], complete: true },
    )
      .pipe(valueAt('a'))
      .subscribe((part) => seen.push(part));
    expect(seen).to.deep.equal([
      { value: 'x', path: [], complete: false },
      { value: 'xy', path: [], complete: true },
    ]);
    expect(seen.map(textOf)).to.deep.equal(['"x"', '"xy"']);
  });

  it(
    'completes empty with an empty source, waits with one that never emits, and passes an error',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold<PartialJson>('--|').pipe(valueAt('a'))).toBe('--|');
      expectObservable(NEVER.pipe(valueAt('a'))).toBe('---');
      const failing = cold('a-b-#', deltas, new Error('connection reset'));
      expectObservable(failing.pipe(partials, valueAt('user', 'name'))).toBe(
        '--b-#',
        name,
        new Error('connection reset'),
      );
    }),
  );

  it(
    'completes with a source that completes before the part is closed',
    marbles(({ cold, expectObservable }) => {
      const source = cold('a-b-c-d', deltas).pipe(partials, take(3), valueAt('user', 'name'));
      expectObservable(source).toBe('--b-(c|)', name);
    }),
  );

  it(
    'is over when it is unsubscribed from',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  a-b-c-d-e-f-g-|', deltas);
      expectObservable(source.pipe(partials, valueAt('user', 'name')), '---!').toBe('--b-', name);
      expectSubscriptions(source.subscriptions).toBe('^--!');
    }),
  );

  it('lets the source go at once, while it is being subscribed to', () => {
    const read: string[] = [];
    const source = of('{"a":', '1', ',"b"', ':2}').pipe(
      map((delta) => {
        read.push(delta);
        return delta;
      }),
    );
    source
      .pipe(
        partials,
        valueAt('a'),
        first(({ complete }) => complete),
      )
      .subscribe();
    expect(read).to.deep.equal(['{"a":', '1', ',"b"']);
  });

  it('starts anew with each subscription', () => {
    const value = of('{"a":1', '2}').pipe(partials, valueAt('a'));
    const seen: unknown[] = [];
    value.subscribe((part) => seen.push(part.value));
    value.subscribe((part) => seen.push(part.value));
    expect(seen).to.deep.equal([1, 12, 1, 12]);
  });
});
