import { expect } from 'chai';
import * as t from 'io-ts';
import { from, map } from 'rxjs';
import * as z from 'zod';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { fromStandardSchema } from '../../lib/codecs/standardSchema/fromStandardSchema.js';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import { decodeWith } from '../../lib/decoded/decodeWith.js';
import { accumulatePartial } from '../../lib/partials/accumulatePartial.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { toJsonTokens } from '../../lib/tokens/toJsonTokens.js';
import { growthOf } from '../support/growthOf.js';

interface Shape {
  readonly codec: t.Mixed;
  /** What is compared with eight times as much. By default 500. */
  readonly size?: number;
  /** What is done with its text. By default it is decoded. */
  readonly work?: Work;
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

/** What is done with the text of a document, in deltas of four characters. */
type Work = (deltas: readonly string[], codec: t.Mixed) => void;

const decode: Work = (deltas, codec) => {
  from(deltas).pipe(toJsonTokens(), accumulatePartial(), decodeWith(codec)).subscribe();
};

/** A chain from a model's events to the whole answer, as it is used. */
const complete: Work = (deltas, codec) => {
  const events = from(deltas).pipe(map((text): CompletionEvent => ({ type: 'text-delta', text })));
  structuredCompletion(scriptedModel([events]), { codec, messages: ['Go on.'] }).subscribe();
};

/** What any work on such a text grows by, on this machine, as it is now: for one, memory is slower than a cache. */
const readAtOnce: Work = (deltas) => {
  JSON.parse(deltas.join(''));
};

const shapes: Readonly<Record<string, Shape>> = {
  'a long string': { codec: t.string, document: (size) => 'words '.repeat(size * 6) },
  'a list of records': { codec: t.array(Line), document: (size) => listOf(size, line) },
  'a list of records, for a schema': {
    codec: fromStandardSchema(z.array(z.object({ name: z.string(), count: z.int(), note: z.string().nullable() }))),
    document: (size) => listOf(size, line),
  },
  'an answer, from the events of a model to the whole value': {
    codec: t.type({ lines: t.array(Line) }),
    work: complete,
    document: (size) => ({ lines: listOf(size, line) }),
  },
  'lists in a list': {
    codec: t.array(t.array(Line)),
    document: (size) => listOf(Math.ceil(size / 30), () => listOf(30, line)),
  },
  'a list of numbers': { codec: t.array(t.number), document: (size) => listOf(size, (n) => n) },
  'a list of more numbers than are copied for every snapshot': {
    codec: t.array(t.number),
    size: 2000,
    document: (size) => listOf(size, (n) => n),
  },
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

/** By what the cost of a character grows from a document to one of eight times its length. */
function growthIn({ codec, size = 500, document }: Shape, work: Work): number {
  const prepare = (each: number): ReturnType<Parameters<typeof growthOf>[1]> => {
    const text = JSON.stringify(document(each));
    const deltas = text.match(/[^]{1,4}/g) ?? [];
    return {
      units: text.length,
      run: () => {
        work(deltas, codec);
      },
    };
  };
  return growthOf([size, 8 * size], prepare, 2);
}

describe('law: what a delta costs', function () {
  this.timeout(300_000);

  for (const [title, shape] of Object.entries(shapes))
    it(`law 2: does not grow with the document: ${title}`, () => {
      // Work that is quadratic makes it eight, copying up to the documented width about two.
      expect(growthIn(shape, shape.work ?? decode) / growthIn(shape, readAtOnce)).to.be.below(5);
    });
});
