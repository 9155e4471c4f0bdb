import { expect } from 'chai';
import * as t from 'io-ts';
import { DateFromISOString, optionFromNullable } from 'io-ts-types';
import { withState } from '../../../lib/codecs/annotations/withState.js';
import { Decoder } from '../../../lib/codecs/decoder/Decoder.js';
import type { Json, PartialJson } from '../../../lib/partials/PartialJson.js';
import { snapshotsOf } from '../../support/snapshotsOf.js';
import { readSnapshots } from '../../support/readWith.js';

const config = { failFast: true, excess: 'allow' } as const;

/** A codec that counts how often it is asked. */
function counting(codec: t.Type<string>): { readonly codec: t.Type<string>; readonly values: unknown[] } {
  const values: unknown[] = [];
  const validate = (u: unknown, c: t.Context): t.Validation<string> => {
    values.push(u);
    return codec.validate(u, c);
  };
  return { codec: new t.Type('Counting', codec.is, validate, codec.encode), values };
}

describe('the decoder and snapshots', () => {
  it('validates what has closed once, wherever it stands', () => {
    for (const wrap of [
      (codec: t.Mixed) => codec,
      (codec: t.Mixed) => t.array(codec),
      (codec: t.Mixed) => t.union([t.number, codec]),
      (codec: t.Mixed) => t.intersection([t.type({ a: codec }), t.partial({ b: t.string })]),
      (codec: t.Mixed) => t.exact(t.partial({ a: codec })),
      (codec: t.Mixed) => t.refinement(t.record(t.string, codec), () => true),
      (codec: t.Mixed) => t.tuple([codec, t.number]),
    ]) {
      const { codec, values } = counting(t.string);
      const outer: t.Mixed = t.type({ first: wrap(codec), second: t.string });
      const first = { a: ['x'], b: 'x' };
      const inner = [['x'], { a: 'x', b: null }, { a: 'x' }, ['x', 1], 'x', first].find(
        (value) => outer.decode({ first: value, second: '' })._tag === 'Right',
      );
      values.length = 0;
      const text = JSON.stringify({ first: inner, second: 'a long text, of which every character comes alone' });
      const decoder = new Decoder<unknown>(outer, config);
      for (const { snapshot } of snapshotsOf(text.split('')).seen) decoder.write(snapshot);
      expect(decoder.result?.value, text).to.deep.equal(JSON.parse(text.replace(',"b":null', '')));
      expect(values, outer.name).to.deep.equal(['x']);
    }
  });

  it('reads of a wide document only what has changed', () => {
    let reads = 0;
    const spied = <T extends object>(value: T): T =>
      new Proxy(value, {
        get: (target, key, receiver) => {
          if (typeof key === 'string' && /^\d+$/.test(key)) reads++;
          return Reflect.get(target, key, receiver) as unknown;
        },
      });
    const decoder = new Decoder(t.array(t.type({ text: t.string })), config);
    const closed = Array.from({ length: 5_000 }, (_, index): Json => ({ text: `${index}` }));
    const write = (text: string): void => {
      decoder.write({ value: spied([...closed, { text }]), path: [5_000, 'text'], complete: false });
    };
    write('a');
    expect(reads).to.be.at.least(5_000);
    reads = 0;
    for (let length = 2; length < 100; length++) write('a'.repeat(length));
    expect(reads).to.be.at.most(2 * 98);
  });

  it('takes any subset of them, as long as the last is there', () => {
    const codec = t.type({ list: t.array(t.type({ n: t.number, at: DateFromISOString })), last: t.literal('end') });
    const text = '{"list":[{"n":1,"at":"2020-01-01"},{"n":2,"at":"2021-01-01"}],"last":"end"}';
    const snapshots = snapshotsOf(text.split('')).seen.map(({ snapshot }) => snapshot);
    const complete = readSnapshots(codec, snapshots).at(-1);
    for (let first = 0; first < snapshots.length; first++)
      for (const step of [1, 2, 7]) {
        const some = snapshots.filter((_, index) => index >= first && (index - first) % step === 0);
        expect(readSnapshots(codec, [...some, ...snapshots.slice(-1)]).at(-1)).to.deep.equal(complete);
      }
  });

  it('takes snapshots made by hand: an open key with nothing to show, a word that is still open', () => {
    const codec = t.type({ a: t.boolean, b: t.partial({ c: t.string }) });
    const snapshots: PartialJson[] = [
      { value: undefined, path: [], complete: false },
      { value: {}, path: ['a'], complete: false },
      { value: { a: true }, path: ['a'], complete: false },
      { value: { a: true }, path: ['b'], complete: false },
      { value: { a: true, b: {} }, path: ['b', 'c'], complete: false },
      { value: { a: true, b: { c: 'x' } }, path: ['b', 'c'], complete: false },
      { value: { a: true, b: { c: 'x' } }, path: [], complete: true },
    ];
    expect(readSnapshots(codec, snapshots)).to.deep.equal([
      {},
      { a: true },
      { a: true },
      { a: true, b: {} },
      { a: true, b: { c: 'x' } },
      { a: true, b: { c: 'x' } },
      { complete: { a: true, b: { c: 'x' } } },
    ]);
  });

  it('keeps what it shows of a union when it shows it for another member', () => {
    const codec = t.union([t.type({ kind: t.literal('a'), n: t.number }), t.type({ kind: t.literal('ab') })]);
    const decoder = new Decoder(codec, config);
    const [before, after] = snapshotsOf(['{"x":{},"kind":"', 'ab'], true).seen.map(({ snapshot }) => {
      decoder.write(snapshot);
      return decoder.partial?.value;
    });
    expect(before).to.deep.equal({ x: {} });
    expect(after).to.equal(before);
  });

  describe('keeps what it has shown', () => {
    /** Its partials before and after the last delta. */
    function ending(codec: t.Mixed, deltas: readonly string[]): readonly unknown[] {
      const decoder = new Decoder<unknown>(codec, config);
      return snapshotsOf(deltas)
        .seen.map(({ snapshot }) => {
          decoder.write(snapshot);
          return decoder.partial?.value;
        })
        .slice(-2);
    }
    const at = (value: unknown, key: string): unknown => Reflect.get(Object(value), key);

    it('when members of an intersection read an object again without a null', () => {
      const member = t.partial({ n: t.unknown, b: optionFromNullable(t.string), at: DateFromISOString });
      for (const codec of [member, t.exact(member)]) {
        const deltas = ['{"b":null,"at":"2020-01-01"', ',"n":null}'];
        const [before, after] = ending(t.intersection([codec, t.partial({ n: t.number })]), deltas);
        expect(after, codec.name).to.deep.equal(before);
        expect(at(after, 'b')).to.equal(at(before, 'b'));
        expect(at(after, 'at')).to.equal(at(before, 'at'));
      }
    });

    it('in the box of a state', () => {
      const codec = withState(t.intersection([t.partial({ a: t.string }), t.type({ b: t.type({}) })]));
      const [before, after] = ending(codec, ['{"a":null,"b":{', '}}']);
      expect(before).to.deep.equal({ state: 'growing', value: { b: {} } });
      expect(after).to.deep.equal({ state: 'complete', value: { b: {} } });
      expect(at(after, 'value')).to.equal(at(before, 'value'));
    });

    it('when one member of an intersection shows alone what two have shown', () => {
      const codec = t.intersection([
        t.type({ b: t.union([DateFromISOString, t.type({})]) }),
        t.partial({ b: t.tuple([t.literal('ab')]) }),
      ]);
      const [before, after] = ending(codec, ['{"b":["a', 'b"', ',']);
      expect(after).to.deep.equal({});
      expect(after).to.equal(before);
      expect(ending(codec, ['{"b":["a', 'b"'])[0]).to.deep.equal({});
    });
  });

  it('tells when only the path has changed', () => {
    const decoder = new Decoder(t.type({ a: t.string }), config);
    const seen: unknown[] = [];
    for (const { snapshot } of snapshotsOf(['{"a":"b', '"', ' ', '}']).seen) {
      decoder.write(snapshot);
      if (decoder.partial !== seen.at(-1)) seen.push(decoder.partial);
    }
    expect(seen).to.deep.equal([
      { _tag: 'Partial', value: { a: 'b' }, path: ['a'] },
      { _tag: 'Partial', value: { a: 'b' }, path: [] },
    ]);
  });

  it('is not confused by keys that an object lists first because they look like indexes', () => {
    const codec = t.record(t.string, DateFromISOString);
    const text = '{"b":"2020-01-01","10":"2021-01-01","a":"2022-01-01","2":"2023-01-01"}';
    const [last] = readSnapshots(
      codec,
      snapshotsOf(text.split('')).seen.map(({ snapshot }) => snapshot),
    ).slice(-1);
    expect(last).to.deep.equal({
      complete: {
        '2': new Date('2023-01-01'),
        '10': new Date('2021-01-01'),
        a: new Date('2022-01-01'),
        b: new Date('2020-01-01'),
      },
    });
  });

  it('shares with the partial before, and with the document, what has not changed', () => {
    const decoder = new Decoder(
      t.type({ a: t.type({ x: t.string }), b: t.type({ at: DateFromISOString }), c: t.string }),
      config,
    );
    const seen: { a?: unknown; b?: unknown; c?: unknown }[] = [];
    const documents: PartialJson[] = [];
    for (const { snapshot } of snapshotsOf('{"a":{"x":"1"},"b":{"at":"2020-01-01"},"c":"abc"}'.split('')).seen) {
      decoder.write(snapshot);
      documents.push(snapshot);
      if (decoder.partial !== undefined) seen.push(decoder.partial.value);
    }
    const whole = seen.slice(-3);
    expect(new Set(whole.map(({ a }) => a)).size).to.equal(1);
    expect(new Set(whole.map(({ b }) => b)).size).to.equal(1);
    expect(whole[0]?.a).to.equal((documents.at(-1)?.value as { a: unknown }).a);
    // While a key of which nothing may be shown grows, nothing changes.
    expect(new Set(seen.filter(({ b, c }) => b !== undefined && c === undefined)).size).to.equal(2);
  });
});
