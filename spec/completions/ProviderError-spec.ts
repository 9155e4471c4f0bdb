import { expect } from 'chai';
import { ProviderError } from '../../lib/completions/ProviderError.js';

describe('ProviderError', () => {
  it('finds the message wherever it lies', () => {
    for (const body of [
      'Overloaded',
      { message: 'Overloaded' },
      { error: 'Overloaded' },
      { error: { message: 'Overloaded' } },
    ])
      expect(new ProviderError(body).message).to.equal('Overloaded');
  });

  it('has a message of its own if the body has none', () => {
    for (const body of [{}, 5, null, { error: { code: 1 } }, { message: 5 }])
      expect(new ProviderError(body).message).to.match(/reported an error/);
  });

  it('keeps what the provider sent', () => {
    const body = { error: { message: 'Overloaded', code: 529 } };
    expect(new ProviderError(body).body).to.equal(body);
  });
});
