import { expect } from 'chai';
import * as t from 'io-ts';
import { lastValueFrom } from 'rxjs';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import type { CompletionModel } from '../../lib/completions/CompletionModel.js';
import { ModelServer, sse } from '../support/modelServer.js';
import { providers, type UserMessage } from '../support/providers.js';

const codec = t.type({ age: t.number }, 'answer');
const json = '{"age":30}';
const first: UserMessage = { role: 'user', content: 'How old is John?' };
const next: UserMessage = { role: 'user', content: 'And in ten years?' };
const said = { role: 'assistant', content: json };

/** The turns of an answer, in each API's own form: a call is followed by its result. */
const turns: Readonly<Record<string, Readonly<Record<string, readonly object[]>>>> = {
  openaiChat: {
    tool: [
      {
        role: 'assistant',
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'answer', arguments: json } }],
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'Accepted.' },
    ],
  },
  openaiResponses: {
    tool: [
      { type: 'function_call', call_id: 'call_1', name: 'answer', arguments: json },
      { type: 'function_call_output', call_id: 'call_1', output: 'Accepted.' },
    ],
  },
  anthropicMessages: {
    tool: [
      { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'answer', input: { age: 30 } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'Accepted.' }] },
    ],
  },
};

/** The completion of a question, over real HTTP. */
async function completionOf<T>(model: CompletionModel<UserMessage, T>, messages: readonly UserMessage[]) {
  const last = await lastValueFrom(structuredCompletion(model, { codec, messages }), { defaultValue: undefined });
  if (last === undefined || last._tag === 'Left' || last.right._tag === 'Partial') throw new Error('no answer');
  return last.right.completion;
}

for (const { name, modes, model, wire } of providers)
  describe(name, () => {
    for (const mode of modes)
      it(`writes down an answer in ${mode} mode as the API takes it, and the next question goes after it`, async () => {
        const server = await ModelServer.start(
          sse(...wire({ ...(mode === 'tool' ? { args: [json] } : { text: [json] }), finish: 'stop' })),
        );
        try {
          const { messages, attempts } = await completionOf(model(server.url, mode), [first]);
          const expected = turns[name]?.[mode] ?? [said];
          expect(messages).to.deep.equal(expected);
          expect(attempts).to.have.length(1);
          expect(attempts[0]).to.include({ attempt: 1, characters: json.length });
          expect(attempts[0]?.usage).to.deep.include({ inputTokens: 10, outputTokens: 5 });

          await completionOf(model(server.url, mode), [first, ...(messages as UserMessage[]), next]);
          const { body } = server.exchanges[1]!;
          const sent = body['messages'] ?? body['input'];
          expect(sent).to.be.an('array');
          expect((sent as unknown[]).slice(-expected.length - 2)).to.deep.equal([first, ...expected, next]);
        } finally {
          await server.stop();
        }
      });
  });
