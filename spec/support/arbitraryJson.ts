import * as fc from 'fast-check';
import type { Json } from '../../lib/partials/PartialJson.js';

/** Code units that go wrong first: plain, quoted, escaped, wide, halves of surrogate pairs. */
const unit = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'é', '漢', ' ', '/', '0', '{', ']', ':', ',') },
  { weight: 2, arbitrary: fc.constantFrom('"', '\\', '\n', '\u0000', '\u001f', '\u007f', '\u2028', '\ufeff') },
  { weight: 2, arbitrary: fc.constantFrom('😀', '𝄞') },
  { weight: 1, arbitrary: fc.constantFrom('\ud83d', '\ude00') },
);

const text = fc.string({ unit, maxLength: 8 });

const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'name', 'id') },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'length', '0', '1', '') },
  { weight: 1, arbitrary: text },
);

/** An object whose keys are its own, `__proto__` included. */
function toObject(entries: readonly (readonly [string, Json])[]): Json {
  return Object.fromEntries(entries);
}

/** Any JSON value, with the hard ones made likely. */
export const arbitraryJson: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Json[]>(null, true, false),
    fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(-0, 1e21, 5e-324, 2 ** 53 + 2),
    ),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .uniqueArray(fc.tuple(key, tie('value')), { selector: ([name]) => name, maxLength: 4 })
      .map((entries) => toObject(entries)),
  ),
})).value;

const whitespace = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 3 }) },
);

/** One code unit or escape of a string, as it may stand in a text. */
const spelling = fc.oneof(
  {
    weight: 3,
    arbitrary: unit.map((raw) => (raw === '"' || raw === '\\' || raw < ' ' ? JSON.stringify(raw).slice(1, -1) : raw)),
  },
  { weight: 1, arbitrary: fc.constantFrom('\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\\u0041', '\\u00e9', '\\uD83D', '\\uDE00', '\\ud83d\\ude00', '\\uD83d😀', '\\u0000'),
  },
);

const stringText = fc.string({ unit: spelling, maxLength: 6 }).map((body) => `"${body}"`);

const digits = fc.string({ unit: fc.constantFrom('0', '1', '5', '9'), minLength: 1, maxLength: 4 });

const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constant('0'),
      digits.map((some) => `7${some}`),
      fc.constantFrom('1', '12345678901234567890'),
    ),
    fc.oneof(
      fc.constant(''),
      digits.map((some) => `.${some}`),
    ),
    fc.oneof(
      fc.constant(''),
      fc.tuple(fc.constantFrom('e', 'E', 'e+', 'E-'), digits).map((parts) => parts.join('')),
    ),
  )
  .map((parts) => parts.join(''));

const keyText = fc.oneof(
  { weight: 3, arbitrary: key.map((name) => JSON.stringify(name)) },
  { weight: 1, arbitrary: stringText },
);

/**
 * Any JSON text without duplicate keys: every spelling of numbers, escapes and whitespace, not only the one
 * `JSON.stringify` would choose.
 */
export const arbitraryJsonText: fc.Arbitrary<string> = fc.letrec<{ value: string; padded: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('null', 'true', 'false'),
    numberText,
    stringText,
    fc.tuple(whitespace, fc.array(tie('padded'), { maxLength: 4 })).map(([gap, inner]) => `[${gap}${inner.join(',')}]`),
    fc
      .tuple(
        whitespace,
        fc.uniqueArray(fc.tuple(whitespace, keyText, whitespace, tie('padded')), {
          selector: ([, name]) => JSON.parse(name) as string,
          maxLength: 4,
        }),
      )
      .map(
        ([gap, entries]) =>
          `{${gap}${entries.map(([before, name, after, value]) => `${before}${name}${after}:${value}`).join(',')}}`,
      ),
  ),
  padded: fc.tuple(whitespace, tie('value'), whitespace).map((parts) => parts.join('')),
})).padded;

/** Somewhere in a text, as a fraction of its length. Made of a whole number, since most small doubles are almost 0. */
const place = fc.nat(999).map((thousandths) => thousandths / 1000);

/** A JSON text that was damaged in one or two places, and so is mostly no JSON any more. */
export const arbitraryDamagedText: fc.Arbitrary<string> = fc
  .tuple(
    arbitraryJsonText,
    fc.array(
      fc.tuple(
        place,
        fc.nat(2),
        fc.oneof(unit, fc.constantFrom('"', ',', '}', ']', '{', '[', ':', '-', '.', 'e', '01', 'tru', '\\u', '\\u:')),
      ),
      { minLength: 1, maxLength: 2 },
    ),
  )
  .map(([whole, damages]) =>
    damages.reduce((damaged, [where, removed, inserted]) => {
      const at = Math.floor(where * damaged.length);
      return damaged.slice(0, at) + inserted + damaged.slice(at + removed);
    }, whole),
  );

/** Positions to cut a text at, as fractions of its length, so that they survive its shrinking. */
export const arbitraryCuts: fc.Arbitrary<readonly number[]> = fc.oneof(
  fc.array(place, { maxLength: 6, size: 'max' }),
  fc.array(place, { maxLength: 60, size: 'max' }),
);

/** The deltas between the cuts; some may be empty. */
export function cutAt(whole: string, cuts: readonly number[]): string[] {
  const offsets = cuts.map((cut) => Math.floor(cut * (whole.length + 1))).sort((a, b) => a - b);
  return [...offsets, whole.length].map((end, index) => whole.slice(offsets[index - 1] ?? 0, end));
}

/** A delta per code unit: the finest cut. */
export function everyUnit(whole: string): string[] {
  return whole.split('');
}

/** All ways to cut a text in two. */
export function everyCut(whole: string): [string, string][] {
  return Array.from({ length: whole.length + 1 }, (_, at) => [whole.slice(0, at), whole.slice(at)]);
}
