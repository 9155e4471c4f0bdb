import { expect } from 'chai';
import { ProviderError } from '../../../lib/completions/ProviderError.js';
import type { MessageBlock, MessageDelta, MessageEvent } from '../../../lib/providers/anthropic/MessageEvent.js';
import { createMessageReader } from '../../../lib/providers/anthropic/createMessageReader.js';

function eventsOf(...events: readonly MessageEvent[]): object[] {
  const toEvents = createMessageReader();
  return events.flatMap((event) => [...toEvents(event)]);
}

const begin = (index: number, content_block: MessageBlock): MessageEvent => ({
  type: 'content_block_start',
  index,
  content_block,
});
const delta = (index: number, fields: MessageDelta): MessageEvent => ({
  type: 'content_block_delta',
  index,
  delta: fields,
});
const stop = (index: number): MessageEvent => ({ type: 'content_block_stop', index });
const tool = (index: number, fields: object) => ({ type: 'tool-delta', index, ...fields });

describe('createMessageReader', () => {
  it('starts with every message_start, and says what the input costs', () => {
    const message = { id: 'm', model: 'claude', usage: { input_tokens: 3, output_tokens: 1 } };
    const started = [
      { type: 'start', id: 'm', model: 'claude' },
      { type: 'usage', inputTokens: 3, outputTokens: 1, raw: message.usage },
    ];
    expect(eventsOf({ type: 'message_start', message }, { type: 'message_start', message })).to.deep.equal([
      ...started,
      ...started,
    ]);
    expect(eventsOf({ type: 'message_start' })).to.deep.equal([{ type: 'start' }]);
  });

  it('reads text and thinking, and passes over signatures, citations, pings and what is empty', () => {
    expect(
      eventsOf(
        { type: 'ping' },
        begin(0, { type: 'thinking', thinking: 'h' }),
        delta(0, { type: 'thinking_delta', thinking: 'm' }),
        delta(0, { type: 'signature_delta' }),
        stop(0),
        begin(1, { type: 'text', text: 'a' }),
        delta(1, { type: 'citations_delta' }),
        delta(1, { type: 'text_delta', text: 'b' }),
        delta(1, { type: 'text_delta', text: '' }),
        begin(2, { type: 'text', text: '' }),
        begin(3, { type: 'thinking', thinking: '' }),
        { type: 'content_block_delta' },
        { type: 'content_block_start' },
      ),
    ).to.deep.equal([
      { type: 'reasoning-delta', text: 'h' },
      { type: 'reasoning-delta', text: 'm' },
      { type: 'text-delta', text: 'a' },
      { type: 'text-delta', text: 'b' },
    ]);
  });

  it('reads tool calls by the index of their block', () => {
    expect(
      eventsOf(
        begin(1, { type: 'tool_use', id: 'x', name: 'f', input: {} }),
        delta(1, { type: 'input_json_delta', partial_json: '' }),
        delta(1, { type: 'input_json_delta', partial_json: '{"a":1}' }),
        stop(1),
      ),
    ).to.deep.equal([tool(1, { id: 'x', name: 'f', text: '' }), tool(1, { text: '{"a":1}' })]);
  });

  it('gives a call without argument deltas the input of its block', () => {
    expect(
      eventsOf(
        begin(0, { type: 'tool_use', id: 'x', name: 'f', input: {} }),
        stop(0),
        begin(1, { type: 'tool_use', id: 'y', name: 'g', input: { a: 1 } }),
        stop(1),
        begin(2, { type: 'tool_use', id: 'z', name: 'h' }),
        stop(2),
        stop(2),
      ),
    ).to.deep.equal([
      tool(0, { id: 'x', name: 'f', text: '' }),
      tool(0, { text: '{}' }),
      tool(1, { id: 'y', name: 'g', text: '' }),
      tool(1, { text: '{"a":1}' }),
      tool(2, { id: 'z', name: 'h', text: '' }),
      tool(2, { text: '{}' }),
    ]);
  });

  it('takes a block that begins twice for one', () => {
    const block = begin(0, { type: 'tool_use', id: 'x', name: 'f', input: {} });
    const call = tool(0, { id: 'x', name: 'f', text: '' });
    expect(eventsOf(block, block, stop(0))).to.deep.equal([call, call, tool(0, { text: '{}' })]);
  });

  it("leaves out the provider's own tools", () => {
    expect(
      eventsOf(
        begin(0, { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }),
        delta(0, { type: 'input_json_delta', partial_json: '{"query":"x"}' }),
        stop(0),
        begin(1, { type: 'web_search_tool_result' }),
        stop(1),
      ),
    ).to.deep.equal([]);
  });

  it('reports usage at the end, with what only the start said', () => {
    const events = eventsOf(
      {
        type: 'message_start',
        message: {
          usage: { input_tokens: 3, cache_read_input_tokens: 100, cache_creation_input_tokens: 20, output_tokens: 1 },
        },
      },
      {
        type: 'message_delta',
        usage: { input_tokens: null, output_tokens: 9, output_tokens_details: { thinking_tokens: 4 } },
      },
    );
    expect(events.at(-1)).to.deep.equal({
      type: 'usage',
      inputTokens: 123,
      outputTokens: 9,
      cachedInputTokens: 100,
      reasoningTokens: 4,
      raw: {
        input_tokens: 3,
        cache_read_input_tokens: 100,
        cache_creation_input_tokens: 20,
        output_tokens: 9,
        output_tokens_details: { thinking_tokens: 4 },
      },
    });
    expect(eventsOf({ type: 'message_delta', usage: {} })).to.deep.equal([
      { type: 'usage', inputTokens: 0, outputTokens: 0, raw: {} },
    ]);
  });

  it('finishes, with the words of a refusal', () => {
    const end = (fields: MessageDelta) => eventsOf({ type: 'message_delta', delta: fields }, { type: 'message_stop' });
    expect(end({ stop_reason: 'end_turn' })).to.deep.equal([{ type: 'finish', reason: 'stop', raw: 'end_turn' }]);
    expect(end({ stop_reason: 'refusal', stop_details: { explanation: 'No.' } })).to.deep.equal([
      { type: 'refusal-delta', text: 'No.' },
      { type: 'finish', reason: 'refusal', raw: 'refusal' },
    ]);
    expect(end({ stop_reason: 'refusal', stop_details: null })).to.deep.equal([
      { type: 'finish', reason: 'refusal', raw: 'refusal' },
    ]);
    expect(end({ stop_reason: null })).to.deep.equal([]);
  });

  it('forgets the blocks of a message that is begun anew', () => {
    expect(
      eventsOf(
        begin(0, { type: 'tool_use', id: 'x', name: 'f' }),
        begin(1, { type: 'server_tool_use' }),
        { type: 'message_start' },
        stop(0),
        delta(1, { type: 'text_delta', text: 'a' }),
      ),
    ).to.deep.equal([tool(0, { id: 'x', name: 'f', text: '' }), { type: 'start' }, { type: 'text-delta', text: 'a' }]);
  });

  it('fails with a ProviderError for an error that the SDK passes on', () => {
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
    expect(() => eventsOf(error))
      .to.throw(ProviderError, 'Overloaded')
      .with.property('body', error);
  });
});
