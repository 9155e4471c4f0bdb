import { expect } from 'chai';
import * as fc from 'fast-check';
import { from } from 'rxjs';
import { applyPatches } from '../../../lib/partials/patches/applyPatches.js';
import { JsonPatchError } from '../../../lib/partials/patches/JsonPatchError.js';
import type { PartialPatch } from '../../../lib/partials/patches/PartialPatch.js';
import { toPatches } from '../../../lib/partials/patches/toPatches.js';
import type { PartialJson } from '../../../lib/partials/PartialJson.js';
import { accumulateJson } from '../../support/accumulateJson.js';
import { arbitraryCuts, arbitraryJson, arbitraryJsonText, cutAt } from '../../support/arbitraryJson.js';
import type { FuzzTarget } from '../FuzzTarget.js';

const overTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The partials that come of patches, and the error with which they end, if they do. */
function applied(patches: readonly PartialPatch[]): { readonly partials: PartialJson[]; readonly error: unknown } {
  const partials: PartialJson[] = [];
  let error: unknown;
  from(patches)
    .pipe(applyPatches())
    .subscribe({
      next: (partial) => partials.push(partial),
      error: (raised: unknown) => {
        error = raised;
      },
    });
  return { partials, error };
}

const pointer = fc
  .array(fc.constantFrom('a', '0', '1', '-', '~0', '~1', '__proto__', 'constructor', 'length', '', '01', '~'), {
    maxLength: 3,
  })
  .map((steps) => steps.map((step) => `/${step}`).join(''));

/** Patches that were not made by us. */
const foreign = fc.array(
  fc.record({
    op: fc.constantFrom('add', 'replace', 'append', 'remove', 'test', '__proto__'),
    path: fc.oneof(pointer, fc.constantFrom('a', '#/a', '//')),
    value: arbitraryJson,
  }),
  { maxLength: 4 },
);

/**
 * Patches of a growing document give it back after a journey as JSON. Foreign ones give documents or a JsonPatchError, and
 * touch neither prototypes nor the snapshots that were shown before.
 */
export const patches: FuzzTarget = {
  name: 'patches',
  property: fc.property(arbitraryJsonText, arbitraryCuts, foreign, (text, cuts, operations) => {
    const grown = accumulateJson(cutAt(text, cuts));
    const made: PartialPatch[] = [];
    from(grown)
      .pipe(toPatches())
      .subscribe((patch) => made.push(patch));
    const { partials, error } = applied(overTheWire(made));
    expect(error).to.equal(undefined);
    const shown = partials.map(({ value }) => JSON.stringify(value));
    const expected = grown.map(({ value }) => JSON.stringify(value));
    // The same partial may be shown twice; a patch without a change is not sent.
    expect(shown.at(-1)).to.equal(expected.at(-1));
    expect(shown.every((each) => expected.includes(each))).to.equal(true);

    const before = overTheWire(made);
    const after = applied([...before, ...operations.map((each) => ({ operations: [each] }) as PartialPatch)]);
    if (after.error !== undefined) expect(after.error).to.be.instanceOf(JsonPatchError);
    expect(after.partials.slice(0, partials.length).map(({ value }) => JSON.stringify(value))).to.deep.equal(shown);
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
    expect(Object.keys(Array.prototype)).to.deep.equal([]);
  }),
};
