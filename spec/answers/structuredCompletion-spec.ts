import { expect } from 'chai';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { NumberFromString } from 'io-ts-types';
import { map, take, toArray } from 'rxjs';
import * as z from 'zod';
import type { WatchedEvent } from '../../lib/completions/AnswerDeltaEvent.js';
import type { CompletionInfo } from '../../lib/completions/CompletionInfo.js';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import type { StructuredAnswer } from '../../lib/answers/structuredCompletion.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { marbles } from '../support/marbles.js';

const UserInfo = t.type({ name: t.string, age: t.number }, 'UserInfo');
const messages = ['Extract user info: John is 30 years old.'];

/** A model's answer in these deltas, with a word on what it cost. */
function answer(deltas: readonly string[], cost = 1): CompletionEvent[] {
  return [
    { type: 'start', id: `answer-${cost}`, model: 'script' },
    ...deltas.map((text) => ({ type: 'text-delta' as const, text })),
    { type: 'finish', reason: 'stop', raw: 'stop' },
    { type: 'usage', inputTokens: 10 * cost, outputTokens: cost, raw: {} },
  ];
}

/** The notifications of a stream, one line each. */
function shown<A>(either: E.Either<InvalidAnswer, StructuredAnswer<A>>): string {
  if (E.isLeft(either)) return `Left ${either.left.attempt}+${either.left.retriesLeft} ${either.left.message}`;
  return `${either.right._tag} ${JSON.stringify(either.right.value)}`;
}

function completionIn<A>(last: E.Either<InvalidAnswer, StructuredAnswer<A>> | undefined): CompletionInfo {
  if (last?._tag !== 'Right' || last.right._tag === 'Partial') throw new Error('there is no whole answer');
  return last.right.completion;
}

describe('structuredCompletion', () => {
  it('shows the object grow, then the whole of it with what is known of the completion', () => {
    const model = scriptedModel([answer(['{"name":"J', 'ohn', '","age":3', '0', '}'])]);
    const seen: E.Either<InvalidAnswer, StructuredAnswer<t.TypeOf<typeof UserInfo>>>[] = [];
    structuredCompletion(model, { codec: UserInfo, messages }).subscribe((either) => seen.push(either));

    const { attempts, ...rest } = completionIn(seen.at(-1));
    expect(attempts.map(({ attempt, characters }) => [attempt, characters])).to.deep.equal([[1, 24]]);
    expect(rest).to.deep.equal({
      id: 'answer-1',
      model: 'script',
      finishReason: 'stop',
      usage: { inputTokens: 10, outputTokens: 1 },
      text: '{"name":"John","age":30}',
      messages: [{ role: 'assistant', content: '{"name":"John","age":30}' }],
    });
    expect(seen).to.deep.equal([
      E.right({ _tag: 'Partial', value: { name: 'J' }, path: ['name'] }),
      E.right({ _tag: 'Partial', value: { name: 'John' }, path: ['name'] }),
      E.right({ _tag: 'Partial', value: { name: 'John', age: 3 }, path: ['age'] }),
      E.right({ _tag: 'Partial', value: { name: 'John', age: 30 }, path: ['age'] }),
      E.right({ _tag: 'Partial', value: { name: 'John', age: 30 }, path: [] }),
      E.right({
        _tag: 'Complete',
        value: { name: 'John', age: 30 },
        completion: { ...rest, attempts },
      }),
    ]);
  });

  it('asks with the messages and the schema of the codec, under its name', () => {
    const model = scriptedModel([answer(['{"name":"J","age":1}'])], { dialect: 'openai' });
    structuredCompletion(model, { codec: UserInfo, messages, description: 'A user.', idleTimeout: 500 }).subscribe();
    expect(model.requests[0]?.question).to.deep.equal({
      messages,
      failures: [],
      idleTimeout: 500,
      answer: {
        name: 'UserInfo',
        description: 'A user.',
        schema: {
          type: 'object',
          properties: { name: { type: 'string' }, age: { type: 'number' } },
          required: ['name', 'age'],
          additionalProperties: false,
        },
      },
    });
  });

  it('names an answer whose codec has no fit name, or as it is told', () => {
    const nameOf = (name?: string) => {
      const model = scriptedModel([answer(['{"a":1}'])]);
      const codec = t.type({ a: t.number });
      structuredCompletion(model, { codec, messages, ...(name !== undefined && { name }) }).subscribe();
      return model.requests[0]?.question.answer.name;
    };
    expect(nameOf()).to.equal('answer');
    expect(nameOf('invoice_line')).to.equal('invoice_line');
  });

  it('asks again with the rejected answer and the reasons, until the answer is right', () => {
    const model = scriptedModel([
      answer(['{"name":"John","age":"thi', 'rty"}'], 1),
      answer(['{"name":', '"John"', '}'], 2),
      answer(['{"name":"John","age":30}'], 3),
    ]);
    const seen: string[] = [];
    structuredCompletion(model, { codec: UserInfo, messages, retries: 2 }).subscribe((either) =>
      seen.push(shown(either)),
    );

    expect(seen).to.deep.equal([
      'Left 1+2 $.age: expected number, got "thi…"',
      'Partial {}',
      'Partial {"name":"John"}',
      'Left 2+1 $.age: required key is missing, expected number',
      'Partial {"name":"John","age":30}',
      'Complete {"name":"John","age":30}',
    ]);
    expect(model.requests.map(({ state }) => state)).to.deep.equal(['aborted', 'aborted', 'complete']);
    const failures = model.requests[2]?.question.failures ?? [];
    expect(failures.map(({ text }) => text)).to.deep.equal(['{"name":"John","age":"thi', '{"name":"John"}']);
    expect(failures[0]?.correction).to.include('$.age: expected number').and.include('stopped there');
    expect(failures[0]?.correction).to.include('from the beginning');
    expect(failures[1]?.correction).to.include('$.age: required key is missing').and.not.include('stopped there');
  });

  it('ends with the last Left when no attempt is left', () => {
    const model = scriptedModel(['{"name":1,', '[]', 'No JSON']);
    const seen: string[] = [];
    structuredCompletion(model, { codec: UserInfo, messages, retries: 2 }).subscribe({
      next: (either) => seen.push(shown(either)),
      complete: () => seen.push('complete'),
    });
    expect(seen.filter((line) => !line.startsWith('Partial'))).to.deep.equal([
      'Left 1+2 $.name: expected string, got 1',
      'Left 2+1 $: expected object, got []',
      'Left 3+0 offset 0: expected a value, got "N" near N',
      'complete',
    ]);
    expect(model.requests.length).to.equal(3);
  });

  it('words the correction as it is told', () => {
    const model = scriptedModel(['{"name":1,', '{"name":"J","age":1}']);
    structuredCompletion(model, {
      codec: UserInfo,
      messages,
      retries: 1,
      correction: ({ message, attempt }, { stopped }) => `No. ${attempt} ${String(stopped)} ${message}`,
    }).subscribe();
    expect(model.requests[1]?.question.failures[0]?.correction).to.equal('No. 1 true $.name: expected string, got 1');
  });

  it('sums the usage over attempts', () => {
    const finishedWrong: CompletionEvent[] = [
      { type: 'usage', inputTokens: 10, outputTokens: 1, cachedInputTokens: 4, raw: {} },
      { type: 'usage', inputTokens: 10, outputTokens: 5, cachedInputTokens: 4, raw: {} },
      { type: 'text-delta', text: '{"name":1}' },
    ];
    const model = scriptedModel([finishedWrong, answer(['{"name":"J","age":1}'], 2)]);
    const seen: unknown[] = [];
    structuredCompletion(model, { codec: UserInfo, messages, retries: 1 }).subscribe((either) => {
      if (E.isRight(either) && either.right._tag === 'Complete') seen.push(either.right.completion.usage);
    });
    expect(seen).to.deep.equal([{ inputTokens: 30, outputTokens: 7, cachedInputTokens: 4 }]);
  });

  it('wraps an answer that is not an object, and unwraps it again', () => {
    const model = scriptedModel(['{"value":["a","b"]}', '{"value":[1'], { dialect: 'openai', chunkSize: 3 });
    const seen: string[] = [];
    const result = structuredCompletion(model, { codec: t.array(t.string), messages });
    result.subscribe((either) => seen.push(shown(either)));
    expect(seen).to.deep.equal(['Partial ["a"]', 'Partial ["a",""]', 'Partial ["a","b"]', 'Complete ["a","b"]']);
    expect(model.requests[0]?.question.answer.schema).to.have.nested.property('properties.value.type', 'array');

    const failures: InvalidAnswer[] = [];
    result.subscribe((either) => {
      if (E.isLeft(either)) failures.push(either.left);
    });
    expect(failures[0]?.message).to.equal('$.value[0]: expected string, got 1…');
    expect(failures[0]?.path).to.deep.equal([0]);
  });

  it('finds the JSON of a model that writes words around it, and repeats all its words when it re-asks', () => {
    const model = scriptedModel(['Sure!\n```json\n{"name":7}\n```', 'Sorry: {"name":"J","age":1} Better?'], {
      jsonInText: true,
    });
    const seen: string[] = [];
    structuredCompletion(model, { codec: UserInfo, messages, retries: 1 }).subscribe((either) =>
      seen.push(shown(either)),
    );
    expect(seen.at(-1)).to.equal('Complete {"name":"J","age":1}');
    expect(model.requests[1]?.question.failures[0]?.text).to.match(/^Sure!\n```json\n\{"name":7/);
  });

  it('shows everything that happens to watch, before the value it causes', () => {
    const model = scriptedModel([answer(['{"name":1']), answer(['{"name":"J","age":1}'])]);
    const log: string[] = [];
    const watch = (event: WatchedEvent) => log.push(event.type);
    structuredCompletion(model, { codec: UserInfo, messages, retries: 1, watch }).subscribe((either) =>
      log.push(E.isLeft(either) ? 'Left' : either.right._tag),
    );
    expect(log).to.deep.equal([
      ...['attempt', 'start', 'text-delta', 'answer-delta', 'Left', 'attempt-over'],
      ...['attempt', 'start', 'text-delta', 'answer-delta', 'Partial', 'finish', 'usage', 'attempt-over', 'Complete'],
    ]);
  });

  it('is cold, starts afresh for every subscription, and aborts when unsubscribed', () => {
    const text = '{"name":"J","age":1}';
    const model = scriptedModel([text, text, text], { chunkSize: 1 });
    const result = structuredCompletion(model, { codec: UserInfo, messages });
    expect(model.requests).to.deep.equal([]);

    const runs: string[][] = [];
    for (const run of [result, result]) run.pipe(toArray()).subscribe((all) => runs.push(all.map(shown)));
    expect(runs[0]?.at(-1)).to.equal('Complete {"name":"J","age":1}');
    expect(runs[1]).to.deep.equal(runs[0]);

    result.pipe(take(2)).subscribe();
    expect(model.requests.map(({ state }) => state)).to.deep.equal(['complete', 'complete', 'aborted']);
  });

  it('gives the decoded value, transforms included', () => {
    const model = scriptedModel(['{"price":"12.50"}'], { chunkSize: 2 });
    const seen: string[] = [];
    structuredCompletion(model, { codec: t.type({ price: NumberFromString }), messages }).subscribe((either) =>
      seen.push(shown(either)),
    );
    expect([...new Set(seen)]).to.deep.equal(['Partial {}', 'Partial {"price":12.5}', 'Complete {"price":12.5}']);
  });

  it('takes a schema of another library for a codec', () => {
    const schema = z.object({ name: z.string(), age: z.number().max(120) });
    const model = scriptedModel(['{"name":"J","age":300}', '{"name":"J","age":30}'], { dialect: 'openai' });
    const seen: string[] = [];
    structuredCompletion(model, { codec: schema, messages, retries: 1 }).subscribe((either) =>
      seen.push(shown(either)),
    );
    expect(seen[0]).to.match(/^Left 1\+1 \$\.age: .*120/);
    expect(seen.at(-1)).to.equal('Complete {"name":"J","age":30}');
    expect(model.requests[0]?.question.answer.schema).to.have.nested.property('properties.name.type', 'string');
  });

  it('reports a codec without a schema as an error that says what to do', () => {
    const codec = t.type({ meta: t.UnknownRecord });
    const errors: unknown[] = [];
    structuredCompletion(scriptedModel([], { dialect: 'openai' }), { codec, messages }).subscribe({
      error: (error: unknown) => errors.push(error),
    });
    expect(errors[0]).to.be.an('error').with.property('name', 'SchemaError');
    expect(errors[0]).to.have.property('path', '$.meta');
  });

  it('passes the errors of the world, and never asks again for them', () => {
    const down = new Error('ECONNREFUSED');
    const refusal: CompletionEvent[] = [
      { type: 'refusal-delta', text: 'I cannot.' },
      { type: 'finish', reason: 'stop', raw: 'stop' },
    ];
    const cut: CompletionEvent[] = [{ type: 'text-delta', text: '{"name":"J' }];
    for (const [script, name] of [
      [down, 'Error'],
      [refusal, 'RefusalError'],
      [cut, 'IncompleteCompletionError'],
    ] as const) {
      const model = scriptedModel([script]);
      const errors: unknown[] = [];
      structuredCompletion(model, { codec: UserInfo, messages, retries: 3 }).subscribe({
        error: (error: unknown) => errors.push(error),
      });
      expect(errors[0]).to.have.property('name', name);
      expect(model.requests.length).to.equal(1);
    }
  });

  it('completes where the connection ends after the answer but before the model said so', () => {
    const model = scriptedModel([[{ type: 'text-delta', text: '{"name":"J","age":1}' }]]);
    const seen: string[] = [];
    structuredCompletion(model, { codec: UserInfo, messages }).subscribe((either) => seen.push(shown(either)));
    expect(seen.at(-1)).to.equal('Complete {"name":"J","age":1}');
  });

  it(
    'waits between attempts as it is told',
    marbles(({ expectObservable }) => {
      const model = scriptedModel(['{"name":1}', '{"name":"J","age":1}']);
      const result = structuredCompletion(model, { codec: UserInfo, messages, retries: 1, delay: 4 });
      const tags = result.pipe(map((either) => (E.isLeft(either) ? 'L' : either.right._tag.charAt(0))));
      expectObservable(tags).toBe('L---(PC|)');
    }),
  );

  it('gives an error of the model, in writing the turns of the answer, as the error notification', () => {
    const bug = new Error('a bug');
    const scripted = scriptedModel(['{"name":"John","age":30}']);
    const model = {
      ...scripted,
      toMessages: () => {
        throw bug;
      },
    };
    const seen: unknown[] = [];
    structuredCompletion(model, { codec: UserInfo, messages }).subscribe({
      next: (either) => seen.push(shown(either)),
      error: (error: unknown) => seen.push(error),
      complete: () => seen.push('complete'),
    });
    expect(seen.at(-1)).to.equal(bug);
    expect(scripted.requests.map(({ state }) => state)).to.deep.equal(['complete']);
  });
});
