import { expect } from 'chai';
import * as t from 'io-ts';
import { withFallback } from 'io-ts-types/lib/withFallback.js';
import { withDescription } from '../../lib/codecs/annotations/withDescription.js';
import { hasObjectRoot } from '../../lib/answers/hasObjectRoot.js';

type Codec = t.Decoder<unknown, unknown>;

interface Tree {
  readonly children: readonly Tree[];
}
const Tree: t.Type<Tree> = t.recursion('Tree', () => t.type({ children: t.readonlyArray(Tree) }));
const A = t.type({ a: t.string });

describe('hasObjectRoot', () => {
  const objects: readonly (readonly [string, Codec])[] = [
    ['a type', A],
    ['a partial', t.partial({ a: t.string })],
    ['a strict type', t.strict({ a: t.string })],
    ['a read-only type', t.readonly(A)],
    ['a brand of a type', t.brand(A, (a): a is t.Branded<{ a: string }, { readonly B: symbol }> => a.a !== '', 'B')],
    ['an intersection', t.intersection([A, t.partial({ b: t.string })])],
    ['a recursion', Tree],
    ['a described type', withDescription(A, { title: 'A' })],
    ['a type with a fallback', withFallback(A, { a: '' })],
    ['a union with one member left', t.union([A, t.never as unknown as t.Mixed])],
    ['a record over names that can be counted', t.record(t.keyof({ a: null }), t.string)],
    [
      'a codec that is described as an object',
      withDescription(new t.Type('B', A.is, A.validate, A.encode), { schema: A }),
    ],
    ['a type with an unknown codec in it', t.type({ x: new t.Type('X', t.string.is, t.string.validate, t.identity) })],
  ];
  for (const [title, codec] of objects)
    it(`holds for ${title}`, () => {
      expect(hasObjectRoot(codec)).to.equal(true);
    });

  const others: readonly (readonly [string, Codec])[] = [
    ['a string', t.string],
    ['an array', t.array(A)],
    ['a tuple', t.tuple([A])],
    ['a union of objects', t.union([A, Tree])],
    ['an intersection with a union', t.intersection([A, t.union([t.type({ b: t.string }), t.type({ c: t.string })])])],
    ['an unknown value', t.unknown],
    ['an unknown codec', new t.Type('X', A.is, A.validate, A.encode)],
  ];
  for (const [title, codec] of others)
    it(`does not hold for ${title}`, () => {
      expect(hasObjectRoot(codec)).to.equal(false);
      expect(hasObjectRoot(codec, { dialect: 'open' })).to.equal(false);
    });

  it('holds for an open record outside strict mode', () => {
    expect(hasObjectRoot(t.record(t.string, t.number))).to.equal(false);
    expect(hasObjectRoot(t.record(t.string, t.number), { dialect: 'open' })).to.equal(true);
  });
});
