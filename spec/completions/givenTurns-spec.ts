import { expect } from 'chai';
import { givenTurns, type GivenTurns } from '../../lib/completions/givenTurns.js';

const answer = { name: 'answer', schema: {} };
const text: GivenTurns<object> = { assistant: (said) => ({ said }) };
const tools: GivenTurns<object> = { ...text, tool: (call) => [call, { id: call.id, result: 'ok' }] };

describe('givenTurns', () => {
  it('repeats what was said', () => {
    expect(givenTurns({ text: '{"a":1}', answer }, text)).to.deep.equal([{ said: '{"a":1}' }]);
  });

  it('tells a call under its own id, with its result', () => {
    expect(givenTurns({ text: '{"a":1}', answer, call: { id: 'call_7' } }, tools)).to.deep.equal([
      { id: 'call_7', input: { a: 1 }, json: '{"a":1}' },
      { id: 'call_7', result: 'ok' },
    ]);
  });

  it('gives a call without an id one of its own, which every provider takes', () => {
    const ids = Array.from({ length: 100 }, () => {
      const [turn] = givenTurns({ text: '{}', answer, call: {} }, tools) as [{ id: string }];
      return turn.id;
    });
    expect(new Set(ids).size).to.equal(100);
    for (const id of ids) expect(id).to.match(/^[a-z0-9]{9}$/);
  });

  it('tells as text what was no call, or has no object for arguments', () => {
    expect(givenTurns({ text: '{"a":1}', answer }, tools)).to.deep.equal([{ said: '{"a":1}' }]);
    expect(givenTurns({ text: 'Well', answer, call: { id: 'call_7' } }, tools)).to.deep.equal([{ said: 'Well' }]);
    expect(givenTurns({ text: '{"a":1}', answer, call: { id: 'call_7' } }, text)).to.deep.equal([{ said: '{"a":1}' }]);
  });

  it('leaves out an answer in which nothing was said', () => {
    expect(givenTurns({ text: ' \n', answer }, text)).to.deep.equal([]);
  });
});
