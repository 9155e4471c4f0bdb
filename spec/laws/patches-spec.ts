import { expect } from 'chai';
import * as fc from 'fast-check';
import jsonPatch, { type Operation } from 'fast-json-patch';
import { from } from 'rxjs';
import { applyPatches } from '../../lib/partials/patches/applyPatches.js';
import { readOrigin } from '../../lib/partials/Origin.js';
import type { Json, JsonPath, PartialJson } from '../../lib/partials/PartialJson.js';
import type {
  AddOperation,
  PartialPatch,
  PatchOperation,
  ReplaceOperation,
} from '../../lib/partials/patches/PartialPatch.js';
import { toPatches } from '../../lib/partials/patches/toPatches.js';
import { accumulateJson } from '../support/accumulateJson.js';
import { arbitraryCuts, arbitraryJson, arbitraryJsonText, cutAt } from '../support/arbitraryJson.js';
import { lawRuns } from '../support/lawRuns.js';

/** As it comes out at the other end of a wire, or of a library that copies so: JSON.stringify writes no -0. */
const overTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Partials of a document, some left out, none shown twice. */
const arbitraryPartials = fc.tuple(arbitraryJsonText, arbitraryCuts, fc.nat(3)).map(([text, cuts, every]) =>
  accumulateJson(cutAt(text, cuts))
    .filter((partial, index) => partial.complete || index % (every + 1) === 0)
    .filter((partial, index, all) => JSON.stringify(partial) !== JSON.stringify(all[index - 1])),
);

function patchesOf(partials: readonly PartialJson[]): PartialPatch[] {
  const patches: PartialPatch[] = [];
  from(partials)
    .pipe(toPatches())
    .subscribe((patch) => patches.push(patch));
  return patches;
}

function partialsOf(patches: readonly PartialPatch[]): PartialJson[] {
  const partials: PartialJson[] = [];
  from(patches)
    .pipe(applyPatches())
    .subscribe((partial) => partials.push(partial));
  return partials;
}

/** The same for a library that knows RFC 6902 only: the string is put in the place of the one it extends. */
function withoutAppend(document: unknown, operation: PatchOperation): Operation {
  if (operation.op !== 'append') return operation;
  const before = jsonPatch.getValueByPointer(document, operation.path) as string;
  return { op: 'replace', path: operation.path, value: before + operation.value };
}

/** Where all that is in a document stands; given a step: where it could get another child there. */
function pointersOf(value: Json, step?: string, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return step === undefined ? [path] : [];
  const canHave = step === undefined || !Array.isArray(value) || /[-0]/.test(step);
  const inner = Object.entries(value).flatMap(([key, child]: [string, Json]) =>
    pointersOf(child, step, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
  return [...(canHave ? [step === undefined ? path : `${path}/${step}`] : []), ...inner];
}

/** Every string in a value, keys left out. */
function stringsOf(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((child: Json) => stringsOf(child));
}

/** The library refuses to touch prototypes, and so has no `__proto__` among its keys. */
const hasNoPrototypes = (value: unknown): boolean => !JSON.stringify(value).includes('__proto__');

describe('the laws of patches', () => {
  it('law 11: applied, they are the partials they were made of', () => {
    fc.assert(
      fc.property(arbitraryPartials, (partials) => {
        expect(partialsOf(patchesOf(partials))).to.deep.equal(partials);
      }),
      lawRuns(1000),
    );
  });

  it('law 11: applied, they are the partials of one document after the other', () => {
    fc.assert(
      fc.property(arbitraryPartials, arbitraryPartials, (first, second) => {
        fc.pre(JSON.stringify(first.at(-1)) !== JSON.stringify(second[0]));
        expect(overTheWire(partialsOf(patchesOf([...first, ...second])))).to.deep.equal(
          overTheWire([...first, ...second]),
        );
      }),
      lawRuns(500),
    );
  });

  it('law 11: they are plain JSON: a wire changes nothing', () => {
    fc.assert(
      fc.property(arbitraryPartials, (partials) => {
        expect(partialsOf(overTheWire(patchesOf(partials)))).to.deep.equal(overTheWire(partials));
      }),
      lawRuns(500),
    );
  });

  it('law 11: a JSON Patch library makes the same documents of them, once appends are spelled out', () => {
    fc.assert(
      fc.property(arbitraryPartials, (partials) => {
        fc.pre(hasNoPrototypes(partials));
        let document: unknown;
        const documents = patchesOf(partials).map(({ operations }) => {
          for (const operation of operations)
            document = jsonPatch.applyOperation(document, withoutAppend(document, operation), true, false).newDocument;
          return document;
        });
        expect(overTheWire(documents)).to.deep.equal(overTheWire(partials.map(({ value }) => value)));
      }),
      lawRuns(500),
    );
  });

  it('law 11: of any two documents, they make one of the other', () => {
    fc.assert(
      fc.property(arbitraryJson, arbitraryJson, (before, after) => {
        const partials = [before, after].map((value): PartialJson => ({ value, path: [], complete: false }));
        const patches = patchesOf(partials);
        expect(overTheWire(partialsOf(patches).at(-1)?.value)).to.deep.equal(overTheWire(after));
      }),
      lawRuns(2000),
    );
  });

  it('law 11: add and replace do what they do in that library, anywhere', () => {
    const arbitraryChange = fc.tuple(fc.boolean(), fc.nat(), fc.constantFrom('a', '0', '-', '~1'), arbitraryJson);
    fc.assert(
      fc.property(arbitraryJson, fc.array(arbitraryChange), (start, changes) => {
        fc.pre(hasNoPrototypes([start, changes]));
        changes.reduce<Json>((document, [isAdd, choice, step, value]) => {
          const pointers = pointersOf(document, isAdd ? step : undefined);
          const path = pointers[choice % pointers.length];
          if (path === undefined) return document;
          const operation: AddOperation | ReplaceOperation = { op: isAdd ? 'add' : 'replace', path, value };
          const [, here] = partialsOf([
            { operations: [{ op: 'add', path: '', value: document }] },
            { operations: [operation] },
          ]);
          const there = jsonPatch.applyOperation(document, operation, true, false).newDocument;
          expect(overTheWire(here?.value)).to.deep.equal(overTheWire(there));
          return here?.value ?? null;
        }, start);
      }),
      lawRuns(1000),
    );
  });

  it('law 2: what an open string has got until the next snapshot need not be read from the string', () => {
    const childAt = ({ value }: PartialJson, path: JsonPath): unknown =>
      path.reduce<unknown>((parent, step) => (parent as Record<string | number, unknown>)[step], value);
    fc.assert(
      fc.property(arbitraryJsonText, arbitraryCuts, (text, cuts) => {
        const partials = accumulateJson(cutAt(text, cuts));
        for (const [index, before] of partials.entries()) {
          const open = childAt(before, before.path);
          const isOpenString = typeof open === 'string' && !before.complete;
          expect(readOrigin(before)?.open !== undefined).to.equal(isOpenString);
          const after = partials[index + 1];
          if (!isOpenString || after === undefined) continue;
          expect(readOrigin(after)?.grown).to.equal(readOrigin(before)?.open);
          expect(open + (readOrigin(after)?.growth ?? '')).to.equal(childAt(after, before.path));
        }
      }),
      lawRuns(1000),
    );
  });

  it('law 2: over all patches, no text is sent twice', () => {
    fc.assert(
      fc.property(arbitraryPartials, (partials) => {
        const sent = (patches: readonly PartialPatch[]): number =>
          patches.flatMap(({ operations }) => operations.flatMap(({ value }) => stringsOf(value))).join('').length;
        expect(sent(patchesOf(partials))).to.equal(stringsOf(partials.at(-1)?.value ?? null).join('').length);
      }),
      lawRuns(500),
    );
  });
});
