import { expect } from 'chai';
import { map, of, pipe, Subject, take, type OperatorFunction } from 'rxjs';
import { JsonSyntaxError } from '../../lib/tokens/JsonSyntaxError.js';
import type { JsonToken } from '../../lib/tokens/JsonToken.js';
import { toJsonTokens, type ToJsonTokensConfig } from '../../lib/tokens/toJsonTokens.js';
import { marbles } from '../support/marbles.js';

interface Batch {
  readonly text: string;
  readonly tokens: readonly JsonToken[];
}

/** With the text of a batch as a field, since assertions look at an array's elements only. */
const batches = (config?: ToJsonTokensConfig): OperatorFunction<string, Batch> =>
  pipe(
    toJsonTokens(config),
    map((tokens) => ({ text: tokens.text, tokens: [...tokens] })),
  );

const deltas = { a: '{"na', b: 'me":"Jo', c: 'hn', d: '"}', w: ' \n', x: '!', z: '' };

const tokens: Record<string, Batch> = {
  a: { text: '{"na', tokens: [{ type: 'object-start', offset: 0 }] },
  b: {
    text: 'me":"Jo',
    tokens: [
      { type: 'key', offset: 1, key: 'name' },
      { type: 'string', offset: 8, text: 'Jo', start: true, end: false },
    ],
  },
  c: { text: 'hn', tokens: [{ type: 'string', offset: 11, text: 'hn', start: false, end: false }] },
  d: {
    text: '"}',
    tokens: [
      { type: 'string', offset: 13, text: '', start: false, end: true },
      { type: 'object-end', offset: 14 },
    ],
  },
};

describe('toJsonTokens', () => {
  it(
    'emits the tokens of a delta together, in its frame',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  --a---b---c---d--|', deltas);
      const expected = '     --a---b---c---d--|';
      expectObservable(source.pipe(batches())).toBe(expected, tokens);
      expectSubscriptions(source.subscriptions).toBe('^----------------!');
    }),
  );

  it(
    'emits nothing for a delta that gives no token, and its text with the next one that does',
    marbles(({ cold, expectObservable }) => {
      const source = cold('w-z-a-|', deltas);
      const result = source.pipe(batches(), take(1));
      expectObservable(result).toBe('----(a|)', {
        a: { text: ' \n{"na', tokens: [{ type: 'object-start', offset: 2 }] },
      });
    }),
  );

  it(
    'flushes a number at the end: only what follows could have told that it is whole',
    marbles(({ cold, expectObservable }) => {
      const source = cold('-a-b-|', { a: '1', b: '2' });
      expectObservable(source.pipe(batches())).toBe('-a-b-(c|)', {
        a: { text: '1', tokens: [{ type: 'number', offset: 0, text: '1', start: true, end: false }] },
        b: { text: '2', tokens: [{ type: 'number', offset: 1, text: '2', start: false, end: false }] },
        c: { text: '', tokens: [{ type: 'number', offset: 2, text: '', start: false, end: true }] },
      });
    }),
  );

  it(
    'refuses an empty source',
    marbles(({ cold, expectObservable }) => {
      const error = new JsonSyntaxError('unexpected-end', 0, [], '', 'expected a value, got the end of the text');
      expectObservable(cold('--|').pipe(batches())).toBe('--#', undefined, error);
    }),
  );

  it(
    'waits as long as the source does',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('---').pipe(batches())).toBe('---');
    }),
  );

  it(
    'passes an error of the source, without a verdict of its own',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-b-#', deltas, new Error('connection reset'));
      expectObservable(source.pipe(batches())).toBe('-a-b-#', tokens, new Error('connection reset'));
      expectSubscriptions(source.subscriptions).toBe('^----!');
    }),
  );

  it(
    'refuses a source that completes in the middle of a value',
    marbles(({ cold, expectObservable }) => {
      const source = cold('-a-b-|', deltas);
      const problem = 'expected the rest of a string, got the end of the text';
      const error = new JsonSyntaxError('unexpected-end', 11, ['name'], '{"name":"Jo', problem);
      expectObservable(source.pipe(batches())).toBe('-a-b-#', tokens, error);
    }),
  );

  it(
    'emits the tokens before a syntax error, then the error, and lets the source go',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-e-d', { ...deltas, e: 'me":1x' });
      const error = new JsonSyntaxError('unexpected-character', 9, [], '{"name":1x', 'expected "," or "}", got "x"');
      expectObservable(source.pipe(batches())).toBe(
        '-a-(e#)',
        {
          ...tokens,
          e: {
            text: 'me":1x',
            tokens: [
              { type: 'key', offset: 1, key: 'name' },
              { type: 'number', offset: 8, text: '1', start: true, end: true },
            ],
          },
        },
        error,
      );
      expectSubscriptions(source.subscriptions).toBe('^--!');
    }),
  );

  it(
    'refuses what follows a closed document, other than whitespace',
    marbles(({ cold, expectObservable }) => {
      const source = cold('a-b-c-d-w-x', deltas);
      const error = new JsonSyntaxError(
        'trailing-data',
        17,
        [],
        '{"name":"John"} \n!',
        'expected nothing more, got "!"',
      );
      expectObservable(source.pipe(batches())).toBe('a-b-c-d---#', tokens, error);
    }),
  );

  it(
    'completes when whitespace follows a closed document without end',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('abcd-w-w-w-x', deltas);
      expectObservable(source.pipe(batches({ maxWhitespace: 4 }))).toBe('abcd-----|', tokens);
      expectSubscriptions(source.subscriptions).toBe('^--------!');
    }),
  );

  it(
    'completes after the tokens of a delta that closes the document and goes on with whitespace',
    marbles(({ cold, expectObservable }) => {
      const source = cold('ab-c', { ...deltas, c: 'hn"}      x' });
      expectObservable(
        source.pipe(
          batches({ maxWhitespace: 4 }),
          map(({ tokens: [last] }) => last?.type),
        ),
      ).toBe('ab-(c|)', { a: 'object-start', b: 'key', c: 'string' });
    }),
  );

  it(
    'is over when it is unsubscribed from',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('--a---b---c---d--|', deltas);
      const unsub = '      -------!';
      expectObservable(source.pipe(batches()), unsub).toBe('--a---b-', tokens);
      expectSubscriptions(source.subscriptions).toBe('     ^------!');
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
    const seen: number[] = [];
    source.pipe(toJsonTokens(), take(2)).subscribe(({ length }) => seen.push(length));
    expect(seen).to.deep.equal([1, 1]);
    expect(read).to.deep.equal(['[', '1']);
  });

  it('takes a delta that comes while it emits', () => {
    const source = new Subject<string>();
    const seen: string[] = [];
    source.pipe(toJsonTokens()).subscribe((batch) => {
      seen.push(batch.text);
      if (batch.text === '[') source.next('1]');
    });
    source.next('[');
    expect(seen).to.deep.equal(['[', '1]']);
  });

  it('starts anew with each subscription', () => {
    const whole = of('[1', '2]').pipe(
      toJsonTokens(),
      map(({ text }) => text),
    );
    const seen: string[] = [];
    whole.subscribe((text) => seen.push(text));
    whole.subscribe((text) => seen.push(text));
    expect(seen).to.deep.equal(['[1', '2]', '[1', '2]']);
  });

  it('reports a syntax error once, whatever comes after it', () => {
    const source = new Subject<string>();
    const errors: unknown[] = [];
    source.pipe(toJsonTokens()).subscribe({ error: (error: unknown) => errors.push(error) });
    source.next('[x');
    source.next('y');
    source.complete();
    expect(errors).to.have.length(1);
    expect(errors[0]).to.be.an.instanceof(JsonSyntaxError).and.to.be.an.instanceof(Error);
    expect(errors[0]).to.have.property('name', 'JsonSyntaxError');
  });
});
