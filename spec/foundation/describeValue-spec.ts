import { expect } from 'chai';
import { describeValue } from '../../lib/foundation/describeValue.js';

class Client {
  readonly url = '';
}

describe('describeValue', () => {
  const cases: readonly (readonly [unknown, string])[] = [
    [undefined, 'undefined'],
    [null, 'null'],
    [3, '3'],
    [true, 'true'],
    [Symbol('s'), 'Symbol(s)'],
    ['json', '"json"'],
    ['x'.repeat(50), `"${'x'.repeat(40)}…"`],
    [[], 'an empty list'],
    [[1], 'a list'],
    [{}, 'an object'],
    [Object.create(null), 'an object'],
    [new Client(), 'an instance of Client'],
    [Client, 'the function Client'],
    [() => 1, 'a function'],
  ];
  for (const [value, expected] of cases)
    it(`says ${expected}`, () => {
      expect(describeValue(value)).to.equal(expected);
    });
});
