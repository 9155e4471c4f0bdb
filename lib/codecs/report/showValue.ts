/** Longer values are cut. */
const LONGEST = 60;

/**
 * A value as an error quotes it.
 *
 * @param isOpen It was still being written: what it would have been nobody knows.
 */
export function showValue(value: unknown, isOpen: boolean): string {
  if (value === undefined) return 'nothing';
  if (isOpen && typeof value === 'string') return `${JSON.stringify(value).slice(0, -1).slice(0, LONGEST)}…"`;
  if (isOpen && typeof value === 'number') return `${value}…`;
  if (isOpen && typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return cut(toText(value), LONGEST);
}

function toText(value: unknown): string {
  if (isPlain(value)) return JSON.stringify(value, (_, inner: unknown) => (isPlain(inner) ? inner : nameOf(inner)));
  return nameOf(value);
}

/** What can come from JSON; a codec may have made something else of it before another one refused that. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null)
    return ['string', 'boolean', 'object', 'undefined'].includes(typeof value);
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

function nameOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? `a ${value.constructor.name}` : String(value);
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
