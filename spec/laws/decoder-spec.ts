import { expect } from 'chai';
import * as fc from 'fast-check';
import type * as t from 'io-ts';
import { isDeepStrictEqual } from 'node:util';
import { Decoder, type DecoderConfig } from '../../lib/codecs/decoder/Decoder.js';
import { isArray, isObject } from '../../lib/partials/Container.js';
import type { Json } from '../../lib/partials/PartialJson.js';
import { arbitraryCodec } from '../support/arbitraryCodec.js';
import { arbitraryPool } from '../support/arbitraryPool.js';
import { arbitraryFiniteCodec } from '../support/arbitraryFiniteCodec.js';
import { arbitraryCuts, cutAt, everyUnit } from '../support/arbitraryJson.js';
import { contains, hasState, isContradiction, mostly, translates, type CodecSample } from '../support/codecSamples.js';
import { decodeWhole } from '../support/decodeWhole.js';
import { inhabitsPartial } from '../support/inhabitsPartial.js';
import { snapshotsOf, type Snapshots } from '../support/snapshotsOf.js';
import { lawRuns } from '../support/lawRuns.js';

const usual = lawRuns(2_000);

interface Reading {
  readonly result: { readonly value: unknown } | undefined;
  readonly rejection: t.Errors | undefined;
  readonly partials: readonly unknown[];
  /** The wire's value when each of them was first shown. */
  readonly wires: readonly unknown[];
  /** How many characters had been read when it was rejected. */
  readonly rejectedAt: number;
}

function read(codec: t.Mixed, seen: Snapshots['seen'], config: Partial<DecoderConfig> = {}): Reading {
  const decoder = new Decoder<unknown>(codec, { failFast: true, excess: 'allow', ...config });
  const partials: unknown[] = [];
  const wires: unknown[] = [];
  for (const { snapshot, read: rejectedAt } of seen) {
    const before = decoder.partial;
    decoder.write(snapshot);
    if (decoder.partial !== undefined && decoder.partial !== before) {
      partials.push(decoder.partial.value);
      wires.push(decoder.partial.value === before?.value ? wires.at(-1) : snapshot.value);
    }
    const { result, rejection } = decoder;
    if (rejection !== undefined) return { result, rejection, partials, wires, rejectedAt };
  }
  return { result: decoder.result, rejection: undefined, partials, wires, rejectedAt: Infinity };
}

interface Pair {
  readonly sample: CodecSample;
  readonly text: string;
  readonly seen: Snapshots['seen'];
}

/** JSON with the members of each object the other way round: keys that look like indexes come last. */
function writeBackwards(value: Json): string {
  if (isArray(value)) return `[${value.map(writeBackwards).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${writeBackwards(inner)}`);
  return `{${members.reverse().join(',')}}`;
}

/** A codec, a document that may be right for it, and what is to be seen of it while it comes in pieces. */
const arbitraryPair: fc.Arbitrary<Pair> = fc
  .oneof({ weight: 3, arbitrary: arbitraryCodec }, { weight: 1, arbitrary: arbitraryPool })
  .chain((sample) => fc.tuple(fc.constant(sample), mostly(sample.documents), arbitraryCuts, fc.boolean()))
  .map(([sample, document, cuts, isBackwards]) => {
    const text = isBackwards ? writeBackwards(document) : JSON.stringify(document);
    const { seen } = snapshotsOf(cutAt(text, cuts));
    return { sample, text, seen, toString: () => `${sample.codec.name} reads ${JSON.stringify(cutAt(text, cuts))}` };
  });

/**
 * All of io-ts's errors in its order; of very many some, because alternatives have the reasons of their parts in
 * common.
 */
function expectErrors(errors: readonly unknown[], all: readonly unknown[]): void {
  if (all.length <= 50) expect(isDeepStrictEqual(errors, all), 'all errors').to.equal(true);
  expect(errors.length, 'errors').to.be.within(Math.min(50, all.length), all.length);
  let next = 0;
  for (const error of all) if (isDeepStrictEqual(error, errors[next])) next++;
  expect(next, 'errors in order').to.equal(errors.length);
}

/** The compared part of an error; io-ts does not always tell the root's own value. */
function plain(errors: t.Errors): readonly unknown[] {
  return errors.map(({ value, message, context }) => ({
    value,
    message,
    context: context.map(({ key, type, actual }, depth) => [key, type.name, depth > 0 && actual]),
  }));
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Whether a later value extends an earlier one. Numbers may change while they grow. */
function extendsValue(later: unknown, earlier: unknown): boolean {
  if (typeof earlier === 'string') return typeof later === 'string' && later.startsWith(earlier);
  if (typeof earlier === 'number') return typeof later === 'number';
  if (!isContainer(earlier) || !isContainer(later)) return later === earlier;
  return Object.keys(earlier).every((key) => Object.hasOwn(later, key) && extendsValue(later[key], earlier[key]));
}

type Path = readonly string[];

/** Where two values have equal parts that are not the same object. */
function copiedParts(later: unknown, earlier: unknown, path: Path = []): readonly Path[] {
  if (later === earlier || !isContainer(later) || !isContainer(earlier)) return [];
  if (isDeepStrictEqual(later, earlier)) return [path];
  return Object.keys(earlier).flatMap((key) => copiedParts(later[key], earlier[key], [...path, key]));
}

/** The value there; or its source, if a codec has put it there. */
function wireAt(wire: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  return key !== undefined && isContainer(wire) && Object.hasOwn(wire, key) ? wireAt(wire[key], rest) : wire;
}

describe('law: decoding', () => {
  /** For rejected documents: how much of the text had been read. */
  const shares: number[] = [];

  after(() => {
    const early = shares.filter((share) => share < 1).length;
    const median = [...shares].sort((a, b) => a - b)[Math.floor(shares.length / 2)] ?? 0;
    const percent = (share: number): string => `${(share * 100).toFixed(0)}%`;
    console.log(
      `      ${shares.length} of ${usual.numRuns} documents rejected, ${percent(early / shares.length)} of them before their end,`,
      `at ${percent(median)} of the text (median)`,
    );
  });

  it('laws 1 and 6: comes to the verdict, the value and the errors of codec.decode, at any cut', () => {
    fc.assert(
      fc.property(arbitraryPair, ({ sample, text, seen }) => {
        const { codec } = sample;
        const reading = read(codec, seen);
        const whole = decodeWhole(sample, JSON.parse(text));
        expect(reading.rejection === undefined, 'is accepted').to.equal(whole !== undefined);
        if (whole === undefined) shares.push(reading.rejectedAt / text.length);
        else expect(isDeepStrictEqual(reading.result?.value, whole.value), 'has the value').to.equal(true);

        const patient = read(codec, seen, { failFast: false });
        expect(patient.rejection === undefined).to.equal(whole !== undefined);
        // io-ts knows all but our rule for null.
        if (text.includes('null')) return;
        const decoded = codec.decode(JSON.parse(text));
        if (decoded._tag === 'Right') expect(isDeepStrictEqual(reading.result?.value, decoded.right)).to.equal(true);
        else expectErrors(plain(patient.rejection ?? []), plain(decoded.left));
      }),
      usual,
    );
  }).timeout(0);

  it('law 9: comes to the same when snapshots are skipped', () => {
    fc.assert(
      fc.property(arbitraryPair, fc.infiniteStream(fc.boolean()), ({ sample, seen }, skips) => {
        const all = read(sample.codec, seen);
        const some = read(
          sample.codec,
          seen.filter((_, index) => index === seen.length - 1 || skips.next().value === false),
        );
        expect(some.rejection === undefined).to.equal(all.rejection === undefined);
        expect(isDeepStrictEqual(some.result, all.result), 'has the same value').to.equal(true);
        expect(some.partials.every((partial) => inhabitsPartial(sample, partial))).to.equal(true);
      }),
      usual,
    );
  }).timeout(0);

  it('laws 5 and 7: shows partials of the type PartialOf, which extend each other and share what has not changed', () => {
    fc.assert(
      fc.property(arbitraryPair, ({ sample, seen }) => {
        const { partials, wires } = read(sample.codec, seen);
        for (const partial of partials)
          expect(inhabitsPartial(sample, partial), JSON.stringify(partial)).to.equal(true);
        // Two keys that are translated to the same replace each other.
        if (contains(sample, translates)) return;
        const mayShrink = contains(
          sample,
          (part) => hasState(part) || (part.kind === 'intersection' && isContradiction(part)),
        );
        // One member of a union may have shown a part that another one leaves out.
        const mayCopy = contains(sample, ({ kind }) => kind === 'union');
        partials.slice(1).forEach((later, index) => {
          const isUnchanged = (path: Path): boolean => wireAt(wires[index + 1], path) === wireAt(wires[index], path);
          const copied = copiedParts(later, partials[index]);
          expect(mayCopy ? copied.filter(isUnchanged) : copied).to.deep.equal([]);
          if (!mayShrink)
            expect(extendsValue(later, partials[index]), JSON.stringify([partials[index], later])).to.equal(true);
        });
      }),
      usual,
    );
  }).timeout(0);

  it('law 8: strips extra keys and no others with excess strip; rejects them with excess error', () => {
    fc.assert(
      fc.property(arbitraryPair, ({ sample, text, seen }) => {
        // Conditions may look at keys that no codec knows.
        if (contains(sample, ({ kind }) => kind === 'refinement')) return;
        const { codec } = sample;
        const allowed = read(codec, seen);
        const stripped = read(codec, seen, { excess: 'strip' });
        const strict = read(codec, seen, { excess: 'error' });
        expect(stripped.rejection === undefined, 'the same verdict').to.equal(allowed.rejection === undefined);
        for (const partial of stripped.partials) expect(inhabitsPartial(sample, partial)).to.equal(true);
        // The results of codecs are for other laws; so are values which io-ts makes and would not take.
        const whole: unknown = allowed.result?.value;
        if (!isDeepStrictEqual(whole, JSON.parse(text)) || !codec.is(whole)) return;
        const value = stripped.result?.value;
        expect(codec.is(value), 'has the type').to.equal(true);
        const again = snapshotsOf([JSON.stringify(value)]).seen;
        expect(read(codec, again, { excess: 'error' }).rejection, 'has no other keys').to.equal(undefined);
        const isTaken = isDeepStrictEqual(value, whole);
        // Another member of a union may know the keys that the first one strips.
        if (isTaken || !contains(sample, ({ kind }) => kind === 'union'))
          expect(strict.rejection === undefined).to.equal(isTaken);
      }),
      usual,
    );
  }).timeout(0);

  it('law 7: shows nothing wrong of a text that is cut off or damaged', () => {
    fc.assert(
      fc.property(
        arbitraryPair,
        arbitraryCuts,
        fc.nat(),
        fc.constantFrom('', '"', '}', ']', ',', '1', 'x'),
        (pair, cuts, where, put) => {
          const { sample, text } = pair;
          const at = where % text.length;
          const beginning = read(sample.codec, snapshotsOf(cutAt(text.slice(0, at), cuts), true).seen);
          if (decodeWhole(sample, JSON.parse(text)) !== undefined)
            expect(beginning.rejection, 'there is a right continuation').to.equal(undefined);
          const damaged = read(
            sample.codec,
            snapshotsOf(cutAt(text.slice(0, at) + put + text.slice(at + 1), cuts)).seen,
          );
          for (const partial of [...beginning.partials, ...damaged.partials])
            expect(inhabitsPartial(sample, partial), JSON.stringify(partial)).to.equal(true);
        },
      ),
      usual,
    );
  }).timeout(0);

  it('law 8: rejects a document at the first character after which no continuation is right, never earlier', () => {
    const keyOf = ({ snapshot: { value, path, complete } }: Snapshots['seen'][number]): string =>
      JSON.stringify([value, path, complete]);
    // Whitespace tells that a number has ended before the next token does.
    const spellings = (text: string): readonly string[] => [text, text.replace(/(\d)(?=[,}\]])/g, '$1 ')];
    fc.assert(
      fc.property(
        arbitraryFiniteCodec,
        arbitraryFiniteCodec,
        fc.nat(),
        fc.nat(),
        ({ codec, texts }, other, pick, at) => {
          const right = new Set(
            texts.flatMap(spellings).flatMap((text) => snapshotsOf(everyUnit(text)).seen.map(keyOf)),
          );
          const own = texts[pick % texts.length] ?? '';
          const foreign = other.texts[pick % other.texts.length] ?? '';
          const cut = at % own.length;
          for (const text of [own, foreign, own.slice(0, cut) + foreign, own.slice(0, cut) + own.slice(cut + 1)]) {
            const { seen } = snapshotsOf(everyUnit(text));
            const decoder = new Decoder<unknown>(codec, { failFast: true, excess: 'error' });
            for (const one of seen) {
              decoder.write(one.snapshot);
              const isRejected = decoder.rejection !== undefined;
              const message = `${codec.name} reads ${text.slice(0, one.read)}`;
              // A tuple takes more elements than it asks for, and those are not listed.
              if (!isRejected && codec.name.includes('[')) continue;
              expect(isRejected, message).to.equal(!right.has(keyOf(one)));
              if (isRejected) break;
            }
          }
        },
      ),
      lawRuns(500),
    );
  }).timeout(0);
});
