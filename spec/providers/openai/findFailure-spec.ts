import { expect } from 'chai';
import { findFailure } from '../../../lib/providers/openai/findFailure.js';

describe('findFailure', () => {
  it('finds the error of an event, or takes all of an event that is called error', () => {
    const error = { message: 'Overloaded' };
    expect(findFailure({ error }, undefined)).to.equal(error);
    expect(findFailure({ error }, 'error')).to.equal(error);
    expect(findFailure(error, 'error')).to.equal(error);
    expect(findFailure(error, 'message')).to.equal(undefined);
  });

  it('finds none where servers say with an empty error that there is none', () => {
    for (const error of [null, undefined, false, ''])
      expect(findFailure({ error, choices: [] }, undefined)).to.equal(undefined);
  });
});
