import OpenAI from 'openai';
import { expect } from 'chai';
import { lastValueFrom } from 'rxjs';
import type { Question } from '../../../lib/completions/CompletionModel.js';
import {
  openaiResponses,
  type OpenaiResponsesConfig,
  type OpenaiResponsesParams,
} from '../../../lib/providers/openai/openaiResponses.js';
import { responsesWire } from '../../support/wire.js';
import { ModelServer, sse } from '../../support/modelServer.js';
import { question } from '../../support/providers.js';

const schema = { type: 'object', properties: { a: { type: 'number' } } };
const failures = [
  { text: '{"a":"x"}', correction: '$.a: expected number' },
  { text: '{"a":', correction: 'cut short' },
];

/** The body of the request in which a model asks a question. */
async function bodyOf(
  asked: Question<OpenAI.Responses.ResponseInputItem>,
  config?: OpenaiResponsesConfig,
  params: Partial<OpenaiResponsesParams> = {},
): Promise<Record<string, unknown>> {
  const server = await ModelServer.start(sse(...responsesWire({ text: ['{}'], finish: 'stop' })));
  try {
    const client = new OpenAI({ apiKey: 'none', baseURL: `${server.url}/v1` });
    const model = openaiResponses(client, { model: 'responses-1', ...params }, config);
    await lastValueFrom(model.ask(asked), { defaultValue: null });
    return { ...server.exchanges[0]?.body };
  } finally {
    await server.stop();
  }
}

describe('openaiResponses', () => {
  it('asks for a strict JSON schema by default', async () => {
    const params: Partial<OpenaiResponsesParams> = { temperature: 0.5, text: { verbosity: 'low' } };
    expect(await bodyOf(question([], { schema, description: 'A thing.' }), {}, params)).to.deep.equal({
      model: 'responses-1',
      temperature: 0.5,
      stream: true,
      input: [{ role: 'user', content: 'Hello.' }],
      text: {
        verbosity: 'low',
        format: { type: 'json_schema', name: 'answer', description: 'A thing.', schema, strict: true },
      },
    });
  });

  it('forces one strict tool in tool mode, beside the tools there are', async () => {
    const other = { type: 'web_search' as const };
    const { tools, tool_choice, ...rest } = await bodyOf(
      question([], { schema }),
      { mode: 'tool' },
      { tools: [other] },
    );
    expect(tools).to.deep.equal([other, { type: 'function', name: 'answer', parameters: schema, strict: true }]);
    expect(tool_choice).to.deep.equal({ type: 'function', name: 'answer' });
    expect(rest).to.not.have.property('text');
  });

  it('asks without strict mode where it is told so, in both modes', async () => {
    const { text } = await bodyOf(question([], { schema }), { strict: false });
    expect(text).to.deep.equal({ format: { type: 'json_schema', name: 'answer', schema, strict: false } });
    const { tools } = await bodyOf(question([], { schema }), { mode: 'tool', strict: false });
    expect(tools).to.deep.equal([{ type: 'function', name: 'answer', parameters: schema, strict: false }]);
  });

  it('leaves the choice of tools to who has made it', async () => {
    const { tool_choice } = await bodyOf(question([], { schema }), { mode: 'tool' }, { tool_choice: 'auto' });
    expect(tool_choice).to.equal('auto');
  });

  it('asks for a JSON object, and for its schema in the input, in json-object mode', async () => {
    const { input, text } = await bodyOf(question([], { schema }), { mode: 'json-object' });
    expect(text).to.deep.equal({ format: { type: 'json_object' } });
    expect(input).to.have.nested.property('[0].role', 'developer');
    expect(input).to.have.nested.property('[0].content').that.includes('JSON').and.includes(JSON.stringify(schema));
    expect(input).to.have.nested.property('[1].content', 'Hello.');
  });

  it('asks in the input alone in text mode', async () => {
    const { input, ...rest } = await bodyOf(question([], { schema }), { mode: 'text' });
    expect(rest).to.not.have.any.keys('text', 'tools');
    expect(input).to.have.nested.property('[0].content').that.includes(JSON.stringify(schema));
  });

  it('repeats rejected answers as items of the input', async () => {
    const { input } = await bodyOf(question(failures));
    expect(input).to.deep.equal([
      { role: 'user', content: 'Hello.' },
      { role: 'assistant', content: '{"a":"x"}' },
      { role: 'user', content: '$.a: expected number' },
      { role: 'assistant', content: '{"a":' },
      { role: 'user', content: 'cut short' },
    ]);
  });

  it('repeats rejected answers in tool mode as calls with outputs, if they were complete objects', async () => {
    const { input } = await bodyOf(question(failures), { mode: 'tool' });
    expect(input).to.deep.equal([
      { role: 'user', content: 'Hello.' },
      { type: 'function_call', call_id: 'answer001', name: 'answer', arguments: '{"a":"x"}' },
      { type: 'function_call_output', call_id: 'answer001', output: '$.a: expected number' },
      { role: 'assistant', content: '{"a":' },
      { role: 'user', content: 'cut short' },
    ]);
  });

  it('says which schema it takes, and where the JSON stands', () => {
    const client = new OpenAI({ apiKey: 'none' });
    const facts = (['json-schema', 'tool', 'json-object', 'text'] as const).map((mode) => {
      const { dialect, jsonInText } = openaiResponses(client, { model: 'responses-1' }, { mode });
      return [dialect, jsonInText];
    });
    expect(facts).to.deep.equal([
      ['openai', false],
      ['openai', false],
      ['open', false],
      ['open', true],
    ]);
    for (const mode of ['json-schema', 'tool'] as const)
      expect(openaiResponses(client, { model: 'responses-1' }, { mode, strict: false }).dialect).to.equal('open');
  });
});
