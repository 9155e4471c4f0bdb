import { expect } from 'chai';
import { ProviderError } from '../../../lib/completions/ProviderError.js';
import type { ChatChunk, ChatMessage } from '../../../lib/providers/openai/ChatChunk.js';
import { createChatReader } from '../../../lib/providers/openai/createChatReader.js';
import { textDelta as text } from '../../support/textEvents.js';

/** The events of one request. */
function eventsOf(...chunks: readonly ChatChunk[]): object[] {
  const toEvents = createChatReader();
  return chunks.flatMap((chunk) => [...toEvents(chunk)]);
}

const delta = (message: ChatMessage): ChatChunk => ({ choices: [{ index: 0, delta: message }] });
const reasoning = (thought: string) => ({ type: 'reasoning-delta', text: thought });
const tool = (index: number, fields: object) => ({ type: 'tool-delta', index, ...fields });

describe('createChatReader', () => {
  it('starts once, with the id and the model', () => {
    expect(eventsOf({ id: 'x', model: 'm', choices: [] }, { id: 'x', model: 'm' })).to.deep.equal([
      { type: 'start', id: 'x', model: 'm' },
    ]);
  });

  it('starts when the server says who it is, which may not be in the first chunk, nor ever', () => {
    expect(eventsOf({ id: '', model: '', choices: [] }, { id: 'x' })).to.deep.equal([{ type: 'start', id: 'x' }]);
    expect(eventsOf({ id: null, model: null }, {})).to.deep.equal([]);
  });

  it('reads content, and passes over what is empty or null', () => {
    expect(
      eventsOf(delta({ content: '' }), delta({ content: 'a' }), delta({ content: null }), delta({})),
    ).to.deep.equal([text('a')]);
  });

  it('reads choice 0 of several, with or without its index, and survives chunks without choices', () => {
    const choices = [
      { index: 1, delta: { content: 'other' } },
      { index: 0, delta: { content: 'this' } },
    ];
    expect(eventsOf({ choices }, { choices: null }, {}, { choices: [{ delta: { content: '!' } }] })).to.deep.equal([
      text('this'),
      text('!'),
    ]);
    expect(eventsOf({ choices: [{ index: 1, delta: { content: 'other' }, finish_reason: 'stop' }] })).to.deep.equal([]);
  });

  it('reads content that is an array of parts', () => {
    const content = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
      { type: 'thinking', thinking: 'mm' },
      { type: 'text', text: '{}' },
      { type: 'refusal', refusal: 'no' },
      { type: 'reference' },
    ];
    expect(eventsOf(delta({ content }))).to.deep.equal([
      reasoning('hm'),
      reasoning('mm'),
      text('{}'),
      { type: 'refusal-delta', text: 'no' },
    ]);
  });

  it('ignores a whole message beside the deltas', () => {
    const message = { content: 'ab' };
    const choice = (content: string) => ({ choices: [{ delta: { content }, message }] });
    expect(eventsOf(choice('a'), choice('b'), { choices: [{ message, finish_reason: null }] })).to.deep.equal([
      text('a'),
      text('b'),
    ]);
  });

  it('reads a whole message from a server that does not stream', () => {
    const call = { id: 'x', function: { name: 'f', arguments: '{}' } };
    expect(
      eventsOf({ choices: [{ message: { content: 'ab', tool_calls: [call] }, finish_reason: 'stop' }] }),
    ).to.deep.equal([
      text('ab'),
      tool(0, { id: 'x', name: 'f', text: '{}' }),
      { type: 'finish', reason: 'stop', raw: 'stop' },
    ]);
  });

  it('reads reasoning under any of its names, once', () => {
    expect(eventsOf(delta({ reasoning_content: 'a' }))).to.deep.equal([reasoning('a')]);
    expect(eventsOf(delta({ reasoning: 'a' }))).to.deep.equal([reasoning('a')]);
    const details = [{ type: 'reasoning.text', text: 'a' }, { type: 'reasoning.summary', summary: 'b' }, {}];
    expect(eventsOf(delta({ reasoning_details: details }))).to.deep.equal([reasoning('ab')]);
    expect(eventsOf(delta({ reasoning: 'ab', reasoning_details: details }))).to.deep.equal([reasoning('ab')]);
    expect(eventsOf(delta({ reasoning: '', reasoning_content: null, reasoning_details: [] }))).to.deep.equal([]);
  });

  it('reads a refusal', () => {
    expect(eventsOf(delta({ content: null, refusal: 'No.' }), delta({ refusal: null }))).to.deep.equal([
      { type: 'refusal-delta', text: 'No.' },
    ]);
  });

  describe('reads tool calls', () => {
    const calls = (...tool_calls: NonNullable<ChatMessage['tool_calls']>): ChatChunk => delta({ tool_calls });

    it('in deltas, leaving out a name or an id that is empty or null', () => {
      expect(
        eventsOf(
          calls({ index: 0, id: 'x', function: { name: 'f', arguments: '' } }),
          calls({ index: 0, id: null, function: { name: '', arguments: '{' } }),
          calls({ index: 0, id: '', function: { arguments: '}' } }),
        ),
      ).to.deep.equal([tool(0, { id: 'x', name: 'f', text: '' }), tool(0, { text: '{' }), tool(0, { text: '}' })]);
    });

    it('whose arguments are null, an object, or not there', () => {
      expect(
        eventsOf(
          calls({ index: 0, function: { name: 'f', arguments: null } }),
          calls({ index: 1, function: { name: 'g', arguments: { a: 1 } } }),
          calls({ index: 2, function: { name: 'h' } }, { index: 3 }),
        ),
      ).to.deep.equal([
        tool(0, { name: 'f', text: '' }),
        tool(1, { name: 'g', text: '{"a":1}' }),
        tool(2, { name: 'h', text: '' }),
        tool(3, { text: '' }),
      ]);
    });

    it('without an index, by their ids', () => {
      expect(
        eventsOf(
          calls(
            { id: 'x', function: { name: 'f', arguments: '1' } },
            { id: 'y', function: { name: 'f', arguments: '2' } },
          ),
          calls({ id: 'x', function: { arguments: '1' } }),
          calls({ id: 'z', function: { name: 'f', arguments: '3' } }),
        ),
      ).to.deep.equal([
        tool(0, { id: 'x', name: 'f', text: '1' }),
        tool(1, { id: 'y', name: 'f', text: '2' }),
        tool(0, { id: 'x', text: '1' }),
        tool(2, { id: 'z', name: 'f', text: '3' }),
      ]);
    });

    it('without an index or an id, a name beginning a call', () => {
      expect(
        eventsOf(
          calls({ function: { arguments: '0' } }),
          calls({ function: { name: 'f', arguments: '1' } }),
          calls({ function: { arguments: '1' } }),
          calls({ function: { name: 'f', arguments: '2' } }),
        ),
      ).to.deep.equal([
        tool(0, { text: '0' }),
        tool(1, { name: 'f', text: '1' }),
        tool(1, { text: '1' }),
        tool(2, { name: 'f', text: '2' }),
      ]);
    });

    it('of the API before tools', () => {
      expect(
        eventsOf(delta({ function_call: { name: 'f', arguments: '{' } }), delta({ function_call: { arguments: '}' } })),
      ).to.deep.equal([tool(0, { name: 'f', text: '{' }), tool(0, { text: '}' })]);
    });
  });

  describe('reads usage', () => {
    const usage = {
      prompt_tokens: 10,
      completion_tokens: 5,
      prompt_tokens_details: { cached_tokens: 4 },
      completion_tokens_details: { reasoning_tokens: 3 },
    };
    const event = {
      type: 'usage',
      inputTokens: 10,
      outputTokens: 5,
      cachedInputTokens: 4,
      reasoningTokens: 3,
      raw: usage,
    };

    it('in a last chunk without choices', () => {
      expect(eventsOf({ choices: [], usage })).to.deep.equal([event]);
    });

    it('in the choice', () => {
      expect(eventsOf({ choices: [{ delta: {}, usage }] })).to.deep.equal([event]);
    });

    it("in a vendor's extension of the last chunk", () => {
      const last = { choices: [{ delta: {}, finish_reason: 'stop' }], x_other: null, x_vendor: { id: 'r', usage } };
      expect(eventsOf(last)).to.deep.equal([event, { type: 'finish', reason: 'stop', raw: 'stop' }]);
    });

    it('without details, or with null in every place', () => {
      expect(eventsOf({ usage: { prompt_tokens: 1, prompt_tokens_details: null } })).to.deep.equal([
        { type: 'usage', inputTokens: 1, outputTokens: 0, raw: { prompt_tokens: 1, prompt_tokens_details: null } },
      ]);
      expect(eventsOf({ usage: null, choices: [{ usage: null, finish_reason: null }] })).to.deep.equal([]);
    });

    it('with cache hits beside the prompt tokens', () => {
      const [event] = eventsOf({ usage: { prompt_tokens: 9, completion_tokens: 1, prompt_cache_hit_tokens: 8 } });
      expect(event).to.include({ cachedInputTokens: 8 });
    });
  });

  it('finishes once per reason, in its own word', () => {
    const end = (finish_reason: string): ChatChunk => ({ choices: [{ delta: {}, finish_reason }] });
    expect(eventsOf(end('eos'), end('eos'), end('length'))).to.deep.equal([
      { type: 'finish', reason: 'stop', raw: 'eos' },
      { type: 'finish', reason: 'length', raw: 'length' },
    ]);
  });

  describe('fails with a ProviderError', () => {
    const failures: readonly [string, ChatChunk][] = [
      ['for an error in the chunk', { error: { message: 'Overloaded' } }],
      ['for an error in the choice', { choices: [{ error: { message: 'Overloaded' }, finish_reason: 'error' }] }],
      ['for a chunk that is an error', { object: 'error', message: 'Overloaded' } as ChatChunk],
    ];
    for (const [why, chunk] of failures)
      it(why, () => {
        expect(() => eventsOf(chunk)).to.throw(ProviderError, 'Overloaded');
      });

    for (const word of ['error', 'network_error', 'insufficient_system_resource'])
      it(`for the finish reason ${word}, keeping the chunk`, () => {
        const chunk = { choices: [{ delta: {}, finish_reason: word }] };
        expect(() => eventsOf(chunk))
          .to.throw(ProviderError)
          .with.property('body', chunk);
      });

    it('after what the chunk holds besides', () => {
      const seen: object[] = [];
      const toEvents = createChatReader();
      expect(() => {
        for (const event of toEvents({ choices: [{ delta: { content: 'a' } }], usage: {}, error: 'gone' }))
          seen.push(event);
      }).to.throw(ProviderError, 'gone');
      expect(seen).to.have.length(2);
    });

    it('not for an error that is null', () => {
      expect(eventsOf({ error: null, choices: [{ error: null, delta: { content: 'a' } }] })).to.deep.equal([text('a')]);
    });
  });
});
