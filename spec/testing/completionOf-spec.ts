import { expect } from 'chai';
import { take } from 'rxjs';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import { completionOf } from '../../lib/testing/index.js';
import { marbles } from '../support/marbles.js';
import { textDelta } from '../support/textEvents.js';

const finish: CompletionEvent = { type: 'finish', reason: 'stop', raw: 'stop' };

describe('completionOf', () => {
  it(
    'writes a text in deltas, at its pace, and stops',
    marbles(({ expectObservable }) => {
      expectObservable(completionOf('{"a":1}', { chunkSize: 3, delay: 2 })).toBe('--a-b-c-(f|)', {
        a: textDelta('{"a'),
        b: textDelta('":1'),
        c: textDelta('}'),
        f: finish,
      });
    }),
  );

  it(
    'is one delta within the subscription by default',
    marbles(({ expectObservable }) => {
      expectObservable(completionOf('{}')).toBe('(af|)', { a: textDelta('{}'), f: finish });
    }),
  );

  it(
    'is no delta where there is no text',
    marbles(({ expectObservable }) => {
      expectObservable(completionOf('')).toBe('(f|)', { f: finish });
    }),
  );

  it(
    'ends for another reason, or without one',
    marbles(({ expectObservable }) => {
      const length: CompletionEvent = { type: 'finish', reason: 'length', raw: 'length' };
      expectObservable(completionOf('{', { finish: 'length' })).toBe('(af|)', { a: textDelta('{'), f: length });
      expectObservable(completionOf('{', { finish: null })).toBe('(a|)', { a: textDelta('{') });
    }),
  );

  it(
    'passes events on as they are',
    marbles(({ expectObservable }) => {
      const usage: CompletionEvent = { type: 'usage', inputTokens: 3, outputTokens: 4, raw: undefined };
      const start: CompletionEvent = { type: 'start', model: 'none' };
      expectObservable(completionOf([start, usage], { delay: 3, chunkSize: 1 })).toBe('---a--(b|)', {
        a: start,
        b: usage,
      });
    }),
  );

  it(
    'is cold, and stops where it is unsubscribed',
    marbles(({ expectObservable }) => {
      const completion = completionOf('ab', { chunkSize: 1, delay: 2 });
      expectObservable(completion, '---!').toBe('--a-', { a: textDelta('a') });
      expectObservable(completion.pipe(take(1)), '-^').toBe('---(a|)', { a: textDelta('a') });
    }),
  );

  it('throws for a chunkSize that would never end', () => {
    for (const chunkSize of [0, -1, NaN])
      expect(() => completionOf('a', { chunkSize })).to.throw(RangeError, `chunkSize must be at least 1`);
  });
});
