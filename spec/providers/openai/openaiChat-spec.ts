import OpenAI from 'openai';
import { expect } from 'chai';
import { lastValueFrom } from 'rxjs';
import { openaiChat, type OpenaiChatConfig, type OpenaiChatParams } from '../../../lib/providers/openai/openaiChat.js';
import type { Question } from '../../../lib/completions/CompletionModel.js';
import { chatWire } from '../../support/wire.js';
import { ModelServer, sse } from '../../support/modelServer.js';
import { question } from '../../support/providers.js';

const schema = { type: 'object', properties: { a: { type: 'number' } } };
const failures = [
  { text: '{"a":"x"}', correction: '$.a: expected number' },
  { text: '{"a":', correction: 'cut short' },
];

/** The body of the request in which a model asks a question. */
async function bodyOf(
  asked: Question<OpenAI.ChatCompletionMessageParam>,
  config?: OpenaiChatConfig,
  params: Partial<OpenaiChatParams> = {},
): Promise<Record<string, unknown>> {
  const server = await ModelServer.start(sse(...chatWire({ text: ['{}'], finish: 'stop' })));
  try {
    const client = new OpenAI({ apiKey: 'none', baseURL: `${server.url}/v1` });
    await lastValueFrom(openaiChat(client, { model: 'chat-1', ...params }, config).ask(asked), { defaultValue: null });
    return { ...server.exchanges[0]?.body };
  } finally {
    await server.stop();
  }
}

describe('openaiChat', () => {
  it('asks for a strict JSON schema by default, and for usage', async () => {
    expect(await bodyOf(question([], { schema, description: 'A thing.' }), {}, { temperature: 0.5 })).to.deep.equal({
      model: 'chat-1',
      temperature: 0.5,
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: 'Hello.' }],
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', description: 'A thing.', schema, strict: true },
      },
    });
  });

  it('forces one strict tool in tool mode, beside the tools there are', async () => {
    const other = { type: 'function' as const, function: { name: 'other' } };
    const { tools, tool_choice, ...rest } = await bodyOf(
      question([], { schema }),
      { mode: 'tool' },
      { tools: [other], stream_options: null },
    );
    expect(tools).to.deep.equal([
      other,
      { type: 'function', function: { name: 'answer', parameters: schema, strict: true } },
    ]);
    expect(tool_choice).to.deep.equal({ type: 'function', function: { name: 'answer' } });
    expect(rest).to.not.have.property('response_format');
    expect(rest).to.not.have.property('stream_options');
  });

  it('asks without strict mode where it is told so, in both modes', async () => {
    const { response_format } = await bodyOf(question([], { schema }), { strict: false });
    expect(response_format).to.deep.equal({
      type: 'json_schema',
      json_schema: { name: 'answer', schema, strict: false },
    });
    const { tools } = await bodyOf(question([], { schema }), { mode: 'tool', strict: false });
    expect(tools).to.deep.equal([
      { type: 'function', function: { name: 'answer', parameters: schema, strict: false } },
    ]);
  });

  it('leaves the choice of tools to who has made it', async () => {
    const { tool_choice } = await bodyOf(question([], { schema }), { mode: 'tool' }, { tool_choice: 'auto' });
    expect(tool_choice).to.equal('auto');
  });

  it('asks for a JSON object, and for its schema in the prompt, in json-object mode', async () => {
    const { messages, response_format } = await bodyOf(question([], { schema }), { mode: 'json-object' });
    expect(response_format).to.deep.equal({ type: 'json_object' });
    expect(messages).to.have.nested.property('[0].role', 'system');
    expect(messages).to.have.nested.property('[0].content').that.includes(JSON.stringify(schema));
    expect(messages).to.have.nested.property('[1].content', 'Hello.');
  });

  it('asks in the prompt alone in text mode, in the system message that there is', async () => {
    const system = { role: 'system' as const, content: 'Be brief.' };
    const { messages, ...rest } = await bodyOf(
      { ...question([], { schema }), messages: [system, { role: 'user', content: 'Hello.' }] },
      { mode: 'text' },
    );
    expect(rest).to.not.have.any.keys('response_format', 'tools');
    expect(messages).to.have.length(2);
    expect(messages)
      .to.have.nested.property('[0].content')
      .that.matches(/^Be brief\.\n\nAnswer with one JSON object/);
  });

  it('repeats rejected answers as turns of the conversation', async () => {
    const { messages } = await bodyOf(question(failures));
    expect(messages).to.deep.equal([
      { role: 'user', content: 'Hello.' },
      { role: 'assistant', content: '{"a":"x"}' },
      { role: 'user', content: '$.a: expected number' },
      { role: 'assistant', content: '{"a":' },
      { role: 'user', content: 'cut short' },
    ]);
  });

  it('repeats rejected answers in tool mode as tool calls with results, if they were complete objects', async () => {
    const { messages } = await bodyOf(question(failures), { mode: 'tool' });
    const call = { id: 'answer001', type: 'function', function: { name: 'answer', arguments: '{"a":"x"}' } };
    expect(messages).to.deep.equal([
      { role: 'user', content: 'Hello.' },
      { role: 'assistant', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'answer001', content: '$.a: expected number' },
      { role: 'assistant', content: '{"a":' },
      { role: 'user', content: 'cut short' },
    ]);
  });

  it('says which schema it takes, and where the JSON stands', () => {
    const client = new OpenAI({ apiKey: 'none' });
    const facts = (['json-schema', 'tool', 'json-object', 'text'] as const).map((mode) => {
      const { dialect, jsonInText } = openaiChat(client, { model: 'chat-1' }, { mode });
      return [dialect, jsonInText];
    });
    expect(facts).to.deep.equal([
      ['openai', false],
      ['openai', false],
      ['open', false],
      ['open', true],
    ]);
    for (const mode of ['json-schema', 'tool'] as const)
      expect(openaiChat(client, { model: 'chat-1' }, { mode, strict: false }).dialect).to.equal('open');
  });
});
