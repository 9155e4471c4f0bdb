import { expect } from 'chai';
import * as fc from 'fast-check';
import { canGrowInto } from '../../../lib/codecs/decoder/canGrowInto.js';

const digits = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom('0', '1', '4', '5', '9'), minLength: 1, maxLength });

/** Any JSON number, as it may be spelled. */
const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constant('0'),
      digits(25).map((some) => `1${some}`),
      fc.constantFrom('9', '19', '199'),
    ),
    fc.oneof(
      fc.constant(''),
      digits(30).map((some) => `.${some}`),
      fc.constant('.99999999999999999999'),
    ),
    fc.oneof(
      fc.constant(''),
      fc
        .tuple(fc.constantFrom('e', 'e+', 'e-'), fc.constantFrom('0', '1', '5', '22', '300', '320', '400'))
        .map((parts) => parts.join('')),
    ),
  )
  .map((parts) => parts.join(''));

describe('canGrowInto', () => {
  it('takes every number that the beginning of its text may be read as', () => {
    fc.assert(
      fc.property(numberText, fc.nat(), (text, at) => {
        const seen = Number(text.slice(0, 1 + (at % text.length)).replace(/(?:[eE][+-]?|\.)$/, ''));
        if (Number.isNaN(seen)) return;
        expect(canGrowInto(seen, Number(text)), `${seen} into ${text}`).to.equal(true);
      }),
      { numRuns: 20000 },
    );
  });

  it('rejects numbers that begin otherwise', () => {
    for (const [seen, target] of [
      [2, 1],
      [12, 1],
      [12, 2],
      [12, 21],
      [12.5, 12],
      [-1, 1],
      [1, -1],
      [-0, 1],
      [1.5, 1.25],
      [1000, 2000],
    ] as const)
      expect(canGrowInto(seen, target), `${seen} into ${target}`).to.equal(false);
  });

  it('knows what an exponent and nines can do', () => {
    for (const [seen, target] of [
      [12, 12],
      [12, 1200],
      [1200, 12],
      [12, 1.2],
      [12, 0.00125],
      [1.9, 2],
      [9, 10],
      [5, 0],
      [0, 7],
      [-0, -7],
    ] as const)
      expect(canGrowInto(seen, target), `${seen} into ${target}`).to.equal(true);
  });
});
