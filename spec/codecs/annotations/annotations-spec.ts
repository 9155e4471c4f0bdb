import { expect } from 'chai';
import * as t from 'io-ts';
import { clone, DateFromISOString, NumberFromString, withFallback, withMessage } from 'io-ts-types';
import { withDescription } from '../../../lib/codecs/annotations/withDescription.js';
import { whenComplete } from '../../../lib/codecs/annotations/whenComplete.js';
import { whenPresent } from '../../../lib/codecs/annotations/whenPresent.js';
import { withState } from '../../../lib/codecs/annotations/withState.js';
import { withStructure } from '../../../lib/codecs/standardSchema/withStructure.js';
import { readWith } from '../../support/readWith.js';

const Address = t.type({ street: t.string, city: t.string });
const Circle = t.type({ kind: t.literal('circle'), radius: t.number });
const Square = t.type({ kind: t.literal('square'), side: t.number });

const pending = { state: 'pending' };
const growing = (value: unknown) => ({ state: 'growing', value });
const complete = (value: unknown) => ({ state: 'complete', value });

describe('whenComplete', () => {
  it('withholds a value until it is complete', () => {
    expect(
      readWith(t.type({ to: whenComplete(Address), text: t.string }), [
        '{"to":{"street":"a',
        '","city":"b"',
        '},"text":"c',
        '"}',
      ]),
    ).to.deep.equal([
      {},
      { to: { street: 'a', city: 'b' }, text: 'c' },
      { complete: { to: { street: 'a', city: 'b' }, text: 'c' } },
    ]);
  });

  it('still rejects it at the first wrong character', () => {
    expect(readWith(t.type({ to: whenComplete(Address) }), ['{"to":{"street":1']).at(-1)).to.have.property('rejected');
  });

  it('shows elements one by one, whole', () => {
    expect(
      readWith(t.array(whenComplete(Circle)), ['[{"kind":"circle"', ',"radius":1', '},{"kind":"ci']),
    ).to.deep.equal([[], [{ kind: 'circle', radius: 1 }]]);
  });
});

describe('whenPresent', () => {
  const Shape = whenPresent(t.union([Circle, Square]), 'kind');

  it('withholds an object until its key is there', () => {
    expect(readWith(t.array(Shape), ['[{"x":1,"kind":"squ', 'are"', ',"side":2}', ',{"kind":"'])).to.deep.equal([
      [],
      [{ x: 1, kind: 'square' }],
      [{ x: 1, kind: 'square', side: 2 }],
    ]);
  });

  it('does so for the whole answer', () => {
    expect(readWith(Shape, ['{', '"kind":"circle"', ',"radius":1}'])).to.deep.equal([
      { kind: 'circle' },
      { kind: 'circle', radius: 1 },
      { complete: { kind: 'circle', radius: 1 } },
    ]);
  });

  it('shows an object that closes without the key', () => {
    const codec = t.array(whenPresent(t.partial({ id: t.string, n: t.number }), 'id'));
    expect(readWith(codec, ['[{"n":1', '}', ',{"n":2,"id":"a'])).to.deep.equal([
      [],
      [{ n: 1 }],
      [{ n: 1 }, { n: 2, id: 'a' }],
    ]);
  });

  it('is still told apart by its discriminator', () => {
    const codec = t.union([whenPresent(Circle, 'kind'), whenPresent(Square, 'kind')]);
    expect(codec).to.have.property('tag', 'kind');
    expect(readWith(codec, ['{"kind":"square","side":1', '}'])[0]).to.deep.equal({ kind: 'square', side: 1 });
  });
});

describe('withState', () => {
  it('says of the keys of an object how far they are', () => {
    const codec = t.type({ title: withState(t.string), kind: withState(t.literal('ab')), n: withState(t.number) });
    expect(readWith(codec, ['{', '"title":"x', '","kind":"a', 'b","n":1', '}'])).to.deep.equal([
      { title: pending, kind: pending, n: pending },
      { title: growing('x'), kind: pending, n: pending },
      { title: complete('x'), kind: { state: 'growing' }, n: pending },
      { title: complete('x'), kind: complete('ab'), n: growing(1) },
      { title: complete('x'), kind: complete('ab'), n: complete(1) },
      { complete: { title: 'x', kind: 'ab', n: 1 } },
    ]);
  });

  it('keeps states in what has closed, and none in the final value', () => {
    const codec = t.type({
      list: t.array(
        t.intersection([t.type({ a: withState(NumberFromString) }), t.partial({ b: withState(t.string) })]),
      ),
    });
    expect(readWith(codec, ['{"list":[{"a":"1"', '}', ',{"b":null', ',"a":"2"}]', '}'])).to.deep.equal([
      { list: [{ a: complete(1), b: pending }] },
      { list: [{ a: complete(1) }] },
      { list: [{ a: complete(1) }, { a: pending }] },
      { list: [{ a: complete(1) }, { a: complete(2) }] },
      { complete: { list: [{ a: 1 }, { a: 2 }] } },
    ]);
  });

  it('says it of a whole answer, of elements and of values in a record', () => {
    expect(readWith(withState(t.string), ['"a', 'b"'])).to.deep.equal([
      growing('a'),
      complete('ab'),
      { complete: 'ab' },
    ]);
    expect(readWith(t.array(withState(t.string)), ['["a', '"', ']'])).to.deep.equal([
      [growing('a')],
      [complete('a')],
      { complete: ['a'] },
    ]);
    expect(readWith(t.record(t.string, withState(t.number)), ['{"a":1', '}'])).to.deep.equal([
      { a: growing(1) },
      { a: complete(1) },
      { complete: { a: 1 } },
    ]);
    expect(readWith(t.exact(t.type({ a: withState(t.number) })), ['{"x":1', ',"a":1}'])).to.deep.equal([
      { a: pending },
      { a: complete(1) },
      { complete: { a: 1 } },
    ]);
  });

  it('shows the final value when it is complete, also of what has states in it', () => {
    const codec = withState(t.type({ a: withState(t.string) }));
    expect(readWith(t.type({ x: codec }), ['{"x":{"a":"b', '"}', '}'])).to.deep.equal([
      { x: growing({ a: growing('b') }) },
      { x: complete({ a: 'b' }) },
      { complete: { x: { a: 'b' } } },
    ]);
  });

  it('shows states also in a condition and in clones that validate in their own way, as their types say', () => {
    const isLong = (text: string): boolean => text.length > 1;
    const codec = t.type({
      condition: t.refinement(withState(t.string), isLong),
      message: withMessage(withState(t.string), () => 'a title'),
      fallback: withFallback(withState(t.string), 'none'),
      both: withMessage(t.refinement(withState(t.string), isLong), () => 'a long title'),
    });
    const text = '{"condition":"ab","message":"ab","fallback":0,"both":"ab"}';
    const pending = { state: 'pending' };
    const growing = { state: 'growing' };
    const complete = { state: 'complete', value: 'ab' };
    expect(readWith(codec, [text.slice(0, 14), text.slice(14, 18), text.slice(18, 30), text.slice(30)])).to.deep.equal([
      { condition: growing, message: pending, fallback: pending, both: pending },
      { condition: complete, message: pending, fallback: pending, both: pending },
      { condition: complete, message: growing, fallback: pending, both: pending },
      {
        condition: complete,
        message: complete,
        fallback: { state: 'complete', value: 'none' },
        both: complete,
      },
      { complete: { condition: 'ab', message: 'ab', fallback: 'none', both: 'ab' } },
    ]);
    expect(readWith(codec, ['{"condition":"a",']).at(-1)).to.have.property('rejected');
    expect(readWith(codec, ['{"condition":"ab","message":1,']).at(-1)).to.deep.equal({
      rejected: ['$.message: a title'],
    });
  });

  it('shows whole what a condition or a codec around it withholds', () => {
    const inner = t.type({ a: withState(t.string) });
    for (const codec of [whenComplete(inner), t.refinement(inner, () => true)])
      expect(readWith(t.array(codec), ['[{"a":"b', '"}', ']'])).to.deep.equal([
        [],
        [{ a: 'b' }],
        { complete: [{ a: 'b' }] },
      ]);
  });
});

describe('an annotation', () => {
  it('shows nothing, in a union, that it would have to take back', () => {
    const words = t.array(t.literal('a'));
    for (const hidden of [whenComplete(t.unknown), t.refinement(t.UnknownArray, () => true)])
      expect(readWith(t.tuple([t.union([words, hidden])]), ['[[', '{', '}]', ']'])).to.deep.equal([
        [],
        [[{}]],
        { complete: [[{}]] },
      ]);
    const named = whenPresent(t.type({ x: t.string, name: t.string }), 'name');
    expect(readWith(t.union([t.type({ x: words }), named]), ['{', '"x":"a"', ',"name":"b"', '}'])).to.deep.equal([
      { x: 'a', name: 'b' },
      { complete: { x: 'a', name: 'b' } },
    ]);
  });

  it('changes neither the codec it is put on nor its verdicts', () => {
    for (const copy of [whenComplete(Address), whenPresent(Address, 'city'), withState(Address)]) {
      expect(copy).not.to.equal(Address);
      expect(copy.name).to.equal(Address.name);
      expect(copy).to.have.property('props', Address.props);
      expect(copy.decode({ street: 'a', city: 'b' })).to.deep.equal(Address.decode({ street: 'a', city: 'b' }));
      expect(copy.is({})).to.equal(false);
    }
    expect(readWith(t.array(Address), ['[{'])).to.deep.equal([[{}]]);
  });

  it('composes with others, with descriptions and with clones', () => {
    const codec = t.array(
      withState(whenPresent(withDescription(whenComplete(clone(withState(t.type({ id: t.string })))), {}), 'id')),
    );
    expect(readWith(codec, ['[{"id":"a', '"}'])).to.deep.equal([[{ state: 'growing' }], [complete({ id: 'a' })]]);
    expect(readWith(t.type({ a: withDescription(whenComplete(t.string), { title: 'A' }) }), ['{"a":"x'])).to.deep.equal(
      [{}],
    );
  });

  it('is dropped by a clone that validates in another way', () => {
    const codec = t.type({ a: withFallback(whenComplete(t.string), 'fallback'), b: t.string });
    expect(readWith(codec, ['{"a":1', ',"b":"x"}'])).to.deep.equal([
      {},
      { a: 'fallback', b: 'x' },
      { complete: { a: 'fallback', b: 'x' } },
    ]);
  });
});

describe('withStructure', () => {
  const dated = t.type({ at: t.string }).pipe(
    new t.Type<Date, { at: string }, { at: string }>(
      'Dated',
      (u): u is Date => u instanceof Date,
      ({ at }, c) => DateFromISOString.validate(at, c),
      (date) => ({ at: date.toISOString() }),
    ),
  );
  const structure = t.type({ at: t.string });

  it('rejects by the structure while a value is open, and decodes the complete value by the codec', () => {
    const codec = withStructure(dated, structure, { partials: 'withhold' });
    expect(readWith(t.type({ a: codec }), ['{"a":{"at":1']).at(-1)).to.have.property('rejected');
    expect(readWith(t.type({ a: codec }), ['{"a":{"at":"20', '20-01-01"}}'])).to.deep.equal([
      {},
      { a: new Date('2020-01-01') },
      { complete: { a: new Date('2020-01-01') } },
    ]);
    expect(readWith(t.type({ a: codec }), ['{"a":{"at":"x"}']).at(-1)).to.have.property('rejected');
  });

  it('shows what the structure shows, if it is told to', () => {
    const codec = withStructure(t.unknown.pipe(t.unknown), structure, { partials: 'show' });
    expect(readWith(t.type({ a: codec }), ['{"a":{"at":"20', '20"}}'])).to.deep.equal([
      { a: { at: '20' } },
      { a: { at: '2020' } },
      { complete: { a: { at: '2020' } } },
    ]);
  });
});
