import { expect } from 'chai';
import { violates } from '../../../lib/codecs/standardSchema/violates.js';

const breaks = (value: string, pattern: string): boolean =>
  violates(value, { kind: 'scalar', type: 'string', constraints: { pattern } });

describe('violates', () => {
  it('reads patterns as JSON Schema does, by characters', () => {
    expect(breaks('ä', '^\\p{L}$')).to.equal(false);
    expect(breaks('1', '^\\p{L}$')).to.equal(true);
    expect(breaks('😀', '^.$')).to.equal(false);
  });

  it('reads patterns that are only valid in the old way in that way, and takes those that are in none', () => {
    expect(breaks('a-b', '^[\\w-b]+\\-b$')).to.equal(false);
    expect(breaks('c', '^a\\-b$')).to.equal(true);
    expect(breaks('c', '(')).to.equal(false);
  });
});
