import { expect } from 'chai';
import * as t from 'io-ts';
import { lastValueFrom, map, take, throwError, toArray } from 'rxjs';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { structuredElements } from '../../lib/answers/structuredElements.js';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import type { CompletionModel, Question } from '../../lib/completions/CompletionModel.js';
import { pipeModel } from '../../lib/completions/pipeModel.js';
import { cached, type EventStore } from '../../lib/models/cached.js';
import { limited } from '../../lib/models/limited.js';
import { writeQuestionKey } from '../../lib/models/writeQuestionKey.js';
import { scriptedModel, type ScriptedAnswer } from '../../lib/testing/scriptedModel.js';
import { textDelta } from '../support/textEvents.js';

const codec = t.type({ age: t.number });
const right = '{"age":30}';
const wrong = '{"age":"x"}';

/** A model with a store, and what comes of questions to it. */
function setUp(answers: readonly ScriptedAnswer[], store: EventStore = new Map<string, readonly CompletionEvent[]>()) {
  const script = scriptedModel(answers, { chunkSize: 3 });
  const model = pipeModel(script, cached(store));
  const ask = async (message = 'How old?', retries = 0): Promise<unknown> => {
    const all = structuredCompletion(model, { codec, messages: [message], retries });
    return lastValueFrom(all.pipe(toArray()), { defaultValue: [] }).then(
      (values) => {
        const last = values.at(-1);
        return last?._tag === 'Right' && last.right._tag === 'Complete' ? last.right.value : 'rejected';
      },
      () => 'failed',
    );
  };
  return { script, store, model, ask };
}

describe('cached', () => {
  it('asks once, and then answers event by event from the store', async () => {
    const store = new Map<string, readonly CompletionEvent[]>();
    const { script, model, ask } = setUp([right], store);
    expect(await ask()).to.deep.equal({ age: 30 });
    expect(await ask()).to.deep.equal({ age: 30 });
    expect(script.requests).to.have.length(1);
    const [events] = store.values();
    const asked = { messages: ['How old?'], answer: script.requests[0]!.question.answer, failures: [] };
    const again = await lastValueFrom(model.ask(asked).pipe(toArray()), { defaultValue: [] });
    expect(again).to.deep.equal(events).and.to.have.length(5);
    expect(JSON.parse(JSON.stringify(events))).to.deep.equal(events);
  });

  it('keeps no headers of the response, and of keys among the parameters numbers that tell them apart', async () => {
    const store = new Map<string, readonly CompletionEvent[]>();
    const start: CompletionEvent = {
      type: 'start',
      id: 'a',
      requestId: 'r',
      headers: { 'openai-organization': 'SECRET' },
    };
    const { script, ask } = setUp([[start, textDelta(right), { type: 'finish', reason: 'stop', raw: 'stop' }]], store);
    expect(await ask()).to.deep.equal({ age: 30 });
    expect([...store.values()][0]?.[0]).to.deep.equal({ type: 'start', id: 'a', requestId: 'r' });

    const { question } = script.requests[0]!;
    const keyWith = (token: string): string =>
      writeQuestionKey<never>(
        {
          ...script,
          params: {
            max_tokens: 99,
            headers: undefined,
            tools: [{ type: 'mcp', server_url: 'https://a.test', authorization: token, headers: { 'x-key': token } }],
            mcp_servers: [{ name: 'a', authorization_token: token }],
          },
        },
        question as Question<never>,
      );
    expect(keyWith('SECRET')).to.include('"max_tokens":99').and.to.not.include('SECRET');
    expect(keyWith('SECRET')).to.equal(keyWith('SECRET')).and.not.equal(keyWith('another'));
  });

  it('asks anew for another message, schema, model or parameter', async () => {
    const { script, ask } = setUp([right, right]);
    await ask('a');
    await ask('b');
    expect(script.requests).to.have.length(2);

    const question: Question<string> = { messages: ['a'], answer: { name: 'a', schema: {} }, failures: [] };
    const model: CompletionModel<string> = { ...script, model: 'm', params: { temperature: 0, seed: 1 } };
    const key = writeQuestionKey(model, question);
    expect(writeQuestionKey({ ...model, params: { seed: 1, temperature: 0 } }, { ...question })).to.equal(key);
    for (const [other, asked] of [
      [{ ...model, model: 'n' }, question],
      [{ ...model, params: { temperature: 1, seed: 1 } }, question],
      [{ ...model, mode: 'tool' as const }, question],
      [model, { ...question, answer: { name: 'a', schema: { type: 'object' } } }],
      [model, { ...question, messages: ['a', 'b'] }],
    ] as const)
      expect(writeQuestionKey(other, asked)).to.not.equal(key);
    const picture = (data: Uint8Array) =>
      writeQuestionKey(model, {
        ...question,
        messages: [{ role: 'user', content: [{ type: 'image', data, mediaType: 'image/png' }] }],
      });
    expect(picture(new Uint8Array([1, 2])))
      .to.equal(picture(Buffer.from([1, 2])))
      .and.not.equal(picture(Buffer.from([3])));
  });

  it('keeps nothing that was rejected, cut, refused, failed or given up', async () => {
    const finish = (reason: 'length' | 'refusal'): CompletionEvent => ({ type: 'finish', reason, raw: reason });
    for (const answer of [
      wrong,
      [textDelta(right)],
      [textDelta(right), finish('length')],
      [{ type: 'refusal-delta', text: 'No.' }, finish('refusal')],
      throwError(() => new Error('no')),
    ] as readonly ScriptedAnswer[]) {
      const store = new Map<string, readonly CompletionEvent[]>();
      await setUp([answer], store).ask();
      expect(store.size).to.equal(0);
    }
    const store = new Map<string, readonly CompletionEvent[]>();
    const { model } = setUp([right], store);
    await lastValueFrom(structuredCompletion(model, { codec, messages: ['x'] }).pipe(take(1)), { defaultValue: null });
    expect(store.size).to.equal(0);
    // Who asks a model without judging the answer has accepted nothing.
    await lastValueFrom(model.ask({ messages: ['x'], answer: { name: 'a', schema: {} }, failures: [] }), {
      defaultValue: null,
    }).catch(() => null);
    expect(store.size).to.equal(0);
  });

  it('keeps the answer that was accepted after others were rejected', async () => {
    const { script, ask } = setUp([wrong, right]);
    expect(await ask('a', 1)).to.deep.equal({ age: 30 });
    expect(await ask('a', 1)).to.deep.equal({ age: 30 });
    expect(script.requests).to.have.length(2);
  });

  it('asks the model again where an answer from the store is rejected', async () => {
    const events: CompletionEvent[] = [
      { type: 'text-delta', text: wrong },
      { type: 'finish', reason: 'stop', raw: 'stop' },
    ];
    const kept: unknown[] = [];
    const store: EventStore = { get: () => events, set: (_, each) => kept.push(each) };
    const { script, ask } = setUp([right], store);
    expect(await ask('a', 1)).to.deep.equal({ age: 30 });
    expect(script.requests).to.have.length(1);
    expect(kept).to.have.length(1);
  });

  it('takes stores that promise, or have null for nothing; and tells what they fail with when read', async () => {
    const map = new Map<string, readonly CompletionEvent[]>();
    const promising: EventStore = {
      get: (key) => Promise.resolve(map.get(key) ?? null),
      set: (key, events) => Promise.resolve(map.set(key, events)),
    };
    const { script, ask } = setUp([right], promising);
    await ask();
    await new Promise((next) => setTimeout(next));
    expect(await ask()).to.deep.equal({ age: 30 });
    expect(script.requests).to.have.length(1);

    const broken = setUp([right], { get: () => Promise.reject(new Error('no')), set: () => undefined });
    expect(await broken.ask()).to.equal('failed');
    const full = setUp([right], { get: () => undefined, set: () => Promise.reject(new Error('full')) });
    expect(await full.ask()).to.deep.equal({ age: 30 });
  });

  it('uses the key as it is', async () => {
    const store = new Map<string, readonly CompletionEvent[]>();
    const model = pipeModel(scriptedModel([right]), cached(store, { key: ({ messages }) => `v1:${messages.length}` }));
    await lastValueFrom(structuredCompletion(model, { codec, messages: ['x'] }), { defaultValue: null });
    expect([...store.keys()]).to.deep.equal(['v1:1']);
  });

  it('learns the verdict through other operators, and keeps lists of elements as well', async () => {
    const store = new Map<string, readonly CompletionEvent[]>();
    const script = scriptedModel(['{"items":[{"age":1},{"age":2}]}']);
    const model = pipeModel(
      script,
      cached(store),
      limited({ concurrency: 1 }),
      <M>(inner: CompletionModel<M>): CompletionModel<M> => ({
        ...inner,
        ask: (question) => inner.ask({ ...question, messages: [...question.messages] }).pipe(map((event) => event)),
      }),
    );
    for (let nth = 0; nth < 2; nth += 1)
      await lastValueFrom(structuredElements(model, { codec, messages: ['x'] }), { defaultValue: null });
    expect(script.requests).to.have.length(1);
    expect(store.size).to.equal(1);
  });

  it('keeps no list of which an element was rejected, nor the part of it that was asked for again', async () => {
    const store = new Map<string, readonly CompletionEvent[]>();
    const script = scriptedModel(['{"items":[{"age":1},{"age":"x"}]}', '{"items":[{"age":2}]}']);
    const asked = structuredElements(pipeModel(script, cached(store)), { codec, messages: ['x'], retries: 1 });
    await lastValueFrom(asked, { defaultValue: null });
    expect(script.requests).to.have.length(2);
    expect(store.size).to.equal(0);
  });
});
