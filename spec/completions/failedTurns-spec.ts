import { expect } from 'chai';
import { failedTurns, type Turns } from '../../lib/completions/failedTurns.js';
import { schemaPrompt } from '../../lib/completions/schemaPrompt.js';

const text: Turns<object> = { assistant: (said) => ({ said }), user: (told) => ({ told }) };
const tools: Turns<object> = {
  ...text,
  tool: ({ id, input, json, error }) => [
    { id, input, json },
    { id, error },
  ],
};

describe('failedTurns', () => {
  it('repeats what was said and what was wrong with it, oldest first', () => {
    const failures = [
      { text: '{"a":1}', correction: 'no' },
      { text: '{"a":2}', correction: 'no again' },
    ];
    expect(failedTurns(failures, text)).to.deep.equal([
      { said: '{"a":1}' },
      { told: 'no' },
      { said: '{"a":2}' },
      { told: 'no again' },
    ]);
  });

  it('leaves out an answer in which nothing was said', () => {
    expect(failedTurns([{ text: ' \n', correction: 'say something' }], text)).to.deep.equal([
      { told: 'say something' },
    ]);
  });

  it('adds what was said of a blank answer to what was said before, so that roles alternate', () => {
    const failures = [
      { text: '', correction: 'say something' },
      { text: '{"a":1}', correction: 'no' },
      { text: '', correction: 'say something' },
    ];
    expect(failedTurns(failures, text)).to.deep.equal([
      { told: 'say something' },
      { said: '{"a":1}' },
      { told: 'no\n\nsay something' },
    ]);
    expect(failedTurns(failures, tools).at(-1)).to.deep.equal({ id: 'answer002', error: 'no\n\nsay something' });
  });

  it('tells a whole object as a tool call, each with an id that every provider takes', () => {
    const failures = [
      { text: '{"a":1}', correction: 'no' },
      { text: ' {} ', correction: 'no again' },
    ];
    expect(failedTurns(failures, tools)).to.deep.equal([
      { id: 'answer001', input: { a: 1 }, json: '{"a":1}' },
      { id: 'answer001', error: 'no' },
      { id: 'answer002', input: {}, json: ' {} ' },
      { id: 'answer002', error: 'no again' },
    ]);
  });

  it('tells anything less as text', () => {
    for (const part of ['{"a":', '[1]', '"a"', 'null', 'Well, no.'])
      expect(failedTurns([{ text: part, correction: 'no' }], tools)).to.deep.equal([{ said: part }, { told: 'no' }]);
    expect(failedTurns([{ text: '', correction: 'no' }], tools)).to.deep.equal([{ told: 'no' }]);
  });
});

describe('schemaPrompt', () => {
  it('says JSON, the schema, and what it is for', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } } };
    const prompt = schemaPrompt({ name: 'thing', description: 'A thing.', schema });
    expect(prompt).to.include('JSON').and.to.include(JSON.stringify(schema)).and.to.include('A thing.');
    expect(schemaPrompt({ name: 'thing', schema })).to.not.include('It holds');
  });
});
