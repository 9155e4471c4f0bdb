import { expect } from 'chai';
import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { map, NEVER, of, Subject, take, type Observable } from 'rxjs';
import { IncompleteCompletionError } from '../../lib/deltas/IncompleteCompletionError.js';
import { RefusalError } from '../../lib/deltas/RefusalError.js';
import type { StructuredAnswer } from '../../lib/answers/structuredCompletion.js';
import type { Unavailable } from '../../lib/answers/Unavailable.js';
import type { WatchedEvent } from '../../lib/completions/AnswerDeltaEvent.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';
import { fromAnswerEvents, RemoteCompletionError, type AnswerEvent } from '../../lib/sse/index.js';
import { marbles } from '../support/marbles.js';
import { answerText as text } from '../support/textEvents.js';

const Person = t.type({ name: t.string, age: t.number });
const completion = { id: 'x', finishReason: 'stop', usage: { inputTokens: 1, outputTokens: 2 } } as const;
const complete: AnswerEvent = { type: 'complete', completion };
const message = '$.age: expected number, got "thirty"';
const invalid: AnswerEvent = {
  type: 'invalid',
  tag: 'InvalidValue',
  message,
  path: ['age'],
  attempt: 1,
  retriesLeft: 1,
};

/** Without what io-ts has to say. */
function shown(either: Either<InvalidAnswer | Unavailable, StructuredAnswer<unknown>>): unknown {
  if (either._tag === 'Right') return either.right;
  if (either.left._tag === 'Unavailable') return either.left;
  const { errors: _, ...left } = either.left;
  return left;
}

const remote = (events: Observable<AnswerEvent>) => fromAnswerEvents(events, Person).pipe(map(shown));

describe('fromAnswerEvents', () => {
  it(
    'decodes the text of each attempt, and has the server judge it',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const events = cold('--a-b---i--c-d-C-|', {
        a: text('{"name":"Jo'),
        b: text('hn","age":"thirty"'),
        i: invalid,
        c: text('{"name":"John",'),
        d: text('"age":30}'),
        C: complete,
      });
      expectObservable(remote(events)).toBe('--a-----i--c-d-(C|)', {
        a: { _tag: 'Partial', value: { name: 'Jo' }, path: ['name'] },
        i: {
          ...{ _tag: 'InvalidValue', message, path: ['age'], attempt: 1, retriesLeft: 1 },
          text: '{"name":"John","age":"thirty"',
        },
        c: { _tag: 'Partial', value: { name: 'John' }, path: [] },
        d: { _tag: 'Partial', value: { name: 'John', age: 30 }, path: [] },
        C: { _tag: 'Complete', value: { name: 'John', age: 30 }, completion },
      });
      expectSubscriptions(events.subscriptions).toBe('^--------------!');
    }),
  );

  it(
    'is interrupted where the events end without a verdict',
    marbles(({ cold, expectObservable }) => {
      expectObservable(remote(cold<AnswerEvent>('--|'))).toBe(
        '--#',
        undefined,
        new IncompleteCompletionError('interrupted', ''),
      );
      const events = cold('-a-|', { a: text('{') });
      expectObservable(remote(events)).toBe(
        '-a-#',
        { a: { _tag: 'Partial', value: {}, path: [] } },
        new IncompleteCompletionError('interrupted', '{'),
      );
    }),
  );

  it(
    'completes after a Left that was the last',
    marbles(({ cold, expectObservable }) => {
      const events = cold<AnswerEvent>('-i-|', { i: { ...invalid, retriesLeft: 0, text: 'I will not.' } });
      expectObservable(remote(events)).toBe('-i-|', {
        i: { _tag: 'InvalidValue', message, path: ['age'], attempt: 1, retriesLeft: 0, text: 'I will not.' },
      });
    }),
  );

  it(
    'never ends with events that do not',
    marbles(({ expectObservable }) => {
      expectObservable(remote(NEVER)).toBe('-');
    }),
  );

  it(
    'passes an error of the events on',
    marbles(({ cold, expectObservable }) => {
      expectObservable(remote(cold<AnswerEvent>('--#', {}, new Error('cut')))).toBe('--#', undefined, new Error('cut'));
    }),
  );

  const failures: readonly (readonly [code: (AnswerEvent & { type: 'failed' })['code'], error: Error])[] = [
    ['refused', new RefusalError('No.', '{')],
    ['length', new IncompleteCompletionError('length', '{')],
    ['content-filter', new IncompleteCompletionError('content-filter', '{')],
    ['interrupted', new IncompleteCompletionError('interrupted', '{')],
    ['paused', new IncompleteCompletionError('paused', '{')],
    ['other', new IncompleteCompletionError('other', '{')],
    ['timeout', new RemoteCompletionError('timeout', 'No.', '{')],
    ['rate-limited', new RemoteCompletionError('rate-limited', 'No.', '{')],
    ['unavailable', new RemoteCompletionError('unavailable', 'No.', '{')],
    ['internal', new RemoteCompletionError('internal', 'No.', '{')],
  ];
  for (const [code, error] of failures)
    it(
      `errors as the server did: ${code}`,
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const events = cold<AnswerEvent>('-af-|', { a: text('{'), f: { type: 'failed', code, message: 'No.' } });
        expectObservable(remote(events)).toBe('-p#', { p: { _tag: 'Partial', value: {}, path: [] } }, error);
        expectSubscriptions(events.subscriptions).toBe('^-!');
      }),
    );

  it(
    'completes with the whole answer, and does not wait for the end of the events',
    marbles(({ cold, expectObservable }) => {
      const events = cold('-(aC)-f-|', {
        a: text('{"name":"J","age":1}'),
        C: complete,
        f: { type: 'failed', code: 'interrupted', message: '' } satisfies AnswerEvent,
      });
      expectObservable(remote(events)).toBe('-(aC|)', {
        a: { _tag: 'Partial', value: { name: 'J', age: 1 }, path: [] },
        C: { _tag: 'Complete', value: { name: 'J', age: 1 }, completion },
      });
    }),
  );

  it(
    'ends with a Left where the server takes for whole what this codec does not',
    marbles(({ cold, expectObservable }) => {
      const events = cold('-ia--C|', { i: invalid, a: text('{"name":1'), C: complete });
      expectObservable(remote(events)).toBe('-i---(L|)', {
        i: { _tag: 'InvalidValue', message, path: ['age'], attempt: 1, retriesLeft: 1, text: '' },
        L: {
          ...{ _tag: 'InvalidValue', message: '$.name: expected string, got 1…', path: ['name'] },
          ...{ text: '{"name":1', attempt: 2, retriesLeft: 0 },
        },
      });
    }),
  );

  it('reports the errors that are found here in the same place, and the message where there are none', () => {
    const errorsOf = (events: readonly AnswerEvent[]): t.Errors => {
      let errors: t.Errors = [];
      fromAnswerEvents(of(...events), Person).subscribe((either) => {
        if (either._tag === 'Left' && either.left._tag !== 'Unavailable') ({ errors } = either.left);
      });
      return errors;
    };
    const [own] = errorsOf([text('{"name":"J","age":"thirty"}'), invalid]);
    expect(own).to.include({ value: 'thirty' });
    expect(own?.context.map(({ key }) => key)).to.deep.equal(['', 'age']);
    const foreign: AnswerEvent = { ...invalid, path: [], message: '$: too young' };
    expect(errorsOf([text('{"name":"J","age":3}'), foreign])).to.deep.equal([
      { value: undefined, context: [], message: '$: too young' },
    ]);
  });

  it(
    'unwraps what was asked for in a wrapper',
    marbles(({ cold, expectObservable }) => {
      const events = cold('-a-b-C|', {
        a: { type: 'text', text: '{"value":["x"', wrapped: true } satisfies AnswerEvent,
        b: { type: 'text', text: ',"y"]}', wrapped: true } satisfies AnswerEvent,
        C: complete,
      });
      expectObservable(fromAnswerEvents(events, t.array(t.string)).pipe(map(shown))).toBe('-a-b-(C|)', {
        a: { _tag: 'Partial', value: ['x'], path: [] },
        b: { _tag: 'Partial', value: ['x', 'y'], path: [] },
        C: { _tag: 'Complete', value: ['x', 'y'], completion },
      });
    }),
  );

  it(
    'reads the text as it is told',
    marbles(({ cold, expectObservable }) => {
      const events = cold('-a-b-C|', { a: text('{"name":"Jo'), b: text('hn","age":1}'), C: complete });
      expectObservable(fromAnswerEvents(events, Person, { strings: 'whole' }).pipe(map(shown))).toBe('-a-b-(C|)', {
        a: { _tag: 'Partial', value: {}, path: [] },
        b: { _tag: 'Partial', value: { name: 'John', age: 1 }, path: [] },
        C: { _tag: 'Complete', value: { name: 'John', age: 1 }, completion },
      });
    }),
  );

  it(
    'errors where the codec does',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const broken = new t.Type<string>(
        'Broken',
        t.string.is,
        () => {
          throw new Error('broken');
        },
        String,
      );
      const events = cold('-a-C|', { a: text('{"name":"x"}'), C: complete });
      const result = fromAnswerEvents(events, t.type({ name: broken })).pipe(map(shown));
      expectObservable(result).toBe('-#', undefined, new Error('broken'));
      expectSubscriptions(events.subscriptions).toBe('^!');
    }),
  );

  it(
    'unsubscribes from the events',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const events = cold('-a-a-a-|', { a: text('{') });
      expectObservable(remote(events), '--!').toBe('-a', { a: { _tag: 'Partial', value: {}, path: [] } });
      expectSubscriptions(events.subscriptions).toBe('^-!');
    }),
  );

  it('unsubscribes within next, before the events are all read', () => {
    const seen: unknown[] = [];
    remote(of(text('{"name":"J'), text('o'), complete))
      .pipe(take(1))
      .subscribe((value) => seen.push(value));
    expect(seen).to.deep.equal([{ _tag: 'Partial', value: { name: 'J' }, path: ['name'] }]);
  });

  it('reads an event that comes from within next', () => {
    const events = new Subject<AnswerEvent>();
    const seen: unknown[] = [];
    remote(events).subscribe((value) => {
      if (seen.push(value) !== 1) return;
      events.next(text('hn","age":30}'));
      events.next(complete);
    });
    events.next(text('{"name":"Jo'));
    expect(seen).to.deep.equal([
      { _tag: 'Partial', value: { name: 'Jo' }, path: ['name'] },
      { _tag: 'Partial', value: { name: 'John', age: 30 }, path: [] },
      { _tag: 'Complete', value: { name: 'John', age: 30 }, completion },
    ]);
  });

  it(
    'begins anew with every subscription',
    marbles(({ cold, expectObservable }) => {
      const result = remote(cold('-a-C|', { a: text('{"name":"J","age":1}'), C: complete }));
      const values = {
        a: { _tag: 'Partial', value: { name: 'J', age: 1 }, path: [] },
        C: { _tag: 'Complete', value: { name: 'J', age: 1 }, completion },
      };
      expectObservable(result).toBe('-a-(C|)', values);
      expectObservable(result, '--^').toBe('---a-(C|)', values);
    }),
  );

  it('tells that a model was not to be had, and reads what the next one writes', () => {
    const seen: unknown[] = [];
    const events: AnswerEvent[] = [
      text('{"name":"J'),
      { type: 'unavailable', message: 'Try again later.', attempt: 1, retriesLeft: 1 },
      text('{"name":"Ann","age":3}'),
      complete,
    ];
    remote(of(...events)).subscribe((value) => seen.push(value));
    expect(seen[1]).to.deep.equal({
      _tag: 'Unavailable',
      message: 'Try again later.',
      attempt: 1,
      retriesLeft: 1,
    });
    expect(seen.at(-1)).to.deep.include({ _tag: 'Complete', value: { name: 'Ann', age: 3 } });
  });

  it('passes reasoning on to the watcher', () => {
    const watched: WatchedEvent[] = [];
    const events: AnswerEvent[] = [{ type: 'reasoning', text: 'Hm.' }, text('{"name":"J","age":1}'), complete];
    const values: unknown[] = [];
    fromAnswerEvents(of(...events), Person, { watch: (event) => watched.push(event) }).subscribe((value) =>
      values.push(value),
    );
    expect(watched).to.deep.equal([{ type: 'reasoning-delta', text: 'Hm.' }]);
    expect(values).to.have.length(2);
  });
});
