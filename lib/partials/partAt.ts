import type { Json, JsonPath, PartialJson } from './PartialJson.js';
import { withTextOf } from './textOf.js';

/** A part of a document: `'awaited'` while it may still come, `'missing'` once it cannot. */
export type Part = PartialJson | 'awaited' | 'missing';

/**
 * The part of a document at `path`, as a document of its own.
 *
 * @param last What it was before. If nothing has changed, it is returned.
 */
export function partAt(partial: PartialJson, path: JsonPath, last: Part): Part {
  let { value } = partial;
  let isOpen = !partial.complete;
  for (const [depth, step] of path.entries()) {
    if (value === undefined) break;
    if (!canHave(value, step)) return 'missing';
    const child = childOf(value, step);
    if (child === undefined) return isOpen ? 'awaited' : 'missing';
    value = child;
    isOpen &&= partial.path[depth] === step;
  }
  if (value === undefined) return isOpen ? 'awaited' : 'missing';
  const part = { value, path: isOpen ? partial.path.slice(path.length) : [], complete: !isOpen };
  if (typeof last === 'string') return withTextOf(part, partial);
  const isSamePath = part.path.length === last.path.length && part.path.every((step, i) => step === last.path[i]);
  if (isSamePath && part.value === last.value && part.complete === last.complete) return last;
  return withTextOf(isSamePath ? { ...part, path: last.path } : part, partial);
}

/** Whether a value, open or not, is of a kind that can have a child there. */
function canHave(value: Json, step: string | number): boolean {
  if (Array.isArray(value)) return typeof step === 'number' && Number.isInteger(step) && step >= 0;
  return isParent(value) && typeof step === 'string';
}

function childOf(value: Json, step: string | number): Json | undefined {
  return isParent(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function isParent(value: Json): value is { readonly [key: string | number]: Json } {
  return typeof value === 'object' && value !== null;
}
