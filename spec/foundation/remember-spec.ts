import { expect } from 'chai';
import { remember } from '../../lib/foundation/remember.js';

describe('remember', () => {
  it('makes once of an object what it makes of it, also where that is undefined', () => {
    const asked: object[] = [];
    const make = remember((key: object) => void asked.push(key));
    const [a, b] = [{}, {}];
    for (const key of [a, b, a, b]) make(key);
    expect(asked).to.have.ordered.members([a, b]);
  });

  it('forgets nothing it did not make: an error is thrown each time', () => {
    const make = remember(() => {
      throw new Error('not yet');
    });
    const key = {};
    expect(() => make(key)).to.throw('not yet');
    expect(() => make(key)).to.throw('not yet');
  });
});
