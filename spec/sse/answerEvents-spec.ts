import { expect } from 'chai';
import type { Either } from 'fp-ts/lib/Either.js';
import { concat, EMPTY, mergeMap, NEVER, Observable, of, take, throwError } from 'rxjs';
import type { WatchedEvent } from '../../lib/completions/AnswerDeltaEvent.js';
import { IdleTimeoutError } from '../../lib/completions/IdleTimeoutError.js';
import { IncompleteCompletionError } from '../../lib/deltas/IncompleteCompletionError.js';
import { RefusalError } from '../../lib/deltas/RefusalError.js';
import type { Decoded } from '../../lib/decoded/Decoded.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';
import { answerEvents, type AnswerEvent } from '../../lib/sse/index.js';
import { marbles } from '../support/marbles.js';

type Step = WatchedEvent | Either<InvalidAnswer, Decoded<unknown>>;

const delta = (text: string): WatchedEvent => ({ type: 'answer-delta', text });
const partial: Step = { _tag: 'Right', right: { _tag: 'Partial', value: {}, path: [] } };
const completion = { id: 'x', finishReason: 'stop' } as const;
const whole = { _tag: 'Complete' as const, value: {}, completion };
const complete: Step = { _tag: 'Right', right: whole };
const invalid: InvalidAnswer = {
  _tag: 'InvalidValue',
  message: '$.a: expected number, got "b"',
  errors: [],
  path: ['a'],
  text: '{"a":"b"',
  attempt: 1,
  retriesLeft: 1,
};
const left: Step = { _tag: 'Left', left: invalid };
const invalidEvent: AnswerEvent = {
  type: 'invalid',
  tag: 'InvalidValue',
  message: '$.a: expected number, got "b"',
  path: ['a'],
  attempt: 1,
  retriesLeft: 1,
};

/** A completion of watched events and values, in one. */
function run(steps: Observable<Step>) {
  return (watch: (event: WatchedEvent) => void) =>
    steps.pipe(
      mergeMap((step) => {
        if ('_tag' in step) return of(step);
        watch(step);
        return EMPTY;
      }),
    );
}

describe('answerEvents', () => {
  it(
    'lets the text, the Lefts and the completion travel, and no partial',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<Step>('--abPcPL--dP-(C|)', {
        a: delta('{"a":'),
        b: delta('"'),
        P: partial,
        c: delta('b"'),
        L: left,
        d: delta('{"a":1}'),
        C: complete,
      });
      expectObservable(answerEvents(run(source))).toBe('--ab-c-L--d--(C|)', {
        a: { type: 'text', text: '{"a":' },
        b: { type: 'text', text: '"' },
        c: { type: 'text', text: 'b"' },
        L: invalidEvent,
        d: { type: 'text', text: '{"a":1}' },
        C: { type: 'complete', completion },
      } satisfies Record<string, AnswerEvent>);
      expectSubscriptions(source.subscriptions).toBe('^------------!');
    }),
  );

  it(
    'lets the text of a Left travel with it where it is not what was sent since the Left before',
    marbles(({ cold, expectObservable }) => {
      const source = cold<Step>('-a-L-L-a-L|', { a: delta('{"a":"b"'), L: left });
      expectObservable(answerEvents(run(source))).toBe('-a-L-M-a-L|', {
        a: { type: 'text', text: '{"a":"b"' },
        L: invalidEvent,
        M: { ...invalidEvent, text: '{"a":"b"' },
      });
    }),
  );

  it(
    'leaves out what is not the answer',
    marbles(({ cold, expectObservable }) => {
      const source = cold<Step>('-r-t-|', {
        r: { type: 'reasoning-delta', text: 'hm' },
        t: { type: 'text-delta', text: '```' },
      });
      expectObservable(answerEvents(run(source))).toBe('-----|');
    }),
  );

  it(
    'completes with an empty run, and never with one that does not',
    marbles(({ expectObservable }) => {
      expectObservable(answerEvents(() => EMPTY)).toBe('|');
      expectObservable(answerEvents(() => NEVER)).toBe('-');
    }),
  );

  it(
    'completes without knowledge of the completion',
    marbles(({ cold, expectObservable }) => {
      const C: Step = { _tag: 'Right', right: { _tag: 'Complete', value: 1 } };
      const source = cold<Step>('-aC|', { a: delta('1'), C });
      const events: Record<string, AnswerEvent> = {
        a: { type: 'text', text: '1' },
        c: { type: 'complete', completion: {} },
      };
      expectObservable(answerEvents(run(source))).toBe('-ac|', events);
    }),
  );

  it(
    'says that watch was not passed on, where an answer is whole that has no text',
    marbles(({ cold, expectObservable }) => {
      const message =
        'answerEvents: expected a function that passes watch on, (watch) => structuredCompletion(model, { …, watch })';
      const failed: AnswerEvent = { type: 'failed', code: 'internal', message };
      expectObservable(answerEvents(() => cold<never>('-C|', { C: complete as never }))).toBe('-f|', { f: failed });
    }),
  );

  const failures: readonly (readonly [what: string, error: Error, code: string, message: RegExp])[] = [
    ['a refusal', new RefusalError('I would rather not.', '{'), 'refused', /^I would rather not\.$/],
    ['the token limit', new IncompleteCompletionError('length', '{'), 'length', /cut off/],
    ['a content filter', new IncompleteCompletionError('content-filter', '{'), 'content-filter', /filter/],
    ['a lost connection', new IncompleteCompletionError('interrupted', '{'), 'interrupted', /lost/],
    ['silence', new IdleTimeoutError(1000, 3), 'timeout', /stopped/],
    ['status 429', Object.assign(new Error('sk-123'), { status: 429 }), 'rate-limited', /too many/],
    ['status 529', Object.assign(new Error('sk-123'), { status: 529 }), 'unavailable', /later/],
    [
      'status 401',
      Object.assign(new Error('Wrong key: sk-123'), { status: 401 }),
      'internal',
      /^Something went wrong\.$/,
    ],
    ['a bug', new TypeError('cannot read sk-123'), 'internal', /^Something went wrong\.$/],
  ];
  for (const [what, error, code, message] of failures)
    it(`ends with a failure that gives nothing away: ${what}`, () => {
      const seen: AnswerEvent[] = [];
      answerEvents(
        run(
          concat(
            of(delta('{')),
            throwError(() => error),
          ),
        ),
      ).subscribe((event) => seen.push(event));
      expect(seen).to.have.length(2);
      expect(seen[1]).to.include({ type: 'failed', code }).and.to.have.property('message').that.matches(message);
      expect(JSON.stringify(seen)).not.to.contain('sk-123');
    });

  it('survives an error that is not an Error', () => {
    const nothing = new Observable<Step>((subscriber) => {
      subscriber.error(null);
    });
    const seen: AnswerEvent[] = [];
    answerEvents(run(nothing)).subscribe((event) => seen.push(event));
    expect(seen).to.deep.equal([{ type: 'failed', code: 'internal', message: 'Something went wrong.' }]);
  });

  it('has errors called as it is told, and by their defaults otherwise', () => {
    const seen: AnswerEvent[] = [];
    const failure = (error: unknown) =>
      error instanceof RangeError ? ({ type: 'failed', code: 'rate-limited', message: 'Wait.' } as const) : undefined;
    for (const error of [new RangeError(), new TypeError()])
      answerEvents(() => throwError(() => error), { failure }).subscribe((event) => seen.push(event));
    expect(seen).to.deep.equal([
      { type: 'failed', code: 'rate-limited', message: 'Wait.' },
      { type: 'failed', code: 'internal', message: 'Something went wrong.' },
    ]);
  });

  it(
    'fails where the run cannot even begin',
    marbles(({ expectObservable }) => {
      const thrown = answerEvents(() => {
        throw new Error('no key');
      });
      expectObservable(thrown).toBe('(f|)', {
        f: { type: 'failed', code: 'internal', message: 'Something went wrong.' },
      });
    }),
  );

  it(
    'unsubscribes from the run',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<Step>('-a-a-a-C|', { a: delta('{'), C: complete });
      expectObservable(answerEvents(run(source)), '----!').toBe('-a-a', { a: { type: 'text', text: '{' } });
      expectSubscriptions(source.subscriptions).toBe('^---!');
    }),
  );

  it('unsubscribes within next, where the text comes within the subscription', () => {
    const log: string[] = [];
    const source = new Observable<Step>((subscriber) => {
      subscriber.add(() => log.push('aborted'));
      for (let i = 0; i < 3 && !subscriber.closed; i += 1) subscriber.next(delta(String(i)));
    });
    answerEvents(run(source))
      .pipe(take(2))
      .subscribe((event) => log.push(JSON.stringify(event)));
    expect(log).to.deep.equal(['{"type":"text","text":"0"}', '{"type":"text","text":"1"}', 'aborted']);
  });

  it(
    'begins anew with every subscription',
    marbles(({ cold, expectObservable }) => {
      const events = answerEvents(run(cold<Step>('-a-L|', { a: delta('{"a":"b"'), L: left })));
      const values = { a: { type: 'text', text: '{"a":"b"' }, L: invalidEvent };
      expectObservable(events).toBe('-a-L|', values);
      expectObservable(events, '--^').toBe('---a-L|', values);
    }),
  );
});
