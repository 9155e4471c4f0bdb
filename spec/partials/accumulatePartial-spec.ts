import { expect } from 'chai';
import { map, NEVER, of, pipe, Subject, take, throwError, type OperatorFunction } from 'rxjs';
import { accumulatePartial, type AccumulatePartialConfig } from '../../lib/partials/accumulatePartial.js';
import type { PartialJson } from '../../lib/partials/PartialJson.js';
import { textOf } from '../../lib/partials/textOf.js';
import { JsonSyntaxError } from '../../lib/tokens/JsonSyntaxError.js';
import { toJsonTokens } from '../../lib/tokens/toJsonTokens.js';
import { accumulateJson } from '../support/accumulateJson.js';
import { growthOf } from '../support/growthOf.js';
import { marbles } from '../support/marbles.js';

/** The tokenizer answers in the frame of a delta, so that deltas can stand for their tokens. */
const partials = (config?: AccumulatePartialConfig): OperatorFunction<string, PartialJson> =>
  pipe(toJsonTokens(), accumulatePartial(config));

const deltas = { a: '{"na', b: 'me":"Jo', c: 'hn"}', q: '"', w: ' ', n: ',"age":3', o: '0', e: '}', x: '!' };

const shown: Record<string, PartialJson> = {
  a: { value: {}, path: [], complete: false },
  b: { value: { name: 'Jo' }, path: ['name'], complete: false },
  c: { value: { name: 'John' }, path: [], complete: true },
  q: { value: { name: 'Jo' }, path: [], complete: false },
  n: { value: { name: 'Jo', age: 3 }, path: ['age'], complete: false },
  o: { value: { name: 'Jo', age: 30 }, path: ['age'], complete: false },
  e: { value: { name: 'Jo', age: 30 }, path: [], complete: true },
};

const values = (parts: string[], config?: AccumulatePartialConfig): unknown[] =>
  accumulateJson(parts, config).map(({ value }) => value);

describe('accumulatePartial', () => {
  it(
    'emits the document so far, in the frame of each delta, and says when it is complete',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  --a---b------c--|', deltas);
      const expected = '     --a---b------c--|';
      expectObservable(source.pipe(partials())).toBe(expected, shown);
      expectSubscriptions(source.subscriptions).toBe('^---------------!');
    }),
  );

  it(
    'emits when only the path changes, and not when nothing does',
    marbles(({ cold, expectObservable }) => {
      const source = cold('a-b-q-w-n-o-w-e-|', deltas);
      const expected = '   a-b-q---n-o-p-e-|';
      expectObservable(source.pipe(partials())).toBe(expected, {
        ...shown,
        p: { value: { name: 'Jo', age: 30 }, path: [], complete: false },
      });
    }),
  );

  it(
    'completes empty with an empty source, and waits with one that never emits',
    marbles(({ cold, expectObservable }) => {
      expectObservable(
        cold('--|').pipe(
          map(() => Object.assign([], { text: '' })),
          accumulatePartial(),
        ),
      ).toBe('--|');
      expectObservable(NEVER.pipe(accumulatePartial())).toBe('---');
    }),
  );

  it(
    'passes an error of the source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-b-#', deltas, new Error('connection reset'));
      expectObservable(source.pipe(partials())).toBe('-a-b-#', shown, new Error('connection reset'));
      expectSubscriptions(source.subscriptions).toBe('^----!');
    }),
  );

  it(
    'shows what stands before a syntax error',
    marbles(({ cold, expectObservable }) => {
      const source = cold('-a-y', { ...deltas, y: 'me":"Jo\n' });
      const problem = 'expected control characters to be escaped, got "\\n"';
      const error = new JsonSyntaxError('control-character', 11, ['name'], '{"name":"Jo\n', problem);
      expectObservable(source.pipe(partials())).toBe('-a-(b#)', shown, error);
    }),
  );

  it(
    'is over when it is unsubscribed from',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('--a---b------c--|', deltas);
      expectObservable(source.pipe(partials()), '-------!').toBe('--a---b-', shown);
      expectSubscriptions(source.subscriptions).toBe('   ^------!');
    }),
  );

  it('is over when it is unsubscribed from within next, while the source is being subscribed to', () => {
    const read: string[] = [];
    const source = of('[', '1', ',2', ']').pipe(
      map((delta) => {
        read.push(delta);
        return delta;
      }),
    );
    source.pipe(partials(), take(2)).subscribe();
    expect(read).to.deep.equal(['[', '1']);
  });

  it('takes a delta that comes while it emits', () => {
    const source = new Subject<string>();
    const seen: unknown[] = [];
    source.pipe(partials()).subscribe(({ value }) => {
      seen.push(value);
      if (seen.length === 1) source.next('1]');
    });
    source.next('[');
    expect(seen).to.deep.equal([[], [1]]);
  });

  it('starts anew with each subscription', () => {
    const whole = of('[1', ',2]').pipe(partials());
    const seen: unknown[] = [];
    whole.subscribe(({ value }) => seen.push(value));
    whole.subscribe(({ value }) => seen.push(value));
    expect(seen).to.deep.equal([[1], [1, 2], [1], [1, 2]]);
  });

  describe('guesses nothing', () => {
    it('shows objects and arrays when they open, keys with their values', () => {
      expect(values(['{', '"a"', ':', '[', '{', '"b":', '""}', ']}'])).to.deep.equal([
        {},
        { a: [] },
        { a: [{}] },
        { a: [{ b: '' }] },
        { a: [{ b: '' }] },
      ]);
    });

    it('shows literals whole', () => {
      expect(values(['[tr', 'u', 'e', ',nul', 'l]'])).to.deep.equal([[], [true], [true, null]]);
    });

    it('shows of a number what is a number', () => {
      const parts = ['[-', '1', '2', '9', '.', '0', '5', 'e', '-', '1', ',-', '0', ']'];
      expect(values(parts)).to.deep.equal([
        [],
        [-1],
        [-12],
        [-129],
        [-129.05],
        [-12.905],
        [-12.905],
        [-12.905, -0],
        [-12.905, -0],
      ]);
    });

    it('shows neither half an escape nor half a surrogate pair', () => {
      const parts = ['"a\\', 'n\\u0', '0e9', '\\ud83d', '\\ude', '00', '"'];
      expect(values(parts)).to.deep.equal(['a', 'a\n', 'a\né', 'a\né😀', 'a\né😀']);
    });

    it('shows of a root number when it ends: only the end of the text tells', () => {
      expect(accumulateJson(['1', '2'])).to.deep.equal([
        { value: 1, path: [], complete: false },
        { value: 12, path: [], complete: false },
        { value: 12, path: [], complete: true },
      ]);
      expect(accumulateJson(['12', ' '])).to.have.length(2);
    });

    it('reads numbers as JSON.parse does, however long', () => {
      for (const text of ['12345678901234567890', '1e400', '-0', '0.1e-7', `0.${'3'.repeat(1000)}`, '9'.repeat(1000)])
        expect(accumulateJson(text.match(/.{1,7}/g) ?? []).at(-1)?.value).to.equal(JSON.parse(text));
    });

    it('does not read a long number anew for each of its digits', () => {
      const growth = growthOf([4000, 32_000], (digits) => ({
        units: digits,
        run: () => accumulateJson('7'.repeat(digits).split('')),
      }));
      expect(growth).to.be.below(4);
    });
  });

  it('has __proto__ as an ordinary key', () => {
    const [partial] = accumulateJson(['{"__proto__":{"polluted":true},"a":1}']);
    expect(Object.entries(partial?.value ?? {})).to.deep.equal([
      ['__proto__', { polluted: true }],
      ['a', 1],
    ]);
    expect(partial?.value).not.to.have.property('polluted');
    expect(Object.getOwnPropertyDescriptor(partial?.value, '__proto__')).to.deep.equal({
      ...{ value: { polluted: true }, writable: true, enumerable: true, configurable: true },
    });
    expect(
      values(['{"__proto__":"a', 'b', '","c":1', '}']).map((value) => Object.entries(value ?? {})[0]),
    ).to.deep.equal(['a', 'ab', 'ab', 'ab'].map((text) => ['__proto__', text]));
  });

  it('can hold numbers back until they are whole', () => {
    const parts = ['{"a":1', '2', ',"b":"x', 'y"', ',"c":[3', ']}'];
    expect(accumulateJson(parts, { numbers: 'whole' })).to.deep.equal([
      { value: {}, path: [], complete: false },
      { value: { a: 12, b: 'x' }, path: ['b'], complete: false },
      { value: { a: 12, b: 'xy' }, path: [], complete: false },
      { value: { a: 12, b: 'xy', c: [] }, path: ['c'], complete: false },
      { value: { a: 12, b: 'xy', c: [3] }, path: [], complete: true },
    ]);
  });

  it('can hold strings back until they are whole', () => {
    const parts = ['["a', 'b', '","', 'c"', ',1', '2]'];
    expect(accumulateJson(parts, { strings: 'whole' })).to.deep.equal([
      { value: [], path: [], complete: false },
      { value: ['ab'], path: [], complete: false },
      { value: ['ab', 'c'], path: [], complete: false },
      { value: ['ab', 'c', 1], path: [2], complete: false },
      { value: ['ab', 'c', 12], path: [], complete: true },
    ]);
  });

  describe('with a sample', () => {
    it(
      'emits when it fires, if anything changed, and when the document closes',
      marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
        const source = cold('  -a-b-q-----n-o-e-|', deltas);
        const sample = hot('   --s---s-s-------s', { s: 0 });
        const expected = '     --a---q--------e-|';
        expectObservable(source.pipe(partials({ sample }))).toBe(expected, shown);
        expectSubscriptions(sample.subscriptions).toBe('^----------------!');
      }),
    );

    it(
      'emits only the end once it has completed',
      marbles(({ cold, expectObservable }) => {
        const source = cold('-a-b-q---n-o-e-|', deltas);
        const sample = cold('--s|');
        expectObservable(source.pipe(partials({ sample }))).toBe('--a----------e-|', shown);
      }),
    );

    it(
      'emits the last state ahead of an error of the source',
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('-a-b-#', deltas);
        const sample = cold('s-------');
        expectObservable(source.pipe(partials({ sample }))).toBe('-----(b#)', shown);
        expectSubscriptions(sample.subscriptions).toBe('^----!');
      }),
    );

    it(
      'emits the last state ahead of a syntax error, and of the completion of a source that ends early',
      marbles(({ cold, expectObservable }) => {
        const error = new JsonSyntaxError(
          'trailing-data',
          15,
          [],
          '{"name":"John"}!',
          'expected nothing more, got "!"',
        );
        expectObservable(cold('-a-b-c-x', deltas).pipe(partials({ sample: NEVER }))).toBe('-----c-#', shown, error);
        const early = cold('-a-b-c-x', deltas).pipe(toJsonTokens(), take(2), accumulatePartial({ sample: NEVER }));
        expectObservable(early).toBe('---(b|)', shown);
      }),
    );

    it(
      'errors when it does, and lets the source go',
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('-a-b-c-|', deltas);
        const sample = cold('--s-#');
        expectObservable(source.pipe(partials({ sample }))).toBe('--a-#', shown);
        expectSubscriptions(source.subscriptions).toBe('^---!');
      }),
    );

    it(
      'does not subscribe to the source when it errors at once',
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('-a-b-c-|', deltas);
        const sample = throwError(() => new Error('no clock'));
        expectObservable(source.pipe(partials({ sample }))).toBe('#', undefined, new Error('no clock'));
        expectSubscriptions(source.subscriptions).toBe([]);
      }),
    );

    it('is not told after the end', () => {
      const sample = new Subject<void>();
      const seen: unknown[] = [];
      of('[1]')
        .pipe(partials({ sample }))
        .subscribe(({ complete }) => seen.push(complete));
      sample.next();
      expect(seen).to.deep.equal([true]);
      expect(sample.observed).to.equal(false);
    });
  });

  describe('textOf', () => {
    it('is the model’s text up to the partial, whitespace and all', () => {
      const texts = accumulateJson([' {"a"', ' : ', '[1 ,', '\n2', ']} ']).map(textOf);
      expect(texts).to.deep.equal([' {"a"', ' {"a" : [1 ,', ' {"a" : [1 ,\n2', ' {"a" : [1 ,\n2]} ']);
    });

    it('is the text of long documents too', () => {
      const text = JSON.stringify(Array.from({ length: 1000 }, (_, i) => `line ${i}`));
      expect(textOf(accumulateJson(text.match(/.{1,5}/g) ?? []).at(-1)!)).to.equal(text);
    });

    it('cannot be seen on a partial', () => {
      const [partial] = accumulateJson(['[1]']);
      expect(Reflect.ownKeys(partial ?? {})).to.deep.equal(['value', 'path', 'complete']);
      expect(Object.getPrototypeOf(partial)).to.equal(Object.prototype);
    });

    it('is the value as JSON where a partial was made by hand', () => {
      expect(textOf({ value: { a: [1] }, path: [], complete: true })).to.equal('{"a":[1]}');
      expect(textOf({ value: undefined, path: [], complete: false })).to.equal('');
    });
  });
});
