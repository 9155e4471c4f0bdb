import { expect } from 'chai';
import type { Either, Right } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { of, Subject, take, takeUntil } from 'rxjs';
import type { AnswerState } from '../../lib/answers/AnswerState.js';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { toAnswerState } from '../../lib/answers/toAnswerState.js';
import type { ToolEvent } from '../../lib/answers/tools/ToolEvent.js';
import type { Decoded } from '../../lib/decoded/Decoded.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { answers, invalid, type Person } from '../support/answerMarbles.js';
import { marbles } from '../support/marbles.js';

type Answer = Either<InvalidAnswer, Decoded<Person>>;

const first = { attempt: 1, failures: [], tools: [] };
const second = { attempt: 2, failures: [invalid(1, 2)], tools: [] };
const third = { attempt: 3, failures: [invalid(1, 2), invalid(2, 1)], tools: [] };
const p = { phase: 'writing' as const, value: { name: 'J' }, path: ['name'] };
const q = { phase: 'writing' as const, value: { name: 'Jo', age: 3 }, path: ['age'] };
const done = { phase: 'done' as const, value: { name: 'Jo', age: 30 } };

/** By attempt: w waiting, p and q writing, D done. */
const states: Record<string, AnswerState<Person>> = {
  w: { phase: 'waiting', ...first },
  p: { ...p, ...first },
  q: { ...q, ...first },
  D: { ...done, ...first },
  W: { phase: 'waiting', ...second },
  P: { ...p, ...second },
  E: { ...done, ...second },
  x: { phase: 'waiting', ...third },
  I: { phase: 'invalid', ...third, failures: [...third.failures, invalid(3, 0)], invalid: invalid(3, 0) },
};

describe('toAnswerState', () => {
  it(
    'waits, shows what is written, and then the whole',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  --p-q-C-|', answers);
      const expected = '     w-p-q-D-|';
      expectObservable(source.pipe(toAnswerState())).toBe(expected, states);
      expectSubscriptions(source.subscriptions).toBe('^-------!');
    }),
  );

  it(
    'shows nothing of an attempt that is over, and counts on',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-p-l-p-C|', answers).pipe(toAnswerState())).toBe('wp-W-P-E|', states);
    }),
  );

  it(
    'is invalid when no attempt is left',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-l-m-L-|', answers).pipe(toAnswerState())).toBe('wW-x-I-|', states);
    }),
  );

  it(
    'is invalid where another attempt was announced and did not come',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-l-|', answers).pipe(toAnswerState())).toBe('wW-(I|)', {
        ...states,
        I: { ...second, phase: 'invalid', attempt: 1, invalid: invalid(1, 2) },
      });
    }),
  );

  it(
    'is failed when the source errs, with what was written, and completes',
    marbles(({ cold, expectObservable }) => {
      const error = new Error('ECONNRESET');
      expectObservable(cold('-p-#', answers, error).pipe(toAnswerState())).toBe('wp-(F|)', {
        ...states,
        F: { phase: 'failed', error, value: { name: 'J' }, ...first },
      });
      expectObservable(cold('-p-l#', answers, error).pipe(toAnswerState())).toBe('wp-W(F|)', {
        ...states,
        F: { phase: 'failed', error, ...second },
      });
    }),
  );

  it(
    'waits for ever where nothing comes, and ends in waiting where the source is empty',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold<Answer>('-').pipe(toAnswerState())).toBe('w', states);
      expectObservable(cold<Answer>('--|').pipe(toAnswerState())).toBe('w-|', states);
    }),
  );

  it(
    'ends in the middle of an answer where the source does',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-p-|', answers).pipe(toAnswerState())).toBe('wp-|', states);
    }),
  );

  it(
    'unsubscribes from the source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-p-q-C|', answers);
      expectObservable(source.pipe(toAnswerState()), '^---!').toBe('wp-q-', states);
      expectSubscriptions(source.subscriptions).toBe('^---!');
    }),
  );

  it('subscribes to nothing where the first state is enough, and stops in the middle of one', () => {
    const model = scriptedModel(['{"name":"Jo","age":3}', '{"name":"Jo","age":3}']);
    const codec = t.type({ name: t.string, age: t.number });
    const state = structuredCompletion(model, { codec, messages: [] }).pipe(toAnswerState());
    state.pipe(take(1)).subscribe();
    expect(model.requests).to.deep.equal([]);

    const stop = new Subject<void>();
    const phases: string[] = [];
    state.pipe(takeUntil(stop)).subscribe(({ phase }) => {
      phases.push(phase);
      if (phase === 'writing') stop.next();
    });
    expect(phases).to.deep.equal(['waiting', 'writing']);
  });

  it(
    'starts afresh for every subscription',
    marbles(({ cold, expectObservable }) => {
      const result = cold('-l-C|', answers).pipe(toAnswerState());
      expectObservable(result).toBe('wW-E|', states);
      expectObservable(result, '-----^').toBe('-----wW-E|', states);
    }),
  );

  it('keeps the very objects of the answer, so that a view can tell what has changed', () => {
    const seen: AnswerState<Person>[] = [];
    of(answers.p, answers.C)
      .pipe(toAnswerState())
      .subscribe((state) => seen.push(state));
    expect(seen[1]).to.have.property('value', answers.p.right.value);
    expect(seen[2]).to.have.property('value', answers.C.right.value);
  });

  it('tells of the completion', () => {
    const model = scriptedModel(['{"name":"Jo","age":3}']);
    const codec = t.type({ name: t.string, age: t.number });
    const seen: AnswerState<Person>[] = [];
    structuredCompletion(model, { codec, messages: [] })
      .pipe(toAnswerState())
      .subscribe((state) => seen.push(state));
    expect(seen.at(-1)).to.have.nested.property('completion.text', '{"name":"Jo","age":3}');
  });

  it('has the last event of each call of a tool that is under way, and drops what was written before it', () => {
    const call = (id: string, state: 'writing' | 'running' | 'done' | 'failed'): Right<ToolEvent> => {
      const event = { _tag: 'Tool', name: 'weather', id, step: 1, input: {} } as const;
      if (state === 'done') return { _tag: 'Right', right: { ...event, state, output: 'rain' } };
      return { _tag: 'Right', right: state === 'failed' ? { ...event, state, error: 'down' } : { ...event, state } };
    };
    const seen: string[] = [];
    of(
      answers.p,
      call('a', 'writing'),
      call('b', 'writing'),
      call('a', 'running'),
      call('a', 'done'),
      call('b', 'failed'),
      answers.q,
    )
      .pipe(toAnswerState())
      .subscribe(({ phase, tools }) =>
        seen.push([phase, ...tools.map(({ id, state }) => `${id} ${state}`)].join(', ')),
      );
    expect(seen).to.deep.equal([
      'waiting',
      'writing',
      'waiting, a writing',
      'waiting, a writing, b writing',
      'waiting, a running, b writing',
      'waiting, b writing',
      'waiting',
      'writing',
    ]);
  });
});
