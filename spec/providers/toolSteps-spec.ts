import { createOpenAI } from '@ai-sdk/openai';
import { expect } from 'chai';
import * as t from 'io-ts';
import { lastValueFrom, of, Subject, timer, map, takeUntil, toArray } from 'rxjs';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { tool } from '../../lib/answers/tools/tool.js';
import type { AnswerMode } from '../../lib/completions/AnswerMode.js';
import { languageModel } from '../../lib/providers/ai-sdk/languageModel.js';
import { ModelServer, stall, type Answer } from '../support/modelServer.js';

import { anthropic, chat, ollama, responses } from '../support/toolApis.js';

const codec = t.type({ reply: t.string });
const messages = [{ role: 'user' as const, content: 'Where are my orders?' }];

/** A tool that takes its time, so that calls which run one after the other would show. */
function orders(running: string[] = []) {
  return tool({
    description: 'Looks an order up.',
    input: t.type({ order: t.number }),
    run: ({ order }) => {
      running.push(`begin ${order}`);
      return timer(40).pipe(
        map(() => {
          running.push(`end ${order}`);
          return { order, state: 'sent' };
        }),
      );
    },
  });
}

const sent = (order: number): string => `{"order":${order},"state":"sent"}`;

for (const api of [chat, responses, anthropic, ollama])
  describe(`tools of ${api.name}`, () => {
    let server: ModelServer;
    /** The grammar of Ollama's JSON mode lets the model call nothing. */
    const mode: AnswerMode | undefined = api === ollama ? 'text' : undefined;

    const start = async (...answers: readonly Answer[]): Promise<void> => {
      server = await ModelServer.start(...answers);
    };
    const bodies = () => server.exchanges.map(({ body }) => body);
    afterEach(() => server.stop());

    it('runs the calls of one response at once, and tells their results in the form of the API', async () => {
      await start(
        api.calling([
          { id: 'a', order: '1' },
          { id: 'b', order: '2' },
        ]),
        api.answering,
      );
      const running: string[] = [];
      const tools = { lookUp: orders(running) };
      const seen = await lastValueFrom(
        structuredCompletion(api.model(server.url, mode), { codec, messages, tools }).pipe(toArray()),
        { defaultValue: [] },
      );

      expect(running).to.deep.equal(['begin 1', 'begin 2', 'end 1', 'end 2']);
      expect(bodies()).to.have.length(2);
      expect(bodies().map(api.tools)).to.deep.equal([['lookUp'], ['lookUp']]);
      const [first = {}, second = {}] = bodies();
      const before = api.conversation(first);
      expect(api.conversation(second).slice(0, before.length)).to.deep.equal(before);
      const turns = api.turns([
        { id: 'a', order: '1', told: sent(1) },
        { id: 'b', order: '2', told: sent(2) },
      ]);
      expect(api.conversation(second).slice(before.length)).to.deep.equal(turns);

      const last = seen.at(-1);
      if (last?._tag !== 'Right' || last.right._tag !== 'Complete') throw new Error('not complete');
      expect(last.right.value).to.deep.equal({ reply: 'Both are on their way.' });
      const { messages: toAppend } = last.right.completion;
      expect(toAppend.slice(0, -1)).to.deep.equal(turns);
    });

    it('tells the error of a call under its id, and goes on over several steps', async () => {
      await start(
        api.calling([{ id: 'a', order: '"one"' }]),
        api.calling([{ id: 'b', order: '1' }]),
        api.calling([{ id: 'c', order: '2' }]),
        api.answering,
      );
      const tools = { lookUp: tool({ input: t.type({ order: t.number }), run: ({ order }) => of(order) }) };
      await lastValueFrom(structuredCompletion(api.model(server.url, mode), { codec, messages, tools }), {
        defaultValue: undefined,
      });

      const before = api.conversation(bodies()[0] ?? {});
      expect(bodies()).to.have.length(4);
      expect(api.conversation(bodies()[3] ?? {}).slice(before.length)).to.deep.equal(
        [
          api.turns([{ id: 'a', order: '"one"', told: '$.order: expected number, got "one"', isError: true }]),
          api.turns([{ id: 'b', order: '1', told: '1' }]),
          api.turns([{ id: 'c', order: '2', told: '2' }]),
        ].flat(),
      );
    });

    it('aborts the request that is under way when it is unsubscribed from, in any step', async () => {
      await start(api.calling([{ id: 'a', order: '1' }]), stall());
      const stop = new Subject<void>();
      const tools = { lookUp: tool({ input: t.type({ order: t.number }), run: () => of('sent') }) };
      const answers = structuredCompletion(api.model(server.url, mode), { codec, messages, tools });
      const seen = answers.pipe(takeUntil(stop)).subscribe();
      while (server.exchanges.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      stop.next();
      expect(await server.exchanges[1]?.closed).to.equal('aborted');
      expect(seen.closed).to.equal(true);
    });

    if (api === chat || api === responses || api === anthropic)
      it('lets the model choose between tools and the answer, where the answer is a tool', async () => {
        await start(api.calling([{ id: 'a', order: '1' }]), api.answering);
        const tools = { lookUp: tool({ input: t.type({ order: t.number }), run: () => of('sent') }) };
        await lastValueFrom(structuredCompletion(api.model(server.url, 'tool'), { codec, messages, tools }), {
          defaultValue: undefined,
        });
        expect(bodies().map(api.tools)[0]).to.deep.equal(['lookUp', 'answer']);
        expect(bodies()[0]?.['tool_choice']).to.deep.equal(api === anthropic ? { type: 'any' } : 'required');
      });
  });

describe('tools of languageModel', () => {
  it('tells calls and results to the package of a provider, which tells them to its API', async () => {
    const server = await ModelServer.start(
      chat.calling([
        { id: 'a', order: '1' },
        { id: 'b', order: '"two"' },
      ]),
      chat.answering,
    );
    const model = languageModel(createOpenAI({ apiKey: 'none', baseURL: `${server.url}/v1` }).chat('m'));
    const tools = { lookUp: tool({ input: t.type({ order: t.number }), run: ({ order }) => of(order) }) };
    await lastValueFrom(
      structuredCompletion(model, {
        codec,
        messages: [{ role: 'user', content: 'Where are my orders?' }],
        tools,
      }),
      { defaultValue: undefined },
    );
    await server.stop();

    const [first = {}, second = {}] = server.exchanges.map(({ body }) => body);
    expect(chat.tools(first)).to.deep.equal(['lookUp']);
    const call = (id: string, order: unknown) => ({
      id,
      type: 'function',
      function: { name: 'lookUp', arguments: JSON.stringify({ order }) },
    });
    expect(chat.conversation(second).slice(chat.conversation(first).length)).to.deep.equal([
      { role: 'assistant', content: null, tool_calls: [call('a', 1), call('b', 'two')] },
      { role: 'tool', tool_call_id: 'a', content: '1' },
      { role: 'tool', tool_call_id: 'b', content: '{"error":"$.order: expected number, got \\"two\\""}' },
    ]);
  });
});
