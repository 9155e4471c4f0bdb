import { expect } from 'chai';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import * as N from 'fp-ts/lib/number.js';
import * as S from 'fp-ts/lib/string.js';
import * as t from 'io-ts';
import {
  clone,
  DateFromISOString,
  either,
  fromNullable,
  mapFromEntries,
  NonEmptyString,
  nonEmptyArray,
  NumberFromString,
  option,
  optionFromNullable,
  setFromArray,
  UUID,
  withFallback,
  withMessage,
} from 'io-ts-types';
import { Decoder } from '../../../lib/codecs/decoder/Decoder.js';
import { readWith } from '../../support/readWith.js';
import { snapshotsOf } from '../../support/snapshotsOf.js';

const Circle = t.type({ kind: t.literal('circle'), radius: t.number });
const Square = t.type({ kind: t.literal('square'), side: t.number });

describe('the decoder', () => {
  describe('shows', () => {
    it('strings and numbers while they grow', () => {
      expect(readWith(t.type({ a: t.string, b: t.number }), ['{"a":"x', 'y","b":1', '2', '}'])).to.deep.equal([
        { a: 'x' },
        { a: 'xy', b: 1 },
        { a: 'xy', b: 12 },
        { complete: { a: 'xy', b: 12 } },
      ]);
    });

    it('literals, keys and brands when they are whole', () => {
      const codec = t.array(t.union([t.literal('ab'), t.keyof({ abc: null }), t.Int, UUID, NonEmptyString]));
      expect(readWith(codec, ['["a', 'b"', ',"ab', 'c",1', '2', ',"', 'x"]'])).to.deep.equal([
        [],
        ['ab'],
        ['ab', 'abc'],
        ['ab', 'abc', 12],
        ['ab', 'abc', 12, 'x'],
        { complete: ['ab', 'abc', 12, 'x'] },
      ]);
    });

    it('transformed values when they are whole, and never anything else in their place', () => {
      const codec = t.type({ at: DateFromISOString, n: NumberFromString, o: optionFromNullable(t.string) });
      const at = new Date('2020-01-01');
      expect(readWith(codec, ['{"at":"2020', '-01-01"', ',"n":"1', '","o":nul', 'l', '}'])).to.deep.equal([
        {},
        { at },
        { at, n: 1 },
        { at, n: 1, o: O.none },
        { complete: { at, n: 1, o: O.none } },
      ]);
    });

    it('collections that become something else when they are whole', () => {
      const codec = t.tuple([
        setFromArray(t.number, N.Ord),
        mapFromEntries(t.string, S.Ord, t.number),
        nonEmptyArray(t.string),
      ]);
      const [set, map] = [new Set([1, 2]), new Map([['a', 1]])];
      expect(readWith(codec, ['[[1', ',2]', ',[["a",1]', ']', ',["x"', ']', ']'])).to.deep.equal([
        [],
        [set],
        [set, map],
        [set, map, ['x']],
        { complete: [set, map, ['x']] },
      ]);
    });

    it('half an Option or Either never, however it is written', () => {
      const codec = t.type({ a: option(t.string), b: either(t.string, t.number) });
      expect(
        readWith(codec, ['{"a":{"_tag":"Some","value":"x', '"}', ',"b":{"_tag":"Right","right":1', '}}']),
      ).to.deep.equal([
        {},
        { a: O.some('x') },
        { a: O.some('x'), b: E.right(1) },
        { complete: { a: O.some('x'), b: E.right(1) } },
      ]);
    });

    it('what tuples, records, exact objects and codecs of themselves are made of', () => {
      interface Tree {
        readonly name: string;
        readonly children: readonly Tree[];
      }
      const Tree: t.Type<Tree> = t.recursion('Tree', (self) =>
        t.strict({ name: t.string, children: t.readonlyArray(self) }),
      );
      expect(readWith(Tree, ['{"name":"a","x":1,"children":[{"na', 'me":"b', '","children":[]}]}'])).to.deep.equal([
        { name: 'a', children: [{}] },
        { name: 'a', children: [{ name: 'b' }] },
        { name: 'a', children: [{ name: 'b', children: [] }] },
        { complete: { name: 'a', children: [{ name: 'b', children: [] }] } },
      ]);
      expect(readWith(t.tuple([t.string, t.number]), ['["a"', ',1,[', '2]]'])).to.deep.equal([
        ['a'],
        ['a', 1],
        { complete: ['a', 1] },
      ]);
      const Prices = t.record(t.keyof({ eu: null, us: null }), t.number);
      expect(readWith(Prices, ['{"eu":1,"as":2', ',"us":3}'])).to.deep.equal([
        { eu: 1 },
        { eu: 1, us: 3 },
        { complete: { eu: 1, us: 3 } },
      ]);
      expect(readWith(t.record(NonEmptyString, t.literal('a')), ['{"":1,"1":"a', '","x":"a"}'])).to.deep.equal([
        {},
        { '1': 'a', x: 'a' },
        { complete: { '1': 'a', x: 'a' } },
      ]);
    });

    it('of a union what is true whichever of its members it will be', () => {
      const codec = t.union([
        t.type({ at: t.string, end: t.literal(true) }),
        t.type({ at: DateFromISOString, end: t.literal(false) }),
      ]);
      expect(readWith(codec, ['{"id":1', ',"at":"2020', '","end":', 'true}'])).to.deep.equal([
        { id: 1 },
        { id: 1, at: '2020', end: true },
        { complete: { id: 1, at: '2020', end: true } },
      ]);
      // A literal that may still come out as it is on the wire is no reason to wait.
      expect(readWith(t.union([t.literal('auto'), t.string]), ['"a', 'ut', 'umn"'])).to.deep.equal([
        'a',
        'aut',
        'autumn',
        { complete: 'autumn' },
      ]);
    });

    it('of a union nothing raw that one of its members may yet transform', () => {
      const codec = t.union([t.refinement(NumberFromString, () => true), t.string]);
      expect(readWith(codec, ['"1', '2"'])).to.deep.equal([12, { complete: 12 }]);
      expect(readWith(codec, ['"1', 'x"'])).to.deep.equal(['1x', { complete: '1x' }]);
    });

    it('of a key that two members of an intersection read in different ways what neither withholds', () => {
      const codec = t.intersection([
        t.type({ a: t.type({ x: t.literal('ab') }) }),
        t.type({ a: t.type({ at: DateFromISOString }) }),
      ]);
      const at = new Date('2020-01-01');
      expect(readWith(codec, ['{"a":{"at":"2020-01-01"', ',"x":"a', 'b"', '}', '}'])).to.deep.equal([
        { a: { at } },
        { a: { at, x: 'ab' } },
        { complete: { a: { at, x: 'ab' } } },
      ]);
    });

    it('of an intersection what none of its members withholds', () => {
      const codec = t.intersection([
        t.type({ kind: t.literal('ab'), n: t.number }),
        t.partial({ note: t.string, at: DateFromISOString }),
      ]);
      const at = new Date('2020-01-01');
      expect(readWith(codec, ['{"note":"x', '","kind":"a', 'b","at":"2020-', '01-01","n":1}'])).to.deep.equal([
        { note: 'x' },
        { note: 'x', kind: 'ab' },
        { note: 'x', kind: 'ab', at, n: 1 },
        { complete: { note: 'x', kind: 'ab', at, n: 1 } },
      ]);
    });

    it('any value that a codec does not mind, and keys that it does not know', () => {
      const codec = t.type({ any: t.unknown });
      expect(readWith(codec, ['{"x":[1', '],"any":{"b', '":"c', '"}}'])).to.deep.equal([
        { x: [1] },
        { x: [1], any: {} },
        { x: [1], any: { b: 'c' } },
        { complete: { x: [1], any: { b: 'c' } } },
      ]);
    });
  });

  describe('rejects', () => {
    const refusal = <A>(codec: t.Type<A, unknown>, text: string): unknown =>
      readWith(codec, text.split('')).at(-1) ?? {};

    it('a value of another type when it begins', () => {
      expect(refusal(t.type({ a: t.string }), '{"a":[')).to.have.property('rejected');
      expect(refusal(t.array(t.number), '{')).to.have.property('rejected');
      expect(refusal(t.tuple([t.boolean]), '["')).to.have.property('rejected');
      expect(refusal(t.record(t.string, t.null), '{"a":0')).to.have.property('rejected');
      expect(refusal(t.never, '"')).to.have.property('rejected');
    });

    it('a literal at its first wrong character, and a number likewise', () => {
      expect(refusal(t.keyof({ fast: null, slow: null }), '"fas')).not.to.have.property('rejected');
      expect(refusal(t.keyof({ fast: null, slow: null }), '"fax')).to.have.property('rejected');
      expect(refusal(t.union([t.literal(1), t.literal(25)]), '2')).not.to.have.property('rejected');
      expect(refusal(t.union([t.literal(1), t.literal(25)]), '3')).to.have.property('rejected');
    });

    it('an object without a required key, and a condition that does not hold, when they close', () => {
      expect(refusal(t.type({ a: t.type({ b: t.string }) }), '{"a":{"c":1}')).to.have.property('rejected');
      expect(refusal(t.type({ a: t.Int }), '{"a":1.5,')).to.have.property('rejected');
      expect(refusal(t.type({ a: t.array(UUID) }), '{"a":["x"')).to.have.property('rejected');
    });

    it('a union when the last of its members is, and by its discriminator at once', () => {
      expect(refusal(t.union([t.string, t.array(t.string)]), '[1')).to.have.property('rejected');
      expect(refusal(t.union([Circle, Square]), '{"kind":"cu')).to.deep.equal({
        rejected: ['$.kind: expected "circle" or "square", got "cu"'],
      });
      expect(refusal(t.union([Circle, Square]), '{"kind":"square","radius":"')).not.to.have.property('rejected');
      expect(refusal(t.union([Circle, Square]), '{"kind":"square","side":"')).to.have.property('rejected');
    });

    it('what a condition on the whole is to see by the structure under it', () => {
      const codec = t.brand(
        t.type({ a: t.string }),
        (_): _ is t.Branded<{ a: string }, { readonly X: symbol }> => true,
        'X',
      );
      expect(refusal(codec, '{"a":1')).to.have.property('rejected');
    });
  });

  it('looks into nothing that validates in a way of its own', () => {
    const whole = (codec: t.Mixed) => readWith(codec, ['{"a":1', ',"b":[2]', '}']);
    const Plain = t.type({ a: t.number });
    const handMade = new t.InterfaceType('HandMade', Plain.is, (u) => t.success(u as { a: number }), t.identity, {
      a: t.string,
    });
    const text = { a: 1, b: [2] };
    expect(whole(withFallback(t.type({ a: t.string }), { a: 'x' }))).to.deep.equal([
      { a: 'x' },
      { complete: { a: 'x' } },
    ]);
    expect(whole(withMessage(Plain, () => 'no'))).to.deep.equal([text, { complete: text }]);
    expect(whole(fromNullable(Plain, { a: 0 }))).to.deep.equal([text, { complete: text }]);
    expect(whole((Plain as t.Mixed).pipe(t.unknown))).to.deep.equal([text, { complete: text }]);
    expect(whole(handMade)).to.deep.equal([text, { complete: text }]);
    // A clone that does not is looked into.
    expect(whole(clone(Plain))).to.deep.equal([{ a: 1 }, { a: 1, b: [2] }, { complete: text }]);
  });

  it('does not take the tag of a union for granted where a member has a fallback', () => {
    const codec = t.union([withFallback(Circle, { kind: 'circle', radius: 0 }), Square]);
    for (const text of ['{"kind":"cube"}', '{"radius":1}', '{"kind":"circle"}', '{"kind":"square","side":2}'])
      expect(readWith(codec, [text]).at(-1)).to.have.property(
        E.isRight(codec.decode(JSON.parse(text))) ? 'complete' : 'rejected',
      );
  });

  describe('null under an optional key whose codec rejects it', () => {
    it('leaves alone what another key was translated to', () => {
      const first = new t.Type<string, string>(
        'First',
        t.string.is,
        (u, c) => (typeof u === 'string' ? t.success(u.charAt(0)) : t.failure(u, c)),
        t.identity,
      );
      const codec = t.intersection([t.record(first, t.array(t.string)), t.partial({ b: t.array(t.string) })]);
      expect(readWith(codec, ['{"ba":["x"],"b":null}']).at(-1)).to.deep.equal({
        complete: { b: ['x'], ba: ['x'] },
      });
    });

    it('reads as if the key were not there, at any depth', () => {
      const codec = t.type({ list: t.array(t.partial({ a: t.string, b: t.union([t.string, t.null]) })) });
      const value = { list: [{ b: null }, {}] };
      expect(readWith(codec, ['{"list":[{"a":null,"b":null', '},{"a":nul', 'l}]}'])).to.deep.equal([
        { list: [{ b: null }] },
        value,
        { complete: value },
      ]);
    });

    it('does so for all members of an intersection', () => {
      const codec = t.intersection([t.type({ id: t.number }), t.partial({ a: t.string })]);
      expect(readWith(codec, ['{"id":1,"a":null}']).at(-1)).to.deep.equal({ complete: { id: 1 } });
      const required = t.intersection([t.type({ a: t.union([t.string, t.null]) }), t.partial({ a: t.string })]);
      expect(readWith(required, ['{"a":null}'])).to.deep.equal([
        { rejected: ['$.a: required key is missing, expected string or null'] },
      ]);
      const nested = t.intersection([
        t.union([t.partial({ a: t.string }), t.type({ b: t.number })]),
        t.type({ c: t.number }),
      ]);
      expect(readWith(nested, ['{"c":1,"a":null}']).at(-1)).to.deep.equal({ complete: { c: 1 } });
      expect(readWith(t.exact(codec), ['{"id":1,"a":null,"x":2}']).at(-1)).to.deep.equal({ complete: { id: 1 } });
    });

    it('lets the codec say what there is without the key', () => {
      const Five = new t.Type<number>(
        'Five',
        t.number.is,
        (u, c) => (u === undefined ? t.success(5) : t.number.validate(u, c)),
        t.identity,
      );
      expect(readWith(t.partial({ a: Five }), ['{"a":null}']).at(-1)).to.deep.equal({ complete: { a: 5 } });
    });

    it('is absent for a condition as well that looks at the whole object', () => {
      const having = t.refinement(t.type({}), (value) => 'a' in value, 'Having');
      const codec = t.intersection([having, t.partial({ a: t.string })]);
      expect(readWith(codec, ['{"a":"b"}']).at(-1)).to.deep.equal({ complete: { a: 'b' } });
      expect(readWith(codec, ['{"a":null}']).at(-1)).to.have.property('rejected');
    });

    it('counts as absent also where the key may be undefined', () => {
      const codec = t.type({ a: t.union([t.string, t.undefined]), b: t.string });
      expect(codec.decode({ b: 'x' })).to.have.nested.property('right.a', undefined);
      expect(readWith(codec, ['{"a":null', ',"b":"x"}'])).to.deep.equal([
        { a: undefined },
        { a: undefined, b: 'x' },
        { complete: { a: undefined, b: 'x' } },
      ]);
      expect(readWith(t.array(codec), ['[{"a":null,"b":"x"},{"a":0']).at(-1)).to.deep.equal({
        rejected: ['$[1].a: expected string or nothing, got 0'],
      });
    });

    it('stays null for a required key', () => {
      expect(readWith(t.type({ a: t.string }), ['{"a":null}'])).to.deep.equal([
        { rejected: ['$.a: expected string, got null'] },
      ]);
    });
  });

  it('leaves what one member of an intersection makes of a missing key when another makes nothing of it', () => {
    const codec = t.intersection([
      t.type({ a: withFallback(t.string, 'x') }),
      t.type({ a: t.union([t.string, t.undefined]) }),
    ]);
    expect(codec.decode({})).to.deep.equal(E.right({ a: 'x' }));
    for (const excess of ['allow', 'strip', 'error'] as const)
      expect(readWith(codec, ['{', '}'], { excess }).at(-1), excess).to.deep.equal({ complete: { a: 'x' } });
  });

  describe('extra keys', () => {
    const Both = t.intersection([t.type({ a: t.number }), t.partial({ b: t.type({ c: t.number }) })]);
    const deltas = ['{"a":1,"x":', '2,"b":{"c":3,"y"', ':4}}'];

    it('are kept as io-ts keeps them', () => {
      expect(readWith(Both, deltas).at(-1)).to.deep.equal({ complete: { a: 1, x: 2, b: { c: 3, y: 4 } } });
      expect(readWith(t.exact(Both), deltas).at(-1)).to.deep.equal({ complete: { a: 1, b: { c: 3, y: 4 } } });
    });

    it('are stripped everywhere, of partials as well', () => {
      const value = { a: 1, b: { c: 3 } };
      expect(readWith(Both, deltas, { excess: 'strip' })).to.deep.equal([{ a: 1 }, value, { complete: value }]);
    });

    it('are rejected when they appear', () => {
      expect(readWith(Both, deltas, { excess: 'error' })).to.deep.equal([
        { a: 1 },
        { rejected: ['$.x: key is not allowed'] },
      ]);
      expect(readWith(t.exact(Both), deltas, { excess: 'error' }).at(-1)).to.deep.equal({
        rejected: ['$.x: key is not allowed'],
      });
      expect(readWith(t.array(Both), ['[{"b":{"y":1'], { excess: 'error' }).at(-1)).to.deep.equal({
        rejected: ['$[0].b.y: key is not allowed'],
      });
    });

    it('are found where an object lists them first because they look like indexes', () => {
      const codec = t.type({ a: t.string });
      const late = ['{"a":"x",', '"0":1', ',"b":2}'];
      expect(readWith(codec, late, { excess: 'error' }).at(-1)).to.deep.equal({
        rejected: ['$["0"]: key is not allowed'],
      });
      expect(readWith(codec, late, { excess: 'strip' })).to.deep.equal([{ a: 'x' }, { complete: { a: 'x' } }]);
    });

    it('do not matter to what is shown of a union before it is known which member it is', () => {
      const codec = t.union([
        t.exact(t.type({ at: DateFromISOString, end: t.literal(true) })),
        t.exact(t.type({ at: t.string, end: t.literal(false) })),
      ]);
      const value = { at: '2020-01-01', end: false };
      for (const excess of ['allow', 'strip', 'error'] as const)
        expect(readWith(codec, ['{"at":"2020-01-01","end":', 'false', '}'], { excess }), excess).to.deep.equal([
          value,
          { complete: value },
        ]);
    });

    it('are not those that another member of an intersection knows, at any depth', () => {
      const codec = t.intersection([
        t.type({ a: t.type({ at: DateFromISOString, list: t.array(t.type({ x: NumberFromString })) }) }),
        t.type({ a: t.type({ n: t.number, list: t.array(t.type({ y: t.string })) }) }),
        t.record(t.keyof({ a: null }), t.unknown),
      ]);
      const value = { a: { at: new Date('2020-01-01'), list: [{ x: 1, y: '2' }], n: 3 } };
      const text = '{"a":{"at":"2020-01-01","list":[{"x":"1","y":"2"}],"n":3}}';
      const members = t.intersection([codec.types[0], codec.types[1]]);
      for (const excess of ['strip', 'error'] as const) {
        expect(readWith(members, [text], { excess }).at(-1), excess).to.deep.equal({ complete: value });
        expect(readWith(codec, [text], { excess }).at(-1), excess).to.deep.equal({ complete: value });
      }
      const more = text.replace('"y"', '"z":0,"y"');
      expect(readWith(members, [more], { excess: 'strip' }).at(-1)).to.deep.equal({ complete: value });
      expect(readWith(members, [more], { excess: 'error' }).at(-1)).to.deep.equal({
        rejected: ['$.a.list[0].z: key is not allowed'],
      });
    });

    it('are not counted if the members of an intersection are not objects', () => {
      const codec = t.type({ a: t.intersection([t.string, NonEmptyString]) });
      for (const excess of ['strip', 'error'] as const)
        expect(readWith(codec, ['{"a":"b"}'], { excess }).at(-1), excess).to.deep.equal({ complete: { a: 'b' } });
    });

    it('are not counted if a member of an intersection takes any key', () => {
      const open = t.intersection([t.type({ a: t.number }), t.record(t.string, t.number)]);
      expect(readWith(open, ['{"a":1,"x":2}'], { excess: 'error' }).at(-1)).to.deep.equal({ complete: { a: 1, x: 2 } });
      expect(readWith(open, ['{"a":1,"x":2}'], { excess: 'strip' }).at(-1)).to.deep.equal({ complete: { a: 1, x: 2 } });
    });
  });

  it('takes __proto__ for a key like any other', () => {
    const codec = t.record(t.string, NumberFromString);
    const [last] = readWith(codec, ['{"__proto__":"1"}']).slice(-1) as [{ complete: object }];
    expect(Object.entries(last.complete)).to.deep.equal([['__proto__', 1]]);
    expect(Object.getPrototypeOf(last.complete)).to.equal(Object.prototype);
  });

  it('rejects anything but an object for a tagged union as io-ts does, while it is open as well', () => {
    const codec = t.union([Circle, Square]);
    for (const [text, value] of [
      ['"x', 'x'],
      ['[1', [1]],
    ] as const) {
      const [seen] = snapshotsOf([text], true).seen;
      const decoder = new Decoder(codec, { failFast: true, excess: 'allow' });
      if (seen !== undefined) decoder.write(seen.snapshot);
      const decoded = codec.decode(value);
      expect(decoder.rejection?.map(({ context }) => context.length)).to.deep.equal(
        E.isLeft(decoded) && decoded.left.map(({ context }) => context.length),
      );
    }
  });

  it('reports all errors of a document at its end, as io-ts does, where it is to be patient', () => {
    const codec = t.type({ a: t.string, list: t.array(t.union([t.string, Circle])), z: t.Int });
    const text = '{"a":1,"list":["x",true,{"kind":"circle"}],"z":1.5}';
    const decoded = codec.decode(JSON.parse(text));
    expect(readWith(codec, text.split(''), { failFast: false }).at(-1)).to.deep.equal({
      rejected: [
        '$.a: expected string, got 1',
        '$.list[1]: expected string or object, got true',
        '$.list[2].radius: required key is missing, expected number',
        '$.z: expected Int, got 1.5',
      ],
    });
    expect(E.isLeft(decoded) && decoded.left.length).to.equal(6);
  });
});
