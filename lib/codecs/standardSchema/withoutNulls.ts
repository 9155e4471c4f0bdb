import type { JsonPath } from '../../partials/PartialJson.js';
import { anything, resolved, type Shape } from '../jsonSchema/Shape.js';

/**
 * A document without the keys that hold `null` at or under one of these paths. Strict mode asks for `null` where a key
 * may be left out, and vendors refuse it there.
 *
 * @param shape Of the document. Keys that it does not name, as those of a record, are entries: they are not left out.
 * @returns The document itself where there is no such key.
 */
export function withoutNulls(document: unknown, paths: readonly JsonPath[], shape: Shape): unknown {
  if (typeof document !== 'object' || document === null) return document;
  const isHere = paths.some((path) => path.length === 0);
  const entries = Object.entries(document).map(([key, value]: [string, unknown]) => {
    const below = isHere ? [[]] : paths.filter(([step]) => String(step) === key).map(([, ...rest]) => rest);
    const isNamed = value === null && !Array.isArray(document) && below.some((path) => path.length === 0);
    const isLeftOut = isNamed && !isEntry(shape, key);
    return { key, before: value, after: isLeftOut ? undefined : withoutNulls(value, below, shapeWithin(shape, key)) };
  });
  if (entries.every(({ before, after }) => before === after)) return document;
  if (Array.isArray(document)) return entries.map(({ after }) => after);
  return Object.fromEntries(entries.flatMap(({ key, after }) => (after === undefined ? [] : [[key, after]])));
}

function isEntry(shape: Shape, key: string): boolean {
  const whole = resolved(shape);
  if (whole.kind === 'union') return whole.members.every((member) => isEntry(member, key));
  return whole.kind === 'object' && whole.rest !== undefined && !whole.properties.has(key);
}

function shapeWithin(shape: Shape, key: string): Shape {
  const whole = resolved(shape);
  switch (whole.kind) {
    case 'array':
      return whole.first[Number(key)] ?? whole.rest;
    case 'object':
      return whole.properties.get(key)?.shape ?? whole.rest ?? anything;
    case 'union':
      return { kind: 'union', members: whole.members.map((member) => shapeWithin(member, key)) };
    default:
      return anything;
  }
}
