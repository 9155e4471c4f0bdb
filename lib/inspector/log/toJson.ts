import type { Json } from '../../partials/PartialJson.js';

/** How long a value may be as JSON, in characters. */
const LIMIT = 20_000;

/** The end of what was cut. */
export const CUT = `… (cut at ${LIMIT} characters)`;

/** A value as plain JSON. One that is too long is cut, and says so; one that JSON cannot hold is named. */
export function toJson(value: unknown): Json {
  let text: unknown;
  try {
    text = JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
  } catch (error) {
    return `(not JSON: ${String(error)})`;
  }
  if (typeof text !== 'string') return null;
  if (text.length > LIMIT) return `${text.slice(0, LIMIT)}${CUT}`;
  return JSON.parse(text) as Json;
}
