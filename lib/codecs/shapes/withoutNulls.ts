import type { JsonPath } from '../../partials/PartialJson.js';

/**
 * A document without the keys that hold `null` at or under one of these paths. Strict mode asks for `null` where a key
 * may be left out, and vendors refuse it there.
 *
 * @returns The document itself where there is no such key.
 */
export function withoutNulls(document: unknown, paths: readonly JsonPath[]): unknown {
  if (typeof document !== 'object' || document === null) return document;
  const isHere = paths.some((path) => path.length === 0);
  const entries = Object.entries(document).map(([key, value]: [string, unknown]) => {
    const below = isHere ? [[]] : paths.filter(([step]) => String(step) === key).map(([, ...rest]) => rest);
    const isNamed = value === null && !Array.isArray(document) && below.some((path) => path.length === 0);
    return { key, before: value, after: isNamed ? undefined : withoutNulls(value, below) };
  });
  if (entries.every(({ before, after }) => before === after)) return document;
  if (Array.isArray(document)) return entries.map(({ after }) => after);
  return Object.fromEntries(entries.flatMap(({ key, after }) => (after === undefined ? [] : [[key, after]])));
}
