import { expect } from 'chai';
import { from } from 'rxjs';
import { withoutFence } from '../../lib/deltas/withoutFence.js';
import { everyCut, everyUnit } from '../support/arbitraryJson.js';

/** The text without its fence, which must be the same at every cut. */
function unfenced(text: string): string {
  const results = [...everyCut(text), everyUnit(text)].map((deltas) => {
    let seen = '';
    withoutFence(from(deltas)).subscribe((delta) => (seen += delta));
    return seen;
  });
  expect(new Set(results).size, text).to.equal(1);
  return results[0] ?? '';
}

describe('withoutFence', () => {
  it('takes one fence off', () => {
    expect(unfenced('```json\n{"a":1}\n```')).to.equal('{"a":1}\n');
    expect(unfenced(' \n~~~\n[1]~~~\n')).to.equal('[1]\n');
    expect(unfenced('```{"a":1}```')).to.equal('{"a":1}');
    expect(unfenced('```\n42\n```')).to.equal('42\n');
  });

  it('leaves a text without one as it is', () => {
    for (const text of ['{"a":1}', ' [1]', '``{}', '~`~{}', '"```"']) expect(unfenced(text)).to.equal(text);
  });

  it('leaves marks in strings, and the other mark', () => {
    expect(unfenced('```\n{"a":"```\\"```"}\n```')).to.equal('{"a":"```\\"```"}\n');
    expect(unfenced('```\n{}~~~```')).to.equal('{}~~~');
  });

  it('leaves what follows the fence, other fences among it', () => {
    expect(unfenced('```\n{}```\n```\n{}```')).to.equal('{}\n```\n{}```');
    expect(unfenced('```\n{}``` So `it` is.')).to.equal('{} So `it` is.');
  });
});
