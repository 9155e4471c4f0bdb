import { getChild, isArray, isContainer, type JsonContainer } from './Container.js';
import { isSamePath } from '../tokens/JsonPath.js';
import type { JsonPath, PartialJson } from './PartialJson.js';
import { readOrigin, withOrigin } from './Origin.js';

/** A part of a document: `'awaited'` while it may still come, `'missing'` once it cannot. */
export type Part = PartialJson | 'awaited' | 'missing';

/**
 * The part of a document at `path`, as a document of its own.
 *
 * @param last What it was before. If nothing has changed, it is returned.
 */
export function findPart(partial: PartialJson, path: JsonPath, last: Part): Part {
  let { value } = partial;
  let isOpen = !partial.complete;
  for (const [depth, step] of path.entries()) {
    if (value === undefined) break;
    if (!isContainer(value) || !canHave(value, step)) return 'missing';
    const child = getChild(value, step);
    if (child === undefined) return isOpen ? 'awaited' : 'missing';
    value = child;
    isOpen &&= partial.path[depth] === step;
  }
  if (value === undefined) return isOpen ? 'awaited' : 'missing';
  const part = { value, path: isOpen ? partial.path.slice(path.length) : [], complete: !isOpen };
  if (typeof last === 'string') return withOrigin(part, readOrigin(partial));
  const hasSamePath = isSamePath(part.path, last.path);
  if (hasSamePath && part.value === last.value && part.complete === last.complete) return last;
  return withOrigin(hasSamePath ? { ...part, path: last.path } : part, readOrigin(partial));
}

/** Whether a container, open or not, is of a kind that can have a child there. */
function canHave(container: JsonContainer, step: string | number): boolean {
  if (isArray(container)) return typeof step === 'number' && Number.isInteger(step) && step >= 0;
  return typeof step === 'string';
}
