import { expect } from 'chai';
import * as t from 'io-ts';
import { concat, map, NEVER, of, throwError, timer, mergeMap, type Observable } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import { structuredCompletion, type StructuredCompletionConfig } from '../../lib/answers/structuredCompletion.js';
import { structuredElements } from '../../lib/answers/structuredElements.js';
import type { Unavailable } from '../../lib/answers/Unavailable.js';
import type { WatchedEvent } from '../../lib/completions/AnswerDeltaEvent.js';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import type { CompletionInfo } from '../../lib/completions/CompletionInfo.js';
import { RefusalError } from '../../lib/deltas/RefusalError.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';
import { completionOf } from '../../lib/testing/completionOf.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { marbles } from '../support/marbles.js';
import { textDelta } from '../support/textEvents.js';
import { recordLines } from '../support/record.js';

const codec = t.type({ age: t.number });
const down = new Error('503 overloaded');
/** Writes this, and then the connection breaks. */
const broken = (words: string): Observable<CompletionEvent> =>
  concat(
    of(textDelta(words)),
    throwError(() => down),
  );

type Failure = InvalidAnswer | Unavailable;

function lineOf(either: Either<Failure, { readonly _tag: string; readonly value?: unknown }>): string {
  if (either._tag === 'Right') return `${either.right._tag} ${JSON.stringify(either.right.value)}`;
  const { _tag, attempt, retriesLeft, message } = either.left;
  return `${_tag} ${attempt}+${retriesLeft} ${message}`;
}

/** All that is seen of a question to several models, and how many requests each got. */
function linesOf(
  scripts: readonly Parameters<typeof scriptedModel>[0][],
  config: Partial<StructuredCompletionConfig<{ age: number }, unknown>> = {},
) {
  const models = scripts.map((script) => scriptedModel(script));
  const lines: string[] = [];
  structuredCompletion(models, { codec, messages: ['How old?'], ...config }).subscribe(recordLines(lines, lineOf));
  return { lines, requests: models.map((model) => model.requests.length), models };
}

describe('structuredCompletion of several models', () => {
  it('asks the next one where one fails before its answer, or in the middle of it', () => {
    const { lines, requests } = linesOf([[down], [broken('{"age":3')], ['{"age":30}']]);
    expect(lines).to.deep.equal([
      'Unavailable 1+2 503 overloaded',
      'Partial {"age":3}',
      'Unavailable 2+1 503 overloaded',
      'Partial {"age":30}',
      'Complete {"age":30}',
      '|',
    ]);
    expect(requests).to.deep.equal([1, 1, 1]);
  });

  it('asks the next one where the attempts of one are used up, which begins afresh', () => {
    const { lines, requests, models } = linesOf(
      [
        ['{"age":"a"}', '{"age":"b"}'],
        ['{"age":"c"}', '{"age":30}'],
      ],
      {
        retries: 1,
      },
    );
    expect(lines).to.deep.equal([
      'InvalidValue 1+3 $.age: expected number, got "a"',
      'InvalidValue 2+2 $.age: expected number, got "b"',
      'InvalidValue 3+1 $.age: expected number, got "c"',
      'Partial {"age":30}',
      'Complete {"age":30}',
      '|',
    ]);
    expect(requests).to.deep.equal([2, 2]);
    expect(models[1]?.requests.map(({ question }) => question.failures.length)).to.deep.equal([0, 1]);
  });

  it("ends with the last model's error, or its Left", () => {
    expect(linesOf([[down], [broken('{"age"')]]).lines).to.deep.equal([
      'Unavailable 1+1 503 overloaded',
      'Partial {}',
      'Error: 503 overloaded',
    ]);
    expect(linesOf([[down], ['{"age":"c"}']]).lines.slice(1)).to.deep.equal([
      'InvalidValue 2+0 $.age: expected number, got "c"',
      '|',
    ]);
  });

  it('does not ask another one after a refusal, misuse or a failed check, unless it is told to', () => {
    const refusal: CompletionEvent[] = [{ type: 'refusal-delta', text: 'No.' }];
    const misuse = new TypeError('messages[0] is a file');
    for (const [script, error] of [
      [[refusal], 'RefusalError: The model refused to answer: No.'],
      [[misuse], 'TypeError: messages[0] is a file'],
    ] as const) {
      expect(linesOf([script, ['{"age":30}']]).lines).to.deep.equal([error]);
      expect(linesOf([script, ['{"age":30}']], { fallbackOn: () => true }).lines.at(-2)).to.equal(
        'Complete {"age":30}',
      );
    }
    const checks = linesOf([['{"age":3}'], ['{"age":30}']], { validate: () => throwError(() => down) });
    expect(checks.lines).to.deep.equal(['Partial {"age":3}', 'Error: 503 overloaded']);
    const validate = ({ age }: { readonly age: number }) => (age === 3 ? throwError(() => down) : of(undefined));
    expect(linesOf([['{"age":3}'], ['{"age":30}']], { validate, fallbackOn: () => true }).lines).to.deep.equal([
      'Partial {"age":3}',
      'Unavailable 1+1 503 overloaded',
      'Partial {"age":30}',
      'Complete {"age":30}',
      '|',
    ]);
    expect(linesOf([[down], ['{"age":30}']], { fallbackOn: () => false }).lines).to.deep.equal([
      'Error: 503 overloaded',
    ]);
    const seen: unknown[] = [];
    linesOf([[refusal], [down], ['{}']], { fallbackOn: (error) => seen.push(error) > 0 });
    expect(seen[0]).to.be.instanceOf(RefusalError);
    expect(seen).to.have.length(2);
  });

  it('asks another one where a connection breaks, by whatever name', () => {
    const fetchFailed = new TypeError('fetch failed', {
      cause: Object.assign(new Error(''), { code: 'ECONNREFUSED' }),
    });
    for (const error of [fetchFailed, new TypeError('terminated'), new TypeError('Failed to fetch')])
      expect(linesOf([[error], ['{"age":30}']]).lines.at(-2)).to.equal('Complete {"age":30}');
  });

  it('counts an attempt that failed before it was made', () => {
    const closed = { ...scriptedModel([]), dialect: 'openai' as const };
    const lines: string[] = [];
    structuredCompletion([closed, scriptedModel(['{"age":{"x":1}}'])], {
      codec: t.type({ age: t.record(t.string, t.number) }),
      messages: [],
      fallbackOn: () => true,
    }).subscribe((either) => lines.push(lineOf(either)));
    expect(lines[0]).to.match(/^Unavailable 1\+1 \$\.age/);
    expect(lines.at(-1)).to.equal('Complete {"age":{"x":1}}');
  });

  it('passes what fallbackOn throws', () => {
    const bug = new Error('a bug');
    const { lines } = linesOf([[down], ['{}']], {
      fallbackOn: () => {
        throw bug;
      },
    });
    expect(lines).to.deep.equal(['Error: a bug']);
  });

  it('tells of all attempts, and of the turns in the form that every model takes', () => {
    const first = { ...scriptedModel([down]), model: 'first' };
    const second = { ...scriptedModel(['{"age":30}']), model: 'second', toMessages: () => ['in its own form'] };
    const infos: CompletionInfo[] = [];
    const events: WatchedEvent[] = [];
    structuredCompletion([first, second], { codec, messages: [], watch: (event) => events.push(event) }).subscribe(
      (either) => {
        if (either._tag === 'Right' && either.right._tag === 'Complete') infos.push(either.right.completion);
      },
    );
    expect(infos[0]?.attempts.map(({ attempt, model }) => [attempt, model])).to.deep.equal([
      [1, 'first'],
      [2, 'second'],
    ]);
    expect(infos[0]?.messages).to.deep.equal([{ role: 'assistant', content: '{"age":30}' }]);
    expect(events.map(({ type }) => type).filter((type) => type.startsWith('attempt'))).to.deep.equal([
      ...['attempt', 'attempt-over', 'attempt', 'attempt-over'],
    ]);
  });

  it(
    'never has two requests at a time, and ends the one under way when it is unsubscribed from',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const events = {
        a: textDelta('{"age":'),
        b: textDelta('30}'),
        f: { type: 'finish', reason: 'stop', raw: 'stop' } as const,
      };
      const first = cold<CompletionEvent>('-a-#', events, down);
      const second = cold<CompletionEvent>('   -a-b-(f|)', events);
      const answer = structuredCompletion([scriptedModel([first]), scriptedModel([second])], { codec, messages: [] });
      expectObservable(answer.pipe(map(({ _tag }) => _tag.charAt(0)))).toBe('-R-LR-R-(R|)');
      expectSubscriptions(first.subscriptions).toBe('^--!');
      expectSubscriptions(second.subscriptions).toBe('---^----!');
    }),
  );

  it(
    'aborts the request of whichever model is asked',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const first = cold<CompletionEvent>('-#', {}, down);
      const second = cold<CompletionEvent>('-----');
      const answer = structuredCompletion([scriptedModel([first]), scriptedModel([second])], { codec, messages: [] });
      expectObservable(answer.pipe(map(({ _tag }) => _tag.charAt(0))), '^--!').toBe('-L--');
      expectSubscriptions(second.subscriptions).toBe('-^-!');
    }),
  );

  it(
    'waits between the attempts of one model, and tells the delay of failures as they are counted among all',
    marbles(({ expectObservable }) => {
      const seen: string[] = [];
      const answer = structuredCompletion([scriptedModel([down]), scriptedModel(['{"age":"a"}', '{"age":3}'])], {
        codec,
        messages: [],
        retries: 1,
        delay: ({ attempt, retriesLeft }) => {
          seen.push(`${attempt}+${retriesLeft}`);
          return timer(4);
        },
      }).pipe(
        map(({ _tag }) => _tag.charAt(0)),
        mergeMap((tag) => of(tag)),
      );
      expectObservable(answer).toBe('(LL)(RR|)');
      expectObservable(timer(9).pipe(map(() => seen.join()))).toBe('---------(x|)', { x: '2+1' });
    }),
  );
});

describe('structuredElements of several models', () => {
  const Item = t.type({ sku: t.string });
  const list = (...skus: readonly (string | number)[]) => JSON.stringify({ items: skus.map((sku) => ({ sku })) });

  function elementsOf(scripts: readonly Parameters<typeof scriptedModel>[0][], retries = 0) {
    const models = scripts.map((script) => scriptedModel(script));
    const lines: string[] = [];
    structuredElements(models, { codec: Item, messages: [], retries }).subscribe({
      next: (either) => {
        if (either._tag === 'Right')
          lines.push(`${either.right.index} ${either.right.value.sku} (${either.right.attempt})`);
        else lines.push(`${'index' in either.left ? `${either.left.index ?? '-'} ` : ''}${lineOf(either)}`);
      },
      error: (error: unknown) => lines.push(String(error)),
      complete: () => lines.push('|'),
    });
    const told = models.map(({ requests }) => requests.map(({ question }) => question.failures.at(-1)?.correction));
    return { lines, told };
  }

  it('does not ask again for what has come: the next one goes on', () => {
    const { lines, told } = elementsOf([[broken('{"items":[{"sku":"a"},{"sku":"b"},{"sk')], [list('c', 'd')]]);
    expect(lines).to.deep.equal(['0 a (1)', '1 b (1)', 'Unavailable 1+1 503 overloaded', '2 c (2)', '3 d (2)', '|']);
    expect(told[1]?.[0]).to.equal(
      'The answer broke off after 2 elements.\nAnswer with these alone, because the others are kept: the elements that follow in the list.',
    );
  });

  it('asks the next one for all where nothing has come', () => {
    const { lines, told } = elementsOf([[down], [list('a')]]);
    expect(lines).to.deep.equal(['Unavailable 1+1 503 overloaded', '0 a (2)', '|']);
    expect(told[1]).to.deep.equal([undefined]);
  });

  it('asks the next one for what was wrong, and for what follows', () => {
    const { lines, told } = elementsOf([[broken('{"items":[{"sku":1},{"sku":"b"},')], [list('a', 'c')]]);
    expect(lines).to.deep.equal([
      '0 InvalidValue 1+1 $.items[0].sku: expected string, got 1',
      '1 b (1)',
      'Unavailable 1+1 503 overloaded',
      '0 a (2)',
      '2 c (2)',
      '|',
    ]);
    expect(told[1]?.[0]).to.include('$.items[0].sku').and.include('the 1 element that were not accepted'.slice(0, 13));
  });

  it('hands over the elements that one model could not mend', () => {
    const { lines } = elementsOf([[list('a', 1, 'c'), list(2)], [list('b')]], 1);
    expect(lines).to.deep.equal([
      '0 a (1)',
      '1 InvalidValue 1+3 $.items[1].sku: expected string, got 1',
      '2 c (1)',
      '1 InvalidValue 2+2 $.items[0].sku: expected string, got 2',
      '1 b (3)',
      '|',
    ]);
  });

  it('hands over a re-ask that broke off', () => {
    const { lines } = elementsOf([[list(1, 2, 'c'), broken('{"items":[{"sku":"a"},')], [list('b')]], 1);
    expect(lines).to.deep.equal([
      '0 InvalidValue 1+3 $.items[0].sku: expected string, got 1',
      '1 InvalidValue 1+3 $.items[1].sku: expected string, got 2',
      '2 c (1)',
      '0 a (2)',
      'Unavailable 2+2 503 overloaded',
      '1 b (3)',
      '|',
    ]);
  });

  it('asks for all again where the list itself was wrong', () => {
    const { lines } = elementsOf([['{"items":[{"sku":"a"}}'], [list('a', 'b')]]);
    expect(lines.map((line) => line.slice(0, 12))).to.deep.equal([
      '0 a (1)',
      'InvalidJson ',
      '0 a (2)',
      '1 b (2)',
      '|',
    ]);
  });

  it('asks no more where all had come before the connection broke', () => {
    const { lines } = elementsOf([[list(1, 'b'), broken('{"items":[{"sku":"a"}')], [NEVER]], 1);
    expect(lines.slice(-3)).to.deep.equal(['0 a (2)', 'Unavailable 2+2 503 overloaded', '|']);
  });

  it("ends with the last model's error, after its elements", () => {
    const { lines } = elementsOf([[down], [completionOf('{"items":[{"sku":"a"},', { finish: null })]]);
    expect(lines[1]).to.equal('0 a (2)');
    expect(lines[2]).to.match(/^IncompleteCompletionError/);
  });
});
