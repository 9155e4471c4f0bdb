import { expect } from 'chai';
import { ChatTurn } from '../../../lib/providers/openai/ChatTurn.js';

describe('ChatTurn', () => {
  it('keeps what a provider wants back of an answer that was not streamed', () => {
    const message = { role: 'assistant', content: null, reasoning_content: 'I must look.' };
    const parts = [...new ChatTurn().read({ choices: [{ message, finish_reason: 'tool_calls' }] })];
    expect(parts.map(({ raw }) => raw)).to.deep.equal([{ message: { reasoning_content: 'I must look.' }, calls: {} }]);
  });

  it('keeps what a provider has put beside a call', () => {
    const extra = { google: { thought_signature: 'c2lnbmVk' } };
    const call = { index: 0, id: 'a', function: { name: 'lookUp', arguments: '{}' }, extra_content: extra };
    const turn = new ChatTurn();
    const parts = [
      ...turn.read({ choices: [{ delta: { tool_calls: [call] } }] }),
      ...turn.read({ choices: [{ delta: {}, finish_reason: 'tool_calls' }] }),
    ];
    expect(parts.map(({ raw }) => raw)).to.deep.equal([{ message: {}, calls: { a: { extra_content: extra } } }]);
  });
});
