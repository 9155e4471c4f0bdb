import { scan, type OperatorFunction } from 'rxjs';
import { applyOperation } from './applyOperation.js';
import type { Json, PartialJson } from '../PartialJson.js';
import type { PartialPatch, PatchOperation } from './PartialPatch.js';

const NOTHING: PartialJson = { value: undefined, path: [], complete: false };

/**
 * Makes snapshots of a document again of the steps between them: the way back from {@link toPatches}.
 *
 * Like `scan`, with the document as the accumulator.
 *
 * ```text
 *  patches   --p---q------r--|    p: add ''  q: add '/name' 'Jo'  r: append '/name' 'hn', complete
 *            applyPatches()
 *  partials  --a---b------c--|    a: {}  b: {name:'Jo'}  c: {name:'John'} complete
 * ```
 *
 * 1. A partial per patch, with the value, path and completeness it had.
 * 2. A snapshot never changes; parts that a patch does not touch are the same objects in the next one.
 *
 * Errors with {@link JsonPatchError} if a patch does not fit the document; errors of the source pass.
 *
 * @example
 * import { of } from 'rxjs';
 * import { applyPatches, type PartialPatch } from 'rx-structured';
 *
 * of<PartialPatch[]>(
 *   { operations: [{ op: 'add', path: '', value: { name: 'Jo' } }], path: ['name'] },
 *   { operations: [{ op: 'append', path: '/name', value: 'hn' }], path: [], complete: true },
 * )
 *   .pipe(applyPatches())
 *   .subscribe(({ value, complete }) => console.log(value, complete));
 * // Logs:
 * // { name: 'Jo' } false
 * // { name: 'John' } true
 *
 * @see {@link toPatches} for where patches come from, {@link decodeWith} for the stage after
 * @returns An operator function that emits the document after each patch.
 * @since 0.1.0
 */
export function applyPatches(): OperatorFunction<PartialPatch, PartialJson> {
  return (source) => source.pipe(scan(applyPatch, NOTHING));
}

function applyPatch(before: PartialJson, { operations, path, complete }: PartialPatch): PartialJson {
  return {
    value: applyAll(operations, before.value),
    path: path ?? before.path,
    complete: complete ?? false,
  };
}

function applyAll(operations: readonly PatchOperation[], before: Json | undefined): Json | undefined {
  /** Copied once for all operations: a patch may add a thousand keys to one object. */
  const copies = new Set<object>();
  let value = before;
  for (const operation of operations) value = applyOperation(value, operation, copies);
  return value;
}
