import { expect } from 'chai';
import { ProviderError } from '../../../lib/completions/ProviderError.js';
import type { ResponseEvent, ResponseState } from '../../../lib/providers/openai/ResponseEvent.js';
import { createResponseReader } from '../../../lib/providers/openai/createResponseReader.js';

function eventsOf(...events: readonly ResponseEvent[]): object[] {
  const toEvents = createResponseReader();
  return events.flatMap((event) => [...toEvents(event)]);
}

const end = (status: string, response: ResponseState = {}): ResponseEvent => ({
  type: `response.${status}`,
  response: { status, ...response },
});
const call = { type: 'function_call', call_id: 'x', name: 'f' };
const message = { type: 'message', content: [{ type: 'output_text', text: 'ab' }] };
const finish = (reason: string, raw: string) => ({ type: 'finish', reason, raw });

describe('createResponseReader', () => {
  it('starts once, with the id and the model', () => {
    const response = { id: 'r', model: 'm' };
    expect(eventsOf({ type: 'response.created', response }, { type: 'response.in_progress', response })).to.deep.equal([
      { type: 'start', id: 'r', model: 'm' },
    ]);
  });

  it('reads text, reasoning and refusals from their deltas', () => {
    expect(
      eventsOf(
        { type: 'response.reasoning_summary_text.delta', output_index: 0, delta: 'h' },
        { type: 'response.reasoning_text.delta', output_index: 0, delta: 'm' },
        { type: 'response.output_text.delta', output_index: 1, delta: 'a' },
        { type: 'response.refusal.delta', output_index: 1, delta: 'no' },
        { type: 'response.audio.delta', output_index: 1, delta: 'zzz' },
        { type: 'response.output_text.done', output_index: 1 },
      ),
    ).to.deep.equal([
      { type: 'reasoning-delta', text: 'h' },
      { type: 'reasoning-delta', text: 'm' },
      { type: 'text-delta', text: 'a' },
      { type: 'refusal-delta', text: 'no' },
    ]);
  });

  it('reads calls of functions and of custom tools, by their place in the output', () => {
    expect(
      eventsOf(
        { type: 'response.output_item.added', output_index: 1, item: { ...call, arguments: '' } },
        {
          type: 'response.output_item.added',
          output_index: 2,
          item: { type: 'custom_tool_call', call_id: 'y', name: 'g' },
        },
        { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{}' },
        { type: 'response.custom_tool_call_input.delta', output_index: 2, delta: 'SELECT' },
        { type: 'response.output_item.done', output_index: 1, item: { ...call, arguments: '{}' } },
      ),
    ).to.deep.equal([
      { type: 'tool-delta', index: 1, id: 'x', name: 'f', text: '' },
      { type: 'tool-delta', index: 2, id: 'y', name: 'g', text: '' },
      { type: 'tool-delta', index: 1, text: '{}' },
      { type: 'tool-delta', index: 2, text: 'SELECT' },
    ]);
  });

  it("leaves out the provider's own tools", () => {
    const item = { type: 'web_search_call' };
    expect(
      eventsOf({ type: 'response.output_item.added', output_index: 0, item }, end('completed', { output: [item] })),
    ).to.deep.equal([finish('stop', 'completed')]);
  });

  it('reads from whole items what was not written in deltas, once', () => {
    const expected = [
      { type: 'text-delta', text: 'ab' },
      { type: 'tool-delta', index: 1, id: 'x', name: 'f', text: '' },
      { type: 'tool-delta', index: 1, text: '{}' },
      finish('tool-calls', 'completed'),
    ];
    const output = [message, { ...call, arguments: '{}' }];
    expect(eventsOf(end('completed', { output }))).to.deep.equal(expected);
    expect(
      eventsOf(
        ...output.map((item, output_index) => ({ type: 'response.output_item.done', output_index, item })),
        end('completed', { output }),
      ),
    ).to.deep.equal(expected);
    const refused = { type: 'message', content: [{ type: 'refusal', refusal: 'No.' }] };
    expect(eventsOf(end('completed', { output: [refused] }))[0]).to.deep.equal({ type: 'refusal-delta', text: 'No.' });
  });

  it('knows items without ids by their place in the output, in whichever order they began', () => {
    const [first, second] = ['f', 'g'].map((name) => ({ type: 'function_call', name }));
    const output = [
      { ...first!, arguments: '{"a":1}' },
      { ...second!, arguments: '{"b":2}' },
    ];
    expect(
      eventsOf(
        { type: 'response.output_item.added', output_index: 1, item: second! },
        { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{"b":2}' },
        { type: 'response.output_item.added', output_index: 0, item: first! },
        end('completed', { output }),
      ),
    ).to.deep.equal([
      { type: 'tool-delta', index: 1, name: 'g', text: '' },
      { type: 'tool-delta', index: 1, text: '{"b":2}' },
      { type: 'tool-delta', index: 0, name: 'f', text: '' },
      { type: 'tool-delta', index: 0, text: '{"a":1}' },
      finish('tool-calls', 'completed'),
    ]);
  });

  it('reports usage, then finishes', () => {
    const usage = {
      input_tokens: 10,
      output_tokens: 5,
      input_tokens_details: { cached_tokens: 4 },
      output_tokens_details: { reasoning_tokens: 3 },
    };
    expect(eventsOf(end('completed', { usage }))).to.deep.equal([
      { type: 'usage', inputTokens: 10, outputTokens: 5, cachedInputTokens: 4, reasoningTokens: 3, raw: usage },
      finish('stop', 'completed'),
    ]);
    expect(eventsOf(end('completed', { usage: {} }))[0]).to.deep.equal({
      type: 'usage',
      inputTokens: 0,
      outputTokens: 0,
      raw: {},
    });
  });

  it('says why a response is incomplete', () => {
    const because = (reason: string) => eventsOf(end('incomplete', { incomplete_details: { reason } }));
    expect(because('max_output_tokens')).to.deep.equal([finish('length', 'max_output_tokens')]);
    expect(because('content_filter')).to.deep.equal([finish('content-filter', 'content_filter')]);
    expect(eventsOf(end('incomplete'))).to.deep.equal([finish('other', 'incomplete')]);
    expect(eventsOf(end('cancelled'))).to.deep.equal([finish('interrupted', 'cancelled')]);
  });

  it('fails with a ProviderError for a response that failed, or an error event', () => {
    expect(() => eventsOf(end('failed', { error: { message: 'Too large', code: 'rate_limit_exceeded' } })))
      .to.throw(ProviderError, 'Too large')
      .with.nested.property('body.code', 'rate_limit_exceeded');
    expect(() => eventsOf(end('failed'))).to.throw(ProviderError);
    expect(() => eventsOf({ type: 'error', message: 'Gone' } as ResponseEvent)).to.throw(ProviderError, 'Gone');
  });
});
