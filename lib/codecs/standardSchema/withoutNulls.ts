import { isObject } from '../../foundation/isObject.js';
import { keepSame } from '../decoder/keepSame.js';
import type { JsonPath } from '../../partials/PartialJson.js';

/**
 * A document without the keys that hold `null` at one of these places. Elements of arrays stay.
 *
 * @param places Paths as {@link findPlace} writes them.
 * @returns The document itself if it has no such key.
 */
export function withoutNulls(document: unknown, places: ReadonlySet<string>, path: JsonPath = []): unknown {
  const readAt = (value: unknown, step: string | number): unknown => withoutNulls(value, places, [...path, step]);
  if (Array.isArray(document)) return keepSame(document.map(readAt), document);
  if (!isObject(document)) return document;
  const entries = Object.entries(document)
    .filter(([key, value]) => value !== null || !places.has(findPlace([...path, key])))
    .map(([key, value]) => [key, readAt(value, key)]);
  return keepSame(Object.fromEntries(entries), document);
}

/** A path in a form that sets can hold. */
export const findPlace = (path: JsonPath): string => JSON.stringify(path.map(String));
