import { expect } from 'chai';
import * as t from 'io-ts';
import { concat, filter, map, mergeMap, NEVER, of, Subject, take, takeUntil, throwError, timer } from 'rxjs';
import type { WatchedEvent } from '../../lib/completions/AnswerDeltaEvent.js';
import type { AttemptOverEvent } from '../../lib/completions/AttemptEvent.js';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import type { CompletionModel } from '../../lib/completions/CompletionModel.js';
import type { CompletionInfo } from '../../lib/completions/CompletionInfo.js';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { structuredElements } from '../../lib/answers/structuredElements.js';
import { completionOf } from '../../lib/testing/completionOf.js';
import { scriptedModel, type ScriptedAnswer } from '../../lib/testing/scriptedModel.js';
import { marbles } from '../support/marbles.js';
import { recordLines } from '../support/record.js';

const codec = t.type({ age: t.number });
const messages = ['How old is John?'];

/** An answer with all that a provider tells. */
function told(id: string, text: string): CompletionEvent[] {
  return [
    { type: 'start', id, model: 'script-1' },
    { type: 'reasoning-delta', text: 'Hm.' },
    { type: 'text-delta', text },
    { type: 'finish', reason: 'stop', raw: 'stop' },
    { type: 'usage', inputTokens: 10, outputTokens: 5, raw: {} },
  ];
}

/** The watched events of a completion and its values, in one list. */
function logOf(answers: readonly ScriptedAnswer[], retries = 0, takes = Infinity): string[] {
  const log: string[] = [];
  const watch = new Subject<WatchedEvent>();
  watch.subscribe((event) => {
    if (event.type === 'attempt') log.push(`attempt ${event.attempt}`);
    else if (event.type === 'attempt-over')
      log.push(`over ${event.attempt} ${event.finishReason ?? '-'} ${event.text}`);
    else log.push(event.type);
  });
  structuredCompletion(scriptedModel(answers), { codec, messages, retries, watch })
    .pipe(take(takes))
    .subscribe(recordLines(log, (either) => (either._tag === 'Left' ? 'Left' : either.right._tag)));
  return log;
}

/** The event that ends each attempt, times apart. */
function oversOf(events: readonly WatchedEvent[]): Partial<AttemptOverEvent>[] {
  return events
    .filter((event) => event.type === 'attempt-over')
    .map(({ startedAt: _, duration: __, firstEventAfter: ___, ...rest }) => rest);
}

describe('watch', () => {
  it('is given attempt first, then all that happens, then attempt-over, before the value it causes', () => {
    expect(logOf([told('one', '{"age":3}')])).to.deep.equal([
      ...['attempt 1', 'start', 'reasoning-delta', 'text-delta', 'answer-delta', 'Partial', 'finish', 'usage'],
      ...['over 1 stop {"age":3}', 'Complete', '|'],
    ]);
  });

  it("is told of the answer's own text, and whether it stands in a wrapper", () => {
    const toldOf = (root: t.Mixed, answer: string): unknown[] => {
      const events: WatchedEvent[] = [];
      structuredCompletion(scriptedModel([answer]), {
        codec: root,
        messages,
        watch: (event) => events.push(event),
      }).subscribe();
      return events.filter(({ type }) => type === 'answer-delta');
    };
    const object = '{"age":3}';
    expect(toldOf(codec, object)).to.deep.equal([{ type: 'answer-delta', text: object }]);
    const list = '{"value":[3]}';
    expect(toldOf(t.array(t.number), list)).to.deep.equal([{ type: 'answer-delta', text: list, wrapped: true }]);
  });

  it('hears the end of an attempt that a Left has stopped before the next one begins', () => {
    expect(logOf(['{"age":"old', '{"age":3}'], 1)).to.deep.equal([
      ...['attempt 1', 'text-delta', 'answer-delta', 'Left', 'over 1 stopped {"age":"old'],
      ...['attempt 2', 'text-delta', 'answer-delta', 'Partial', 'finish', 'over 2 stop {"age":3}', 'Complete', '|'],
    ]);
  });

  it('hears the end of an attempt that was unsubscribed from', () => {
    expect(logOf([told('one', '{"age":3}')], 0, 1).slice(-3)).to.deep.equal([
      'Partial',
      '|',
      'over 1 stopped {"age":3}',
    ]);
  });

  it('hears why an attempt failed', () => {
    const down = new Error('ECONNRESET');
    const events: WatchedEvent[] = [];
    const model = scriptedModel([
      concat(
        of({ type: 'text-delta', text: '{"a' } as const),
        throwError(() => down),
      ),
    ]);
    structuredCompletion(model, { codec, messages, watch: (event) => events.push(event) }).subscribe({
      error: () => {},
    });
    expect(oversOf(events)).to.deep.equal([
      { type: 'attempt-over', attempt: 1, characters: 3, text: '{"a', error: down },
    ]);
  });

  it('hears of a connection that ended before the model had', () => {
    const log = logOf([[{ type: 'text-delta', text: '{"age":' }]]);
    expect(log.slice(-2)[0]).to.equal('over 1 - {"age":');
    expect(log.at(-1)).to.include('IncompleteCompletionError');
  });

  it('hears of an attempt whose question cannot be asked', () => {
    const model = { ...scriptedModel([]), ask: () => { throw new TypeError('no such part'); } }; // prettier-ignore
    const events: WatchedEvent[] = [];
    structuredCompletion(model, { codec, messages, watch: (event) => events.push(event) }).subscribe({
      error: () => {},
    });
    expect(events.map(({ type }) => type)).to.deep.equal(['attempt', 'attempt-over']);
  });

  it('asks nothing where the watcher unsubscribes as it hears of the attempt', () => {
    const model = scriptedModel(['{"age":3}']);
    const watch = new Subject<WatchedEvent>();
    const types: string[] = [];
    watch.subscribe(({ type }) => types.push(type));
    structuredCompletion(model, { codec, messages, watch }).pipe(takeUntil(watch)).subscribe();
    expect(model.requests).to.deep.equal([]);
    expect(types).to.deep.equal(['attempt', 'attempt-over']);
  });

  it('gives an error of the watcher as the error notification, and ends the request', () => {
    const model = scriptedModel([NEVER]);
    const errors: unknown[] = [];
    const bug = new Error('a bug');
    structuredCompletion(model, {
      codec,
      messages,
      watch: () => {
        throw bug;
      },
    }).subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).to.deep.equal([bug]);
    expect(model.requests.filter(({ state }) => state === 'running')).to.deep.equal([]);
  });

  it('is not completed, so that one Subject can watch several completions', () => {
    const watch = new Subject<WatchedEvent>();
    const types: string[] = [];
    watch.subscribe({ next: ({ type }) => types.push(type), complete: () => types.push('|') });
    const answer = structuredCompletion(scriptedModel(['{"age":3}', '{"age":4}']), { codec, messages, watch });
    answer.subscribe();
    answer.subscribe();
    expect(types.filter((type) => type.startsWith('attempt'))).to.deep.equal([
      ...['attempt', 'attempt-over', 'attempt', 'attempt-over'],
    ]);
    expect(types).to.not.include('|');
  });

  it('watches lists alike, the request for what was wrong included', () => {
    const events: WatchedEvent[] = [];
    structuredElements(
      scriptedModel([told('a', '{"items":[{"age":1},{"age":"x"}]}'), told('b', '{"items":[{"age":2}]}')]),
      {
        codec,
        messages,
        retries: 1,
        watch: (event) => events.push(event),
      },
    ).subscribe();
    expect(oversOf(events).map(({ attempt, id, finishReason }) => [attempt, id, finishReason])).to.deep.equal([
      [1, 'a', 'stop'],
      [2, 'b', 'stop'],
    ]);
  });

  it(
    'tells when an attempt began, when the first event came, and how long it took, in virtual time too',
    marbles(({ expectObservable }) => {
      const answer = timer(3).pipe(mergeMap(() => completionOf('{"age":"x"}', { delay: 2, chunkSize: 9 })));
      const watch = new Subject<WatchedEvent>();
      const model = { ...scriptedModel([answer, completionOf('{"age":1}', { delay: 4 })]), model: 'scripted' };
      const completion = structuredCompletion(model, { codec, messages, retries: 1, delay: 10, watch });
      const base = { model: 'scripted' };
      const first = { ...base, attempt: 1, startedAt: 0 };
      const second = { ...base, attempt: 2, startedAt: 15 };
      expectObservable(watch.pipe(filter(({ type }) => type.startsWith('attempt')))).toBe('a----b---------c-------d', {
        a: { type: 'attempt', ...first },
        b: {
          type: 'attempt-over',
          ...first,
          ...{ firstEventAfter: 5, duration: 5, characters: 9, finishReason: 'stopped', text: '{"age":"x' },
        },
        c: { type: 'attempt', ...second },
        d: {
          type: 'attempt-over',
          ...second,
          ...{ firstEventAfter: 4, duration: 8, characters: 9, finishReason: 'stop', text: '{"age":1}' },
        },
      });
      const tags = completion.pipe(map((either) => (either._tag === 'Left' ? 'L' : either.right._tag.charAt(0))));
      expectObservable(tags).toBe('-----L-------------P---(C|)');
    }),
  );
});

describe('completion', () => {
  function completionOfAnswer(
    answers: readonly ScriptedAnswer[],
    config: { jsonInText?: boolean } = {},
  ): CompletionInfo {
    const infos: CompletionInfo[] = [];
    structuredCompletion(scriptedModel(answers, config), { codec, messages, retries: 2 }).subscribe((either) => {
      if (either._tag === 'Right' && either.right._tag === 'Complete') infos.push(either.right.completion);
    });
    expect(infos.length).to.equal(1);
    return infos[0]!;
  }

  it('has every attempt; one that was stopped says so, and has the characters that were read instead of a usage', () => {
    const { attempts, usage } = completionOfAnswer([
      '{"age":"old',
      told('two', '{"age":[]}'),
      told('three', '{"age":3}'),
    ]);
    expect(attempts.map(({ startedAt: _, duration: __, firstEventAfter: ___, ...rest }) => rest)).to.deep.equal([
      { attempt: 1, characters: 11, finishReason: 'stopped' },
      { attempt: 2, id: 'two', model: 'script-1', characters: 13, finishReason: 'stopped' },
      {
        attempt: 3,
        id: 'three',
        model: 'script-1',
        characters: 12,
        finishReason: 'stop',
        usage: { inputTokens: 10, outputTokens: 5 },
      },
    ]);
    expect(usage).to.deep.equal({ inputTokens: 10, outputTokens: 5 });
  });

  it('counts all that was read, and keeps the reason of a model that had finished before we ended the request', () => {
    const finished: CompletionEvent[] = [
      { type: 'reasoning-delta', text: '12' },
      { type: 'text-delta', text: '{"age":' },
      { type: 'tool-delta', index: 0, name: 'search', text: '345' },
      { type: 'finish', reason: 'stop', raw: 'stop' },
      { type: 'text-delta', text: '"' },
    ];
    const [first] = completionOfAnswer([finished, '{"age":3}']).attempts;
    expect(first).to.include({ characters: 13, finishReason: 'stop' });
  });

  it("has the model's own words, and the turns to append before the next question", () => {
    const { text, messages: turns } = completionOfAnswer(['{"age":"x"}', '{"age":3}']);
    expect(text).to.equal('{"age":3}');
    expect(turns).to.deep.equal([{ role: 'assistant', content: '{"age":3}' }]);
    expect(completionOfAnswer(['Well: {"age":3}.'], { jsonInText: true }).text).to.equal('Well: {"age":3}.');
  });

  it('has the turns that the model writes, where it writes them', () => {
    const model: CompletionModel<unknown, string> = {
      ...scriptedModel([[{ type: 'tool-delta', index: 0, id: 'x', name: 'answer', text: '{"age":3}' }]]),
      toMessages: ({ text, answer, call }) => [`${answer.name} ${call?.id ?? '-'} ${text}`],
    };
    const seen: unknown[] = [];
    structuredCompletion(model, { codec, messages }).subscribe((either) => {
      if (either._tag === 'Right' && either.right._tag === 'Complete') seen.push(either.right.completion.messages);
    });
    expect(seen).to.deep.equal([['answer x {"age":3}']]);
  });

  it('has the turn of the accepted answer, with its own call and not that of a rejected one', () => {
    const calls = (id: string, text: string): CompletionEvent[] => [
      { type: 'tool-delta', index: 0, id, name: 'answer', text },
    ];
    const model: CompletionModel<unknown, string> = {
      ...scriptedModel([calls('w', '{"age":"x"}'), calls('x', '{"age":3}')]),
      toMessages: ({ text, call }) => [`${call?.id ?? '-'} ${text}`],
    };
    const seen: unknown[] = [];
    structuredCompletion(model, { codec, messages, retries: 1 }).subscribe((either) => {
      if (either._tag === 'Right' && either.right._tag === 'Complete') seen.push(either.right.completion.messages);
    });
    expect(seen).to.deep.equal([['x {"age":3}']]);
  });
});
