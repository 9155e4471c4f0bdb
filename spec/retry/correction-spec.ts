import { expect } from 'chai';
import { createInvalidAnswer } from '../../lib/decoded/createInvalidAnswer.js';
import { correction } from '../../lib/retry/correction.js';

const wrong = { message: '$.age: expected number, got "x"', path: ['age'], text: '{"age":"x"' };
const value = createInvalidAnswer({ _tag: 'InvalidValue', ...wrong });

describe('correction', () => {
  it('tells the problems, and asks for the whole answer', () => {
    expect(correction(value, { stopped: false }).split('\n')).to.deep.equal([
      'Your answer was not accepted:',
      '$.age: expected number, got "x"',
      'Answer again from the beginning, with the whole corrected JSON.',
    ]);
  });

  it('says that the answer was stopped', () => {
    const [, , line] = correction(value, { stopped: true }).split('\n');
    expect(line).to.equal('It was stopped there: nothing that could have followed would have made it right.');
  });

  it('asks for the wrong elements of a list alone', () => {
    expect(correction(value, { stopped: false, elements: 2 }).split('\n').at(-1)).to.equal(
      'Answer with these 2 elements alone, corrected and in the same order.',
    );
  });

  it('asks for JSON and nothing else where the answer was not JSON', () => {
    const json = createInvalidAnswer({ _tag: 'InvalidJson', ...wrong });
    expect(correction(json, { stopped: false }).split('\n').at(-1)).to.equal(
      'Write only the JSON: no words before or after it, and no code fence.',
    );
  });
});
