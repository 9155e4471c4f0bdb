import { filter, map, pairwise, startWith, type OperatorFunction } from 'rxjs';
import { diffJson } from './diffJson.js';
import { isSamePath } from '../../tokens/JsonPath.js';
import { readOrigin, type Origin } from '../Origin.js';
import type { PartialJson } from '../PartialJson.js';
import type { PartialPatch, PatchOperation } from './PartialPatch.js';

const NOTHING: PartialJson = { value: undefined, path: [], complete: false };

/**
 * Turns snapshots of a document into the steps between them, for a wire or a store that shall carry new parts, and
 * not the whole document time and again.
 *
 * Like `pairwise`, with the difference of the two.
 *
 * ```text
 *  partials  --a---b------c--|    a: {}  b: {name:'Jo'}  c: {name:'John'} complete
 *            toPatches()
 *  patches   --p---q------r--|    p: add ''  q: add '/name' 'Jo'  r: append '/name' 'hn', complete
 * ```
 *
 * 1. A patch per partial that shows something new. Its operations are `add` and `replace` of RFC 6902, and `append`,
 *    which adds to a string.
 * 2. A patch is about as long as the text that made the difference, however long the document.
 * 3. {@link applyPatches} makes the same partials of the patches again.
 * 4. Any order of partials is told rightly; if one does not extend the one before, the parts that differ are replaced.
 *
 * Errors of the source pass.
 *
 * @example
 * import { of } from 'rxjs';
 * import { accumulatePartial, toJsonTokens, toPatches } from 'rx-structured';
 *
 * of('{"na', 'me":"Jo', 'hn"}')
 *   .pipe(toJsonTokens(), accumulatePartial(), toPatches())
 *   .subscribe((patch) => console.log(JSON.stringify(patch)));
 * // Logs:
 * // {"operations":[{"op":"add","path":"","value":{}}]}
 * // {"operations":[{"op":"add","path":"/name","value":"Jo"}],"path":["name"]}
 * // {"operations":[{"op":"append","path":"/name","value":"hn"}],"path":[],"complete":true}
 *
 * @see {@link accumulatePartial} for the stage before, {@link applyPatches} for the way back
 * @returns An operator function that emits the changes from each partial to the next.
 * @since 0.1.0
 */
export function toPatches(): OperatorFunction<PartialJson, PartialPatch> {
  return (source) =>
    source.pipe(
      startWith(NOTHING),
      pairwise(),
      map(([before, after]) => createPatch(before, after)),
      filter((patch) => patch !== undefined),
    );
}

function createPatch(before: PartialJson, after: PartialJson): PartialPatch | undefined {
  const operations = listOperations(before, after);
  const hasSamePath = isSamePath(before.path, after.path);
  if (operations.length === 0 && hasSamePath && before.complete === after.complete) return undefined;
  return {
    operations,
    ...(hasSamePath ? {} : { path: after.path }),
    ...(after.complete ? { complete: true } : {}),
  };
}

function listOperations(before: PartialJson, after: PartialJson): PatchOperation[] {
  if (after.value === undefined) return [];
  if (before.value === undefined) return [{ op: 'add', path: '', value: after.value }];
  return diffJson(before.value, after.value, findGrowth(readOrigin(before), readOrigin(after)));
}

/** The text that the open string has gained, if nothing came between the two snapshots. */
function findGrowth(before: Origin | undefined, after: Origin | undefined): string | undefined {
  return before?.open !== undefined && before.open === after?.grown ? after.growth : undefined;
}
