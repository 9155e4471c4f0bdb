import { expect } from 'chai';
import * as t from 'io-ts';
import { clone, NonEmptyString, withFallback, withMessage } from 'io-ts-types';
import { whenComplete } from '../../../lib/codecs/annotations/whenComplete.js';
import { withDescription } from '../../../lib/codecs/annotations/withDescription.js';
import type { AnyDecoder } from '../../../lib/codecs/ioTs/CodecKind.js';
import { describeCodec, readCodec } from '../../../lib/codecs/ioTs/readCodec.js';

const Point = t.type({ x: t.number });
const kindOf = (codec: AnyDecoder): string => readCodec(codec).kind;

describe('readCodec', () => {
  const Tree: t.Mixed = t.recursion<unknown>('Tree', (self) => t.type({ children: t.array(self) }) as t.Mixed);
  const kinds: readonly (readonly [t.Mixed, string])[] = [
    [t.string, 'leaf'],
    [t.unknown, 'leaf'],
    [t.null, 'choice'],
    [t.literal('a'), 'choice'],
    [t.keyof({ a: null }), 'choice'],
    [t.array(t.string), 'list'],
    [t.readonlyArray(t.string), 'list'],
    [t.tuple([t.string]), 'tuple'],
    [Point, 'props'],
    [t.partial({ x: t.number }), 'props'],
    [t.record(t.string, t.number), 'record'],
    [t.record(t.keyof({ a: null }), t.number), 'record'],
    [t.union([t.string, t.number]), 'union'],
    [t.intersection([Point, Point]), 'intersection'],
    [t.intersection([] as never), 'intersection'],
    [NonEmptyString, 'refinement'],
    [t.exact(Point), 'exact'],
    [t.readonly(Point), 'same'],
    [Tree, 'later'],
    [whenComplete(Point), 'annotated'],
    [new t.Type('Any', t.unknown.is, t.success, t.identity), 'opaque'],
  ];
  for (const [codec, kind] of kinds)
    it(`reads ${codec.name} as ${kind}, and so its copies`, () => {
      expect(kindOf(codec)).to.equal(kind);
      expect(kindOf(withDescription(codec, { title: 'a copy' }))).to.equal(kind);
      expect(kindOf(clone(codec))).to.equal(kind);
    });

  it('takes a codec that validates in its own way for opaque, and knows what it was made of', () => {
    for (const codec of [withFallback(Point, { x: 0 }), withMessage(Point, () => 'a point')]) {
      expect(kindOf(codec)).to.equal('opaque');
      expect(describeCodec(codec).kind).to.equal('props');
    }
    const own = new t.ArrayType('Own', t.UnknownArray.is, t.UnknownArray.validate, t.identity, t.string);
    expect(kindOf(own)).to.equal('opaque');
    expect(kindOf(t.record(t.string, t.any)), 'for which io-ts takes arrays').to.equal('opaque');
  });

  it('says by which key io-ts tells the members of a union apart, and not where io-ts does not', () => {
    const A = t.type({ kind: t.literal('a') });
    const B = t.type({ kind: t.literal('b') });
    expect(readCodec(t.union([A, B]))).to.include({ tag: 'kind' });
    expect(readCodec(t.union([A, A]))).to.include({ tag: undefined });
  });

  it('knows the keys that an exact object keeps', () => {
    const Both = t.intersection([Point, t.partial({ y: t.number })]);
    expect(readCodec(t.exact(Both))).to.deep.include({ keys: ['x', 'y'] });
    expect(readCodec(t.exact(t.readonly(Both)))).to.deep.include({ keys: ['x', 'y'] });
  });

  it('reads a recursion only when a value is there', () => {
    let runs = 0;
    const Later = t.recursion<unknown>('Later', () => {
      runs++;
      return t.string as t.Mixed;
    });
    readCodec(Later);
    expect(runs).to.equal(0);
  });
});
