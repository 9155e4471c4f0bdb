import Anthropic from '@anthropic-ai/sdk';
import { expect } from 'chai';
import * as t from 'io-ts';
import OpenAI from 'openai';
import { lastValueFrom, of } from 'rxjs';
import { structuredCompletion } from '../../../lib/answers/structuredCompletion.js';
import { tool } from '../../../lib/answers/tools/tool.js';
import type { CompletionModel } from '../../../lib/completions/CompletionModel.js';
import { anthropicMessages } from '../../../lib/providers/anthropic/anthropicMessages.js';
import { openaiChat } from '../../../lib/providers/openai/openaiChat.js';
import { openaiResponses } from '../../../lib/providers/openai/openaiResponses.js';
import { ModelServer, sse, status, type Answer, type Exchange } from '../../support/modelServer.js';
import { askedIn, turnsIn } from '../../support/toolTalk.js';
import { chatTools, messagesTools, responsesTools, type SaidTurn } from '../../support/toolWires.js';

const codec = t.type({ reply: t.string });
const messages: readonly never[] = [{ role: 'user', content: 'Where is my order?' } as never];
const lookUp = tool({ input: t.type({ order: t.number }), run: () => of('sent') });
const calling: SaidTurn = { calls: [{ id: 'a', name: 'lookUp', args: ['{"order":1}'] }] };
const answer: SaidTurn = { text: ['{"reply":"Sent."}'] };

async function bodiesOf(
  make: (url: string) => CompletionModel<never>,
  answers: readonly Answer[],
  config: { readonly answer?: 'last-step' } = {},
): Promise<readonly Exchange['body'][]> {
  const server = await ModelServer.start(...answers);
  const answered = structuredCompletion(make(server.url), { codec, messages, tools: { lookUp }, ...config });
  await lastValueFrom(answered, { defaultValue: undefined });
  await server.stop();
  return server.exchanges.map(({ body }) => body);
}

const openai = (url: string): OpenAI => new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0 });
const anthropic = (url: string) =>
  anthropicMessages(new Anthropic({ apiKey: 'none', baseURL: url, maxRetries: 0 }), { model: 'm', max_tokens: 9 });

describe("the forms of tools, by 'last-step'", () => {
  const turns = [calling, { text: ['Enough.'] }, answer];

  it('have no schema and then no tools, in chat completions', async () => {
    const answers = turns.map((turn) => sse(...chatTools(turn)));
    const bodies = await bodiesOf((url) => openaiChat(openai(url), { model: 'm' }), answers, { answer: 'last-step' });
    expect(bodies.map(askedIn)).to.deep.equal([
      'tools lookUp, shape none',
      'tools lookUp, shape none',
      'tools none, shape schema',
    ]);
    expect(bodies.map((body) => turnsIn(body).length)).to.deep.equal([1, 3, 3]);
  });

  it('name the tools in the last request of messages, which may call none of them', async () => {
    const answers = turns.map((turn) => sse(...messagesTools(turn)));
    const bodies = await bodiesOf(anthropic, answers, { answer: 'last-step' });
    expect(bodies.map(askedIn)).to.deep.equal([
      'tools lookUp, shape none',
      'tools lookUp, shape none',
      'tools lookUp, choice {"type":"none"}, shape schema',
    ]);
  });
});

describe('the forms of tools, in the next question', () => {
  it('name the tools that were called before, in messages', async () => {
    const server = await ModelServer.start(sse(...messagesTools(answer)));
    const earlier = [
      { role: 'assistant' as const, content: [{ type: 'tool_use' as const, id: 'a', name: 'lookUp', input: {} }] },
      { role: 'user' as const, content: [{ type: 'tool_result' as const, tool_use_id: 'a', content: 'sent' }] },
    ];
    const question = { role: 'user' as const, content: 'And when?' };
    const answered = structuredCompletion(anthropic(server.url), { codec, messages: [...earlier, question] });
    await lastValueFrom(answered, { defaultValue: undefined });
    await server.stop();
    expect(server.exchanges.map(({ body }) => askedIn(body))).to.deep.equal([
      'tools lookUp, choice {"type":"none"}, shape schema',
    ]);
  });
});

describe('the forms of reasoning beside calls, in responses', () => {
  const thinking: SaidTurn = { ...calling, thoughts: ['I must look.'] };
  const asked = async (params: object, chunks = responsesTools(thinking)): Promise<readonly unknown[]> => {
    const answers = [sse(...chunks), sse(...responsesTools(answer))];
    const make = (url: string) => openaiResponses(openai(url), { model: 'm', ...params });
    return turnsIn((await bodiesOf(make, answers))[1] ?? {});
  };
  const typesOf = (turns: readonly unknown[]): unknown => turns.map((turn) => (turn as { type?: string }).type);

  it('are those that came, their encrypted content included', async () => {
    const [, reasoning] = await asked({ store: false, include: ['reasoning.encrypted_content'] });
    expect(reasoning).to.deep.equal({
      type: 'reasoning',
      id: 'rs_1',
      encrypted_content: 'c2VjcmV0',
      summary: [{ type: 'summary_text', text: 'I must look.' }],
    });
  });

  it('are left out where the provider could not know them again', async () => {
    const chunks = responsesTools(thinking).map((chunk) => chunk.replaceAll('c2VjcmV0', ''));
    expect(typesOf(await asked({ store: false }, chunks))).to.deep.equal([
      undefined,
      'function_call',
      'function_call_output',
    ]);
    expect(typesOf(await asked({}, chunks))).to.deep.equal([
      undefined,
      'reasoning',
      'function_call',
      'function_call_output',
    ]);
  });

  it('leave previous_response_id to the caller', async () => {
    const answers = [sse(...responsesTools(thinking)), sse(...responsesTools(answer))];
    const bodies = await bodiesOf(
      (url) => openaiResponses(openai(url), { model: 'm', previous_response_id: 'resp_0' }),
      answers,
    );
    expect(bodies.map((body) => body['previous_response_id'])).to.deep.equal(['resp_0', 'resp_0']);
  });
});

describe('the forms of calls that another model has made', () => {
  it('are those of the model that takes over, under ids that every model takes', async () => {
    const first = await ModelServer.start(
      sse(...chatTools(calling)),
      status(503, { error: { message: 'Overloaded' } }),
    );
    const second = await ModelServer.start(sse(...messagesTools(answer)));
    let runs = 0;
    const counted = tool({ ...lookUp, run: () => of(`sent ${(runs += 1)}`) });
    const models = [openaiChat(openai(first.url), { model: 'm' }), anthropic(second.url)];
    const question = [{ role: 'user' as const, content: 'Where is my order?' }];
    await lastValueFrom(structuredCompletion(models, { codec, messages: question, tools: { lookUp: counted } }), {
      defaultValue: undefined,
    });
    await Promise.all([first.stop(), second.stop()]);

    expect([first.exchanges.length, second.exchanges.length, runs]).to.deep.equal([2, 1, 1]);
    expect(turnsIn(second.exchanges[0]?.body ?? {})).to.deep.equal([
      { role: 'user', content: 'Where is my order?' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'call01001', name: 'lookUp', input: { order: 1 } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call01001', content: 'sent 1' }] },
    ]);
  });
});
