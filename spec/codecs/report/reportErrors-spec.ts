import { expect } from 'chai';
import * as t from 'io-ts';
import { DateFromISOString, nonEmptyArray, NumberFromString, optionFromNullable, UUID, withMessage } from 'io-ts-types';
import { cpuOf } from '../../support/growthOf.js';
import { reportErrors, type ReportErrorsConfig } from '../../../lib/codecs/report/reportErrors.js';

/** The report on a value that a codec rejects. */
function report(codec: t.Decoder<unknown, unknown>, value: unknown, config?: ReportErrorsConfig): readonly string[] {
  const result = codec.decode(value);
  return result._tag === 'Left' ? reportErrors(result.left, config) : ['fine'];
}

const Circle = t.type({ kind: t.literal('circle'), radius: t.number });
const Square = t.type({ kind: t.literal('square'), side: t.number });

describe('reportErrors', () => {
  it('says where, what is expected and what there is', () => {
    const Order = t.type({ items: t.array(t.type({ sku: t.string })) });
    expect(report(Order, { items: [{ sku: 'a' }, { sku: 2 }] })).to.deep.equal([
      '$.items[1].sku: expected string, got 2',
    ]);
    expect(report(t.string, 2)).to.deep.equal(['$: expected string, got 2']);
    expect(report(t.array(t.array(t.number)), [[1], ['x']])).to.deep.equal(['$[1][0]: expected number, got "x"']);
  });

  it('writes odd keys so that they cannot be misread', () => {
    const codec = t.record(t.string, t.number);
    expect(report(codec, { 'a b': 'x', é: 'x', '0': 'x', 'a"': 'x', $: 'x' })).to.deep.equal([
      '$["0"]: expected number, got "x"',
      '$["a b"]: expected number, got "x"',
      '$.é: expected number, got "x"',
      '$["a\\""]: expected number, got "x"',
      '$.$: expected number, got "x"',
    ]);
  });

  it('tells a key that is missing from one that is wrong', () => {
    const codec = t.type({ age: t.number, pair: t.tuple([t.string, t.number]), one: t.union([t.string, t.null]) });
    expect(report(codec, { pair: ['a'] })).to.deep.equal([
      '$.age: required key is missing, expected number',
      '$.pair[1]: required element is missing, expected number',
      '$.one: required key is missing, expected string or null',
    ]);
  });

  it('names what codecs ask for', () => {
    const lines = (codec: t.Decoder<unknown, unknown>) => report(codec, true);
    const isEven = (n: number): boolean => n % 2 === 0;
    expect(lines(t.type({}))).to.deep.equal(['$: expected object, got true']);
    expect(lines(t.exact(t.partial({})))).to.deep.equal(['$: expected object, got true']);
    expect(lines(t.readonlyArray(t.string))).to.deep.equal(['$: expected array, got true']);
    expect(lines(t.tuple([t.string, t.string]))).to.deep.equal(['$: expected array of 2, got true']);
    expect(lines(t.keyof({ a: null, b: null, c: null }))).to.deep.equal(['$: expected "a", "b" or "c", got true']);
    expect(lines(t.literal(1))).to.deep.equal(['$: expected 1, got true']);
    expect(lines(UUID)).to.deep.equal(['$: expected UUID, got true']);
    expect(lines(DateFromISOString)).to.deep.equal(['$: expected DateFromISOString, got true']);
    expect(report(t.refinement(t.number, isEven), 1)).to.deep.equal(['$: expected number that is isEven, got 1']);
    expect(lines(t.recursion<string[]>('Lines', () => t.array(t.string)))).to.deep.equal([
      '$: expected array, got true',
    ]);
    expect(lines(t.intersection([t.type({}), t.partial({})]))).to.deep.equal(['$: expected object, got true']);
  });

  it('knows the members of unions and intersections from steps of the path', () => {
    const codec = t.type({
      a: t.intersection([t.type({ b: t.string }), t.type({ '0': t.array(t.string) })]),
      c: t.exact(t.intersection([t.type({ d: t.number }), t.partial({ e: t.number })])),
    });
    expect(report(codec, { a: { b: 1, '0': [1] }, c: { d: 'x', e: 'y' } })).to.deep.equal([
      '$.a.b: expected string, got 1',
      '$.a["0"][0]: expected string, got 1',
      '$.c.d: expected number, got "x"',
      '$.c.e: expected number, got "y"',
    ]);
    // They may be hidden in a codec that is only a function.
    expect(report(t.type({ a: optionFromNullable(t.union([t.string, t.number])) }), { a: true })).to.deep.equal([
      '$.a: expected string or number, got true',
    ]);
    expect(report(nonEmptyArray(t.string), ['a', 1])).to.deep.equal(['$[1]: expected string, got 1']);
  });

  it('says of a union once what it would accept', () => {
    const codec = t.union([t.string, t.array(t.union([t.number, t.null])), t.union([t.literal('a'), t.boolean])]);
    expect(report(codec, 1)).to.deep.equal(['$: expected string, array, "a" or boolean, got 1']);
    expect(report(codec, [1, 'x'])).to.deep.equal(['$[1]: expected number or null, got "x"']);
  });

  it('says of a tagged union that its discriminator is wrong, or what the member lacks that it names', () => {
    const codec = t.array(t.union([Circle, Square]));
    expect(report(codec, [{ kind: 'cube' }, {}, { kind: 'circle' }, 1])).to.deep.equal([
      '$[0].kind: expected "circle" or "square", got "cube"',
      '$[1].kind: required key is missing, expected "circle" or "square"',
      '$[2].radius: required key is missing, expected number',
      '$[3]: expected object, got 1',
    ]);
  });

  it('lists alternatives where more than one came near', () => {
    const codec = t.type({
      who: t.union([t.type({ name: t.string }, 'Person'), t.type({ firm: t.string }, 'Company'), t.null]),
    });
    expect(report(codec, { who: { name: 1 } })).to.deep.equal([
      '$.who: fits none of 2 alternatives',
      '  1. Person',
      '     $.who.name: expected string, got 1',
      '  2. Company',
      '     $.who.firm: required key is missing, expected string',
    ]);
  });

  it('leaves it to a codec that has something to say', () => {
    const codec = t.type({ a: withMessage(NumberFromString, () => 'a number in quotes, please') });
    expect(report(codec, { a: 1 })).to.deep.equal(['$.a: a number in quotes, please']);
  });

  it('tells apart the unions that two members of an intersection have at one place', () => {
    const codec = t.intersection([
      t.type({ a: t.union([t.string, t.number]) }),
      t.type({ a: t.union([t.string, t.boolean]) }),
    ]);
    expect(report(codec, { a: null })).to.deep.equal([
      '$.a: expected string or number, got null',
      '$.a: expected string or boolean, got null',
    ]);
  });

  it('asks for an object, and not for its discriminator, where there is another value', () => {
    for (const value of [[], [1], 'circle', null])
      expect(report(t.union([Circle, Square]), value)).to.deep.equal([
        `$: expected object, got ${JSON.stringify(value)}`,
      ]);
  });

  it('cuts long values, lists of choices and lists of problems', () => {
    const [line = ''] = report(t.number, { text: 'x'.repeat(100_000) });
    expect(line)
      .to.match(/^\$: expected number, got \{"text":"x+…$/)
      .and.to.have.length.below(100);
    const keys = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`k${index}`, null]));
    expect(report(t.keyof(keys), 1)[0]).to.match(/"k19" or 10 others, got 1$/);
    const many = Array.from({ length: 25 }, () => 1);
    expect(report(t.array(t.string), many)).to.have.length(21);
    expect(report(t.array(t.string), many).at(-1)).to.equal('… and 5 more');
    expect(report(t.array(t.string), many, { limit: 2 })).to.deep.equal([
      '$[0]: expected string, got 1',
      '$[1]: expected string, got 1',
      '… and 23 more',
    ]);
  });

  it('cuts no character in two', () => {
    for (const before of ['', 'x'])
      expect(report(t.number, before + '😀'.repeat(100))[0]).to.match(/^\$: expected number, got "x?😀+…$/u);
  });

  it('cuts long keys, paths and reports: 4 KB for all of it', () => {
    const bytesOf = (lines: readonly string[]): number => Buffer.byteLength(lines.join('\n'));
    const key = 'k'.repeat(1_000_000);
    const Numbers = t.record(t.string, t.number);
    expect(report(Numbers, { [key]: 'x' })).to.deep.equal([`$.${'k'.repeat(60)}…: expected number, got "x"`]);
    expect(report(t.union([Numbers, t.record(t.string, t.boolean)]), { [key]: 'x' })).to.satisfy(
      (lines: readonly string[]) => bytesOf(lines) < 1_000,
    );
    expect(report(t.string, { [key]: [key] })[0]).to.have.length.below(100);
    const wide = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`${index}${'語'.repeat(100)}`, 'x']));
    for (const codec of [
      Numbers,
      t.record(
        t.string,
        withMessage(t.number, () => '語'.repeat(1_000)),
      ),
    ]) {
      const lines = report(codec, wide);
      expect(bytesOf(lines)).to.be.within(3_000, 4_096);
      expect(lines.at(-1)).to.equal(`… and ${40 - (lines.length - 1)} more`);
    }
    const deep = Array.from({ length: 200 }, (_, index) => `step${index}`);
    const Deep: t.Mixed = deep.reduceRight<t.Mixed>((inner, step) => t.type({ [step]: inner }), t.string);
    const value = deep.reduceRight<unknown>((inner, step) => ({ [step]: inner }), 1);
    expect(report(Deep, value)[0]).to.match(/^\$\.step0\.step1\..*…\w*\..*\.step198\.step199: expected string, got 1$/);
  });

  it('takes time in proportion to the errors', () => {
    const U = t.union([t.array(t.type({ a: t.string })), t.array(t.type({ b: t.number }))]);
    const shares = [2_000, 8_000].map((length) => {
      const result = U.decode(Array.from({ length }, () => ({ a: 1 })));
      if (result._tag === 'Right') throw new Error('It is wrong');
      return cpuOf(() => reportErrors(result.left)) / length;
    });
    expect((shares[1] ?? 0) / (shares[0] ?? 1)).to.be.below(3);
  });

  it('says each thing once', () => {
    expect(report(t.intersection([t.type({ a: t.string }), t.type({ a: t.string })]), { a: 1 })).to.deep.equal([
      '$.a: expected string, got 1',
    ]);
  });

  it('quotes what was still being written as what it is', () => {
    const open = ['a'];
    expect(report(t.type({ a: t.literal('x') }), { a: 'be' }, { open })).to.deep.equal([
      '$.a: expected "x", got "be…"',
    ]);
    expect(report(t.type({ a: t.string }), { a: 12 }, { open })).to.deep.equal(['$.a: expected string, got 12…']);
    expect(report(t.type({ a: t.string }), { a: {} }, { open })).to.deep.equal(['$.a: expected string, got an object']);
    expect(report(t.type({ a: t.string }), { a: [] }, { open })).to.deep.equal(['$.a: expected string, got an array']);
    expect(report(t.type({ a: t.string, b: t.string }), { a: 'x', b: [] }, { open })).to.deep.equal([
      '$.b: expected string, got []',
    ]);
  });

  it('begins paths where the document stands', () => {
    expect(report(t.type({ a: t.string }), { a: 1 }, { at: ['items', 3] })).to.deep.equal([
      '$.items[3].a: expected string, got 1',
    ]);
  });

  it('shows values that no JSON has by their kind', () => {
    const codec = DateFromISOString.pipe(
      new t.Type<Date, Date, Date>(
        'Future',
        (u): u is Date => u instanceof Date,
        (u, c) => t.failure(u, c),
        t.identity,
      ),
    );
    expect(report(codec, '2020-01-01')).to.deep.equal(['$: expected pipe(DateFromISOString, Future), got a Date']);
    expect(report(t.string, 10n)).to.deep.equal(['$: expected string, got 10']);
    expect(report(t.string, { a: undefined, b: NaN, c: new Map() })).to.deep.equal([
      '$: expected string, got {"b":"NaN","c":"a Map"}',
    ]);
  });

  it('shows by its kind what JSON cannot hold, as a codec may have made it', () => {
    const circle = { self: {} };
    circle.self = circle;
    expect(report(t.string, circle)).to.deep.equal(['$: expected string, got an object']);
    expect(report(t.string, [circle])).to.deep.equal(['$: expected string, got an array']);
    const unwilling = { toJSON: () => expect.fail('asked') };
    expect(report(t.string, { unwilling })).to.deep.equal(['$: expected string, got an object']);
  });
});
