import { expect } from 'chai';
import * as fc from 'fast-check';
import { Subject } from 'rxjs';
import { accumulatePartial, type AccumulatePartialConfig } from '../../lib/partials/accumulatePartial.js';
import type { Json, PartialJson } from '../../lib/partials/PartialJson.js';
import { textOf } from '../../lib/partials/textOf.js';
import { toJsonTokens } from '../../lib/tokens/toJsonTokens.js';
import { accumulateJson } from '../support/accumulateJson.js';
import {
  arbitraryCuts,
  arbitraryDamagedText,
  arbitraryJsonText,
  cutAt,
  everyCut,
  everyUnit,
} from '../support/arbitraryJson.js';
import { readPrefix } from '../support/readPrefix.js';
import { lawRuns } from '../support/lawRuns.js';

const growth = fc.constantFrom<('growing' | 'whole')[]>('growing', 'whole');
const arbitraryConfig = fc.record({ numbers: growth, strings: growth });

function isContainer(value: Json | undefined): value is readonly Json[] | { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null;
}

/** The parts of a value by their places, itself included. */
function partsOf(value: Json | undefined, place = '$'): Map<string, Json> {
  const parts = new Map<string, Json>();
  if (value === undefined) return parts;
  parts.set(place, value);
  if (isContainer(value))
    for (const [key, child] of Object.entries(value))
      for (const [inner, part] of partsOf(child, `${place}.${JSON.stringify(key)}`)) parts.set(inner, part);
  return parts;
}

/** Whether a later value extends an earlier one. Numbers may change while they grow. */
function extendsValue(later: Json | undefined, earlier: Json | undefined): boolean {
  if (earlier === undefined) return true;
  if (typeof earlier === 'string') return typeof later === 'string' && later.startsWith(earlier);
  if (typeof earlier === 'number') return typeof later === 'number';
  if (!isContainer(earlier)) return later === earlier;
  if (!isContainer(later) || Array.isArray(later) !== Array.isArray(earlier)) return false;
  const children = new Map<string, Json>(Object.entries(later));
  return Object.entries(earlier).every(([key, child]) => extendsValue(children.get(key), child));
}

/** The values for each delta, and then for the end. */
function stepwise(deltas: readonly string[], config?: AccumulatePartialConfig): (PartialJson | undefined)[] {
  const source = new Subject<string>();
  const steps: (PartialJson | undefined)[] = [];
  let seen: PartialJson[] = [];
  source.pipe(toJsonTokens(), accumulatePartial(config)).subscribe({
    next: (partial) => seen.push(partial),
    error: () => undefined,
  });
  const step = (act: () => void): void => {
    seen = [];
    act();
    expect(seen.length, 'snapshots per batch').to.be.at.most(1);
    steps.push(seen[0]);
  };
  for (const delta of deltas)
    step(() => {
      source.next(delta);
    });
  step(() => {
    source.complete();
  });
  return steps;
}

describe('the laws of partials', () => {
  it('law 1: the last partial is what JSON.parse reads, and alone is complete', () => {
    fc.assert(
      fc.property(arbitraryJsonText, arbitraryCuts, arbitraryConfig, (text, cuts, config) => {
        const partials = accumulateJson(cutAt(text, cuts), config);
        expect(partials.at(-1)).to.deep.equal({ value: JSON.parse(text) as Json, path: [], complete: true });
        expect(partials.slice(0, -1).some(({ complete }) => complete)).to.equal(false);
      }),
      lawRuns(2000),
    );
  });

  it('laws 1 and 4: however a text is cut, what is shown at any point of it is the same: what a naive reader would show', () => {
    fc.assert(
      fc.property(arbitraryJsonText, arbitraryCuts, arbitraryConfig, (text, cuts, config) => {
        for (const deltas of [cutAt(text, cuts), everyUnit(text)]) {
          let prefix = '';
          let shown: PartialJson | undefined;
          stepwise(deltas, config).forEach((partial, index) => {
            const delta = deltas[index];
            if (delta === undefined) return;
            prefix += delta;
            shown = partial ?? shown;
            const expected = readPrefix(prefix, config);
            expect(shown ?? { value: undefined, path: [], complete: false }).to.deep.equal(expected);
            if (partial !== undefined) expect(textOf(partial)).to.equal(prefix);
          });
        }
      }),
      lawRuns(1000),
    );
  });

  it('laws 1 and 4: a text that is cut in two, anywhere, shows there what a naive reader would show', () => {
    fc.assert(
      fc.property(arbitraryJsonText, arbitraryConfig, (text, config) => {
        for (const deltas of everyCut(text)) {
          const [first, second, end] = stepwise(deltas, config);
          const expected = readPrefix(deltas[0], config);
          if (expected.value === undefined) expect(first).to.equal(undefined);
          else expect(first).to.deep.equal(expected);
          expect(end ?? second ?? first).to.include({ complete: true });
        }
      }),
      lawRuns(200),
    );
  });

  it('law 2: a partial is emitted only when its value or path changed, or the document closed', () => {
    fc.assert(
      fc.property(arbitraryJsonText, arbitraryCuts, arbitraryConfig, (text, cuts, config) => {
        accumulateJson(cutAt(text, cuts), config).reduce((earlier, later) => {
          expect(later).not.to.deep.equal(earlier);
          return later;
        });
      }),
      lawRuns(1000),
    );
  });

  it('law 5: a partial extends every one before it', () => {
    fc.assert(
      fc.property(arbitraryJsonText, arbitraryCuts, arbitraryConfig, (text, cuts, config) => {
        const partials = accumulateJson(cutAt(text, cuts), config);
        partials.reduce((earlier, later) => {
          expect(extendsValue(later.value, earlier.value)).to.equal(true);
          return later;
        });
      }),
      lawRuns(1000),
    );
  });

  it('law 3: a snapshot is never changed', () => {
    fc.assert(
      fc.property(arbitraryJsonText, arbitraryCuts, (text, cuts) => {
        const source = new Subject<string>();
        const snapshots: { partial: PartialJson; copy: PartialJson }[] = [];
        source.pipe(toJsonTokens(), accumulatePartial()).subscribe((partial) => {
          snapshots.push({ partial, copy: structuredClone(partial) });
        });
        for (const delta of cutAt(text, cuts)) source.next(delta);
        source.complete();
        for (const { partial, copy } of snapshots) expect(partial).to.deep.equal(copy);
      }),
      lawRuns(1000),
    );
  });

  it('law 3: parts that did not change are the same objects, and so is the path', () => {
    fc.assert(
      fc.property(arbitraryJsonText, arbitraryCuts, (text, cuts) => {
        accumulateJson(cutAt(text, cuts)).reduce((earlier, later) => {
          const before = partsOf(earlier.value);
          for (const [place, part] of partsOf(later.value)) {
            const same = before.get(place);
            if (isContainer(part) && JSON.stringify(part) === JSON.stringify(same)) expect(part).to.equal(same);
          }
          if (JSON.stringify(later.path) === JSON.stringify(earlier.path)) expect(later.path).to.equal(earlier.path);
          return later;
        });
      }),
      lawRuns(1000),
    );
  });

  it('law 3: everything off the path is finished', () => {
    fc.assert(
      fc.property(arbitraryJsonText, arbitraryCuts, (text, cuts) => {
        const partials = accumulateJson(cutAt(text, cuts));
        const final = partsOf(partials.at(-1)?.value);
        for (const { value, path } of partials) {
          const open = path.map((_, depth) =>
            path.slice(0, depth + 1).map((step) => `.${JSON.stringify(String(step))}`),
          );
          const places = new Set(['$', ...open.map((steps) => `$${steps.join('')}`)]);
          for (const [place, part] of partsOf(value))
            if (!places.has(place)) expect(part, place).to.deep.equal(final.get(place));
        }
      }),
      lawRuns(500),
    );
  });

  it('law 4: a text that is not JSON shows only the partials of its valid beginning', () => {
    fc.assert(
      fc.property(arbitraryDamagedText, arbitraryCuts, (text, cuts) => {
        const whole = stepwise(everyUnit(text)).findLast((partial) => partial !== undefined);
        const parts = stepwise(cutAt(text, cuts)).findLast((partial) => partial !== undefined);
        expect(parts).to.deep.equal(whole);
      }),
      lawRuns(1000),
    );
  });

  it('law 5: with samples, the partials shown are among those there would be without, and the last is the same', () => {
    fc.assert(
      fc.property(arbitraryJsonText, arbitraryCuts, fc.array(fc.boolean(), { maxLength: 60 }), (text, cuts, fires) => {
        const deltas = cutAt(text, cuts);
        const every = accumulateJson(deltas);
        const source = new Subject<string>();
        const sample = new Subject<void>();
        const sampled: PartialJson[] = [];
        source.pipe(toJsonTokens(), accumulatePartial({ sample })).subscribe((partial) => sampled.push(partial));
        deltas.forEach((delta, index) => {
          source.next(delta);
          if (fires[index] === true) sample.next();
        });
        source.complete();
        expect(sampled.at(-1)).to.deep.equal(every.at(-1));
        for (const partial of sampled) expect(every).to.deep.include(partial);
        sampled.slice(1).forEach((partial, index) => {
          expect(partial).not.to.deep.equal(sampled[index]);
        });
      }),
      lawRuns(500),
    );
  });
});
