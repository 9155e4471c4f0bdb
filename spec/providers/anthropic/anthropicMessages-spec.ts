import Anthropic from '@anthropic-ai/sdk';
import { expect } from 'chai';
import { lastValueFrom } from 'rxjs';
import type { Question } from '../../../lib/completions/CompletionModel.js';
import {
  anthropicMessages,
  type AnthropicMessagesConfig,
  type AnthropicMessagesParams,
} from '../../../lib/providers/anthropic/anthropicMessages.js';
import { messagesWire } from '../../support/wire.js';
import { ModelServer, sse } from '../../support/modelServer.js';
import { question } from '../../support/providers.js';

const schema = { type: 'object', properties: { a: { type: 'number' } } };
const failures = [
  { text: '{"a":"x"}', correction: '$.a: expected number' },
  { text: '{"a":', correction: 'cut short' },
];
const thinking: Partial<AnthropicMessagesParams> = { thinking: { type: 'enabled', budget_tokens: 1024 } };

/** The body of the request in which a model asks a question. */
async function bodyOf(
  asked: Question<Anthropic.MessageParam>,
  config?: AnthropicMessagesConfig,
  params: Partial<AnthropicMessagesParams> = {},
): Promise<Record<string, unknown>> {
  const server = await ModelServer.start(sse(...messagesWire({ text: ['{}'], finish: 'stop' })));
  try {
    const client = new Anthropic({ apiKey: 'none', baseURL: server.url });
    const model = anthropicMessages(client, { model: 'messages-1', max_tokens: 99, ...params }, config);
    await lastValueFrom(model.ask(asked), { defaultValue: null });
    return { ...server.exchanges[0]?.body };
  } finally {
    await server.stop();
  }
}

describe('anthropicMessages', () => {
  it('asks for structured outputs by default', async () => {
    const params: Partial<AnthropicMessagesParams> = { stop_sequences: ['END'], output_config: { effort: 'low' } };
    expect(await bodyOf(question([], { schema, description: 'A thing.' }), {}, params)).to.deep.equal({
      model: 'messages-1',
      max_tokens: 99,
      stop_sequences: ['END'],
      stream: true,
      messages: [{ role: 'user', content: 'Hello.' }],
      output_config: { effort: 'low', format: { type: 'json_schema', schema } },
    });
  });

  it('forces one tool in tool mode, beside the tools there are', async () => {
    const other = { name: 'other', input_schema: { type: 'object' as const } };
    const { tools, tool_choice, ...rest } = await bodyOf(
      question([], { schema, description: 'A thing.' }),
      { mode: 'tool' },
      { tools: [other] },
    );
    expect(tools).to.deep.equal([other, { name: 'answer', description: 'A thing.', input_schema: schema }]);
    expect(tool_choice).to.deep.equal({ type: 'tool', name: 'answer', disable_parallel_tool_use: true });
    expect(rest).to.not.have.any.keys('output_config', 'system');
  });

  it('tells a model that thinks to call the tool: it cannot be forced', async () => {
    const { tools, tool_choice, system } = await bodyOf(question([], { schema }), { mode: 'tool' }, thinking);
    expect(tools).to.deep.equal([{ name: 'answer', input_schema: schema }]);
    expect(tool_choice).to.deep.equal({ type: 'auto', disable_parallel_tool_use: true });
    expect(system).to.deep.equal([
      { type: 'text', text: 'Give your answer by calling the tool answer, and in no other way.' },
    ]);
    const { tool_choice: forced } = await bodyOf(question(), { mode: 'tool' }, { thinking: { type: 'disabled' } });
    expect(forced).to.have.property('type', 'tool');
  });

  it('leaves the choice of tools to who has made it, and tells a model that is not forced', async () => {
    const auto = { type: 'auto' } as const;
    const told = await bodyOf(question(failures, { schema }), { mode: 'tool' }, { tool_choice: auto });
    expect(told['tool_choice']).to.deep.equal(auto);
    expect(told['system']).to.deep.equal([
      { type: 'text', text: 'Give your answer by calling the tool answer, and in no other way.' },
    ]);
    // It may think without being asked to, and a call without its thoughts would be an error.
    expect(told).to.have.nested.property('messages[1].content', '{"a":"x"}');

    const any = { type: 'any', disable_parallel_tool_use: true } as const;
    const forced = await bodyOf(question([], { schema }), { mode: 'tool' }, { tool_choice: any });
    expect(forced['tool_choice']).to.deep.equal(any);
    expect(forced).to.not.have.property('system');
  });

  it('asks in the system prompt alone in text mode, after what stands there', async () => {
    const asked = question([], { schema });
    const { system, ...rest } = await bodyOf(asked, { mode: 'text' }, { system: 'Be brief.' });
    expect(rest).to.not.have.any.keys('output_config', 'tools');
    expect(system)
      .to.match(/^Be brief\.\n\nAnswer with one JSON object/)
      .and.to.include(JSON.stringify(schema));

    const blocks = await bodyOf(asked, { mode: 'text' }, { system: [{ type: 'text', text: 'Be brief.' }] });
    expect(blocks['system']).to.have.length(2);
    expect((await bodyOf(asked, { mode: 'text' }))['system']).to.have.length(1);
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

  it('repeats a rejected answer in tool mode as a tool call with an error, if it was a complete object', async () => {
    const { messages } = await bodyOf(question(failures), { mode: 'tool' });
    const result = { type: 'tool_result', tool_use_id: 'answer001', is_error: true, content: '$.a: expected number' };
    expect(messages).to.deep.equal([
      { role: 'user', content: 'Hello.' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'answer001', name: 'answer', input: { a: 'x' } }] },
      { role: 'user', content: [result] },
      { role: 'assistant', content: '{"a":' },
      { role: 'user', content: 'cut short' },
    ]);
  });

  it('repeats it as text to a model that thinks: a tool call would need the thoughts before it', async () => {
    const { messages } = await bodyOf(question(failures.slice(0, 1)), { mode: 'tool' }, thinking);
    expect(messages).to.deep.equal([
      { role: 'user', content: 'Hello.' },
      { role: 'assistant', content: '{"a":"x"}' },
      { role: 'user', content: '$.a: expected number' },
    ]);
  });

  it('says which schema it takes, and where the JSON stands', () => {
    const client = new Anthropic({ apiKey: 'none' });
    const facts = (['json-schema', 'tool', 'text'] as const).map((mode) => {
      const { dialect, jsonInText } = anthropicMessages(client, { model: 'messages-1', max_tokens: 9 }, { mode });
      return [dialect, jsonInText];
    });
    expect(facts).to.deep.equal([
      ['anthropic', false],
      ['open', false],
      ['open', true],
    ]);
  });
});
