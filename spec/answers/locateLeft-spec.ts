import { expect } from 'chai';
import * as t from 'io-ts';
import { from, type Observable } from 'rxjs';
import { decodeAnswer } from '../../lib/answers/decodeAnswer.js';
import { locateLeft } from '../../lib/answers/locateLeft.js';

const UserInfo = t.type({ name: t.string, age: t.number });

const read = (deltas: Observable<string>) => decodeAnswer(deltas, UserInfo, false, {});

/** The character after which a text read one by one is a Left. */
function findFirst(text: string): number | undefined {
  let fed = -1;
  let found: number | undefined;
  const characters = function* (): Generator<string> {
    for (const character of text) {
      fed += 1;
      yield character;
    }
  };
  read(from(characters())).subscribe(({ _tag }) => {
    if (_tag === 'Left') found ??= fed;
  });
  return found;
}

describe('locateLeft', () => {
  // Longer texts are not read character by character from their beginning.
  for (const length of [0, 1, 3_970, 4_000, 9_000])
    it(`finds the character at which an answer with a name of ${length} letters became wrong`, () => {
      const text = `{"name":"${'x'.repeat(length)}","age":"old"}`;
      const offset = locateLeft({ text }, read);
      expect(offset).to.equal(text.indexOf('"old'));
      expect(offset).to.equal(findFirst(text));
    });

  it('finds none where the text was only wrong as a whole, and in a Left without a text', () => {
    expect(locateLeft({ text: '{"name":"x"' }, read)).to.equal(undefined);
    expect(locateLeft({ text: '{"name":"x","age":1}' }, read)).to.equal(undefined);
    expect(locateLeft({}, read)).to.equal(undefined);
  });
});
