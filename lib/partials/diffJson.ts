import { childOf, isArray, isContainer, type JsonContainer } from './container.js';
import { pointerTo } from './jsonPointer.js';
import type { Json } from './PartialJson.js';
import type { PatchOperation } from './PartialPatch.js';

/**
 * What makes `after` of `before`, shortest where `after` extends it, as a later partial does. Parts that are the same
 * object in both are not looked into.
 */
export function diffJson(before: Json, after: Json): PatchOperation[] {
  const operations: PatchOperation[] = [];
  collect(operations, before, after, '');
  return operations;
}

function collect(operations: PatchOperation[], before: Json, after: Json, path: string): void {
  if (before === after) return;
  if (typeof before === 'string' && typeof after === 'string' && after.startsWith(before))
    operations.push({ op: 'append', path, value: after.slice(before.length) });
  else if (isContainer(before) && isContainer(after) && isExtendedBy(before, after))
    for (const position of isArray(after) ? after.keys() : Object.keys(after))
      collectChild(operations, before, after, path, position);
  else operations.push({ op: 'replace', path, value: after });
}

function collectChild(
  operations: PatchOperation[],
  before: JsonContainer,
  after: JsonContainer,
  path: string,
  position: string | number,
): void {
  const old = childOf(before, position);
  const value = childOf(after, position);
  if (value === undefined || old === value) return;
  const child = pointerTo(path, position);
  if (old === undefined) operations.push({ op: 'add', path: child, value });
  else collect(operations, old, value, child);
}

/** Whether all that has a place in one container has one in the other. */
function isExtendedBy(before: JsonContainer, after: JsonContainer): boolean {
  if (isArray(before)) return isArray(after) && after.length >= before.length;
  return !isArray(after) && Object.keys(before).every((key) => Object.hasOwn(after, key));
}
