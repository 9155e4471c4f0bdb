import { isContainer } from '../../partials/Container.js';

/** Longer values are cut. In UTF-16 code units. */
const LONGEST = 60;

/**
 * A value as an error quotes it.
 *
 * @param isOpen It was still being written: more of it might have come.
 */
export function showValue(value: unknown, isOpen: boolean): string {
  if (value === undefined) return 'nothing';
  if (isOpen && typeof value === 'string')
    return `${JSON.stringify(value.slice(0, LONGEST)).slice(0, -1).slice(0, LONGEST)}…"`;
  if (isOpen && typeof value === 'number') return `${value}…`;
  if (isOpen && isContainer(value)) return nameContainer(value);
  return cut(quote(value), LONGEST);
}

/** A text, and an ellipsis where there is more of it. */
export function cut(text: string, longest: number): string {
  // Half a surrogate pair is not a character.
  return text.length > longest ? `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}

/** The beginning of a value as JSON: it may be the whole document, and more than is shown need not be written. */
function quote(value: unknown): string {
  if (!isPlain(value)) return findName(value);
  let parts = 0;
  try {
    return JSON.stringify(value, function (this: object, key: string): unknown {
      // The part itself, and not what its own `toJSON` makes of it.
      const part: unknown = Reflect.get(this, key);
      if (++parts > LONGEST + 1) return undefined;
      if (typeof part === 'string') return part.slice(0, LONGEST + 1);
      if (part === undefined || isPlain(part)) return Array.isArray(part) ? part.slice(0, LONGEST + 1) : part;
      return findName(part);
    });
  } catch {
    // A codec has made something that JSON cannot hold, such as a circle.
    return nameContainer(value);
  }
}

const nameContainer = (value: unknown): string => (Array.isArray(value) ? 'an array' : 'an object');

/** Whether the value can come from JSON. A codec may have changed it before another one rejected it. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (!isContainer(value)) return value === null || typeof value === 'string' || typeof value === 'boolean';
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

function findName(value: unknown): string {
  return typeof value === 'object' && value !== null ? `a ${value.constructor.name}` : String(value);
}
