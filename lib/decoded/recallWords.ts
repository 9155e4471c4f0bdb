import type { DecodedComplete } from './Decoded.js';

/** Registered, so that the copies of the package read each other's. */
const WORDS = Symbol.for('rx-structured/words');

/**
 * The same whole value, with the text that it was decoded from. It shows neither in the console nor in comparisons, and
 * copies of the object do not have it.
 */
export function withWords<A>(complete: DecodedComplete<A>, words: string): DecodedComplete<A> {
  return Object.defineProperty(complete, WORDS, { value: words });
}

/** The text that a whole value was decoded from; for one that was made by hand, its value as JSON. */
export function recallWords(complete: DecodedComplete<unknown>): string {
  const { [WORDS]: words } = complete as { readonly [WORDS]?: unknown };
  return typeof words === 'string' ? words : writeJson(complete.value);
}

/** Not every value can be written as JSON: a bigint cannot, and `undefined` is nothing. */
function writeJson(value: unknown): string {
  try {
    const json: unknown = JSON.stringify(value);
    return typeof json === 'string' ? json : '';
  } catch {
    return '';
  }
}
