import { expect } from 'chai';
import * as t from 'io-ts';
import { from } from 'rxjs';
import { decodeWith } from '../../lib/decoded/decodeWith.js';
import { accumulatePartial } from '../../lib/partials/accumulatePartial.js';
import { toJsonTokens } from '../../lib/tokens/toJsonTokens.js';

interface Shape {
  readonly codec: t.Mixed;
  /** What is compared with eight times as much. By default 500. */
  readonly size?: number;
  /** A document whose length is in proportion to `size`. */
  readonly document: (size: number) => unknown;
}

interface Tree {
  readonly value: number;
  readonly child?: Tree;
}

const Tree: t.Type<Tree> = t.recursion('Tree', (self) =>
  t.intersection([t.type({ value: t.number }), t.partial({ child: self })]),
);
const Line = t.type({ name: t.string, count: t.number, note: t.union([t.string, t.null]) });

const listOf = <T>(size: number, item: (n: number) => T): readonly T[] =>
  Array.from({ length: size }, (_, n) => item(n));
const line = (n: number): t.TypeOf<typeof Line> => ({ name: `line ${n}`, count: n, note: n % 2 === 0 ? null : 'odd' });

const shapes: Readonly<Record<string, Shape>> = {
  'a long string': { codec: t.string, document: (size) => 'words '.repeat(size * 6) },
  'a list of records': { codec: t.array(Line), document: (size) => listOf(size, line) },
  'lists in a list': {
    codec: t.array(t.array(Line)),
    document: (size) => listOf(Math.ceil(size / 30), () => listOf(30, line)),
  },
  'a list of numbers': { codec: t.array(t.number), document: (size) => listOf(size, (n) => n) },
  'an object of many keys': {
    codec: t.record(t.string, t.number),
    // Beyond the documented width of 1,000 keys: below it, every snapshot copies the object.
    size: 3000,
    document: (size) => Object.fromEntries(listOf(size / 2, (n) => [`key ${n}`, n])),
  },
  'a list of small trees': {
    codec: t.array(Tree),
    document: (size) =>
      listOf(Math.ceil(size / 4), (value) => ({ value, child: { value, child: { value, child: { value } } } })),
  },
};

/** CPU time of reading a document in deltas of four characters, in microseconds: the least of a few, the others were disturbed. */
function cost({ codec, document }: Shape, size: number): number {
  const text = JSON.stringify(document(size));
  const deltas = text.match(/[^]{1,4}/g) ?? [];
  const times = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    from(deltas).pipe(toJsonTokens(), accumulatePartial(), decodeWith(codec)).subscribe();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  return Math.min(...times) / text.length;
}

describe('law: what a delta costs', function () {
  this.timeout(60_000);

  for (const [title, shape] of Object.entries(shapes))
    it(`law 2: does not grow with the document: ${title}`, () => {
      const { size = 500 } = shape;
      cost(shape, 300);
      // Eight times the text. Work that is quadratic makes it eight, copying up to the documented width about two.
      expect(cost(shape, 8 * size) / cost(shape, size)).to.be.below(5);
    });
});
