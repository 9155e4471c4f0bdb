import type { JsonPath } from '../../partials/PartialJson.js';

/** The keys to leave out, by the steps that lead to them. */
interface Steps {
  readonly below: Map<string, Steps>;
  isHere: boolean;
}

/**
 * A document without the keys that hold `null` at one of these paths. Elements of arrays stay.
 *
 * @returns The document itself if it has no such key.
 */
export function withoutNulls(document: unknown, paths: readonly JsonPath[]): unknown {
  const root: Steps = { below: new Map(), isHere: false };
  // A tree of the paths, so that the document is walked once and only where a path leads.
  for (const path of paths) {
    let here = root;
    for (const step of path.map(String)) {
      const next = here.below.get(step) ?? { below: new Map(), isHere: false };
      here.below.set(step, next);
      here = next;
    }
    here.isHere = true;
  }
  return leaveOut(document, root);
}

function leaveOut(value: unknown, { below }: Steps): unknown {
  if (typeof value !== 'object' || value === null || below.size === 0) return value;
  if (Array.isArray(value)) {
    const items = value.map((item, index) => findAt(item, below.get(String(index))));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const entries = Object.entries(value).map(([key, before]: [string, unknown]) => {
    const steps = below.get(key);
    return { key, before, isLeftOut: before === null && steps?.isHere === true, after: findAt(before, steps) };
  });
  // The same object where nothing has changed: the caller tells by identity whether to validate again.
  if (entries.every(({ before, after, isLeftOut }) => before === after && !isLeftOut)) return value;
  return Object.fromEntries(entries.flatMap(({ key, after, isLeftOut }) => (isLeftOut ? [] : [[key, after]])));
}

const findAt = (value: unknown, steps: Steps | undefined): unknown =>
  steps === undefined ? value : leaveOut(value, steps);
