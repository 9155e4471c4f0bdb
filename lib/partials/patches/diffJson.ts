import { isArray, isObject, type JsonObject } from '../Container.js';
import { extendPointer } from './extendPointer.js';
import type { Json } from '../PartialJson.js';
import type { PatchOperation } from './PartialPatch.js';

/**
 * The operations that turn `before` into `after`, shortest if `after` extends it, as a later partial does. Parts that
 * are the same object in both are not looked into.
 *
 * @param growth What the one string that has grown has got, if that is known: reading it from the string itself takes
 * as long as the string is.
 */
export function diffJson(before: Json, after: Json, growth?: string): PatchOperation[] {
  const operations: PatchOperation[] = [];
  collect({ operations, growth }, before, after, '');
  return operations;
}

interface Difference {
  readonly operations: PatchOperation[];
  readonly growth: string | undefined;
}

function collect(difference: Difference, before: Json, after: Json, path: string): void {
  const { operations, growth } = difference;
  if (before === after) return;
  if (typeof before === 'string' && typeof after === 'string') operations.push(growString(before, after, path, growth));
  else if (isArray(before) && isArray(after) && before.length <= after.length)
    collectElements(difference, before, after, path);
  else if (!isObject(before) || !isObject(after) || !collectMembers(difference, before, after, path))
    operations.push({ op: 'replace', path, value: after });
}

function growString(before: string, after: string, path: string, growth: string | undefined): PatchOperation {
  if (growth !== undefined && before.length + growth.length === after.length)
    return { op: 'append', path, value: growth };
  if (after.startsWith(before)) return { op: 'append', path, value: after.slice(before.length) };
  return { op: 'replace', path, value: after };
}

function collectElements(difference: Difference, before: readonly Json[], after: readonly Json[], path: string): void {
  for (let index = 0; index < after.length; index++) {
    const value = after[index];
    const old = before[index];
    if (value === old || value === undefined) continue;
    collectChild(difference, old, value, extendPointer(path, index));
  }
}

/** Says whether the one object has all that the other had, without which it is not for operations on its members. */
function collectMembers(difference: Difference, before: JsonObject, after: JsonObject, path: string): boolean {
  const { length } = difference.operations;
  let known = 0;
  for (const key of Object.keys(after)) {
    const value = after[key];
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    if (old !== undefined) known++;
    if (value === old || value === undefined) continue;
    collectChild(difference, old, value, extendPointer(path, key));
  }
  const isExtended = known === Object.keys(before).length;
  if (!isExtended) difference.operations.length = length;
  return isExtended;
}

function collectChild(difference: Difference, old: Json | undefined, value: Json, path: string): void {
  if (old === undefined) difference.operations.push({ op: 'add', path, value });
  else collect(difference, old, value, path);
}
