import { expect } from 'chai';
import * as fc from 'fast-check';
import { from, map, mergeMap } from 'rxjs';
import { elementsAt } from '../../lib/partials/elementsAt.js';
import type { Json, JsonPath, PartialJson } from '../../lib/partials/PartialJson.js';
import { textOf } from '../../lib/partials/textOf.js';
import { valueAt } from '../../lib/partials/valueAt.js';
import { accumulateJson } from '../support/accumulateJson.js';
import { arbitraryCuts, arbitraryJsonText, cutAt } from '../support/arbitraryJson.js';
import { lawRuns } from '../support/lawRuns.js';

/** Every place of a value, and what stands there. */
function placesOf(value: Json, path: JsonPath = []): [JsonPath, Json][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  const children: [string | number, Json][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [[path, value], ...children.flatMap(([step, child]) => placesOf(child, [...path, step]))];
}

/** The value at a place, if there is one. */
function childAt(value: Json | undefined, path: JsonPath): Json[] {
  const place = JSON.stringify(path);
  return placesOf(value ?? null).flatMap(([at, child]) => (JSON.stringify(at) === place ? [child] : []));
}

const partsOf = (partials: readonly PartialJson[], path: JsonPath): PartialJson[] => {
  const parts: PartialJson[] = [];
  from(partials)
    .pipe(valueAt(...path))
    .subscribe((part) => parts.push(part));
  return parts;
};

/** A text, and every partial of it. */
const arbitraryPartials = fc.tuple(arbitraryJsonText, arbitraryCuts).map(([text, cuts]) => ({
  final: JSON.parse(text) as Json,
  partials: accumulateJson(cutAt(text, cuts)),
}));

describe('the laws of parts', () => {
  it('law 1: valueAt ends, complete, with what stands at its place in the whole document', () => {
    fc.assert(
      fc.property(arbitraryPartials, ({ final, partials }) => {
        for (const [path, value] of placesOf(final))
          expect(partsOf(partials, path).at(-1)).to.deep.equal({ value, path: [], complete: true });
      }),
      lawRuns(100),
    );
  });

  it('law 3: valueAt shows what stands at its place in each partial, the very object, and once', () => {
    fc.assert(
      fc.property(arbitraryPartials, ({ final, partials }) => {
        for (const [path] of placesOf(final)) {
          const shown = partials.flatMap(({ value }) => childAt(value, path));
          const parts = partsOf(partials, path);
          for (const { value } of parts) expect(shown.includes(value ?? null)).to.equal(true);
          // Only a number may come back to what it was before, as 0.9 does with an exponent that makes it 0.
          parts.slice(1).forEach((part, index) => {
            expect(part).not.to.deep.equal(parts[index]);
          });
          expect(parts.filter(({ complete }) => complete)).to.have.length(1);
        }
      }),
      lawRuns(100),
    );
  });

  it('law 8: valueAt completes as soon as its part is closed, as the path of the document tells', () => {
    fc.assert(
      fc.property(arbitraryPartials, ({ final, partials }) => {
        for (const [path, value] of placesOf(final)) {
          const [closing] = partsOf(partials, path).slice(-1);
          const first = partials.find(({ value: whole, path: open, complete }) => {
            const isOpen = !complete && path.every((step, depth) => step === open[depth]);
            return !isOpen && childAt(whole, path).length > 0;
          });
          expect(closing?.value).to.deep.equal(value);
          expect(closing && textOf(closing)).to.equal(first && textOf(first));
        }
      }),
      lawRuns(100),
    );
  });

  it('law 1: valueAt is empty where nothing stands in the whole document', () => {
    fc.assert(
      fc.property(
        arbitraryPartials,
        fc.constantFrom<(string | number)[]>('nowhere', 99, -1),
        ({ final, partials }, step) => {
          for (const [path] of placesOf(final)) expect(partsOf(partials, [...path, step])).to.deep.equal([]);
        },
      ),
      lawRuns(100),
    );
  });

  it('law 11: the elements of an array are the array, each in its growing states, the last one complete', () => {
    fc.assert(
      fc.property(arbitraryPartials, fc.nat(3), ({ final, partials }, every) => {
        const sampled = partials.filter((partial, index) => partial.complete || index % (every + 1) === 0);
        for (const [path, value] of placesOf(final).filter(([, candidate]) => Array.isArray(candidate))) {
          const elements: PartialJson[][] = [];
          from(sampled)
            .pipe(
              elementsAt(...path),
              mergeMap((element, index) => element.pipe(map((partial) => ({ index, partial })))),
            )
            .subscribe(({ index, partial }) => (elements[index] ??= []).push(partial));
          expect(elements.map((states) => states.at(-1)?.value)).to.deep.equal(value);
          for (const [index, states] of elements.entries()) {
            expect(states).to.deep.equal(partsOf(sampled, [...path, index]));
            expect(states.findIndex(({ complete }) => complete)).to.equal(states.length - 1);
          }
        }
      }),
      lawRuns(100),
    );
  });
});
