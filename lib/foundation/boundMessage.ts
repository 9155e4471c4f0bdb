import { countBytes, cutBytes } from './cutBytes.js';

/** In bytes of UTF-8. Messages go into logs and over the wire, and models and servers write parts of them. */
const LONGEST = 4_096;

/** One half of a character, without the other: where a text was cut, or as a model wrote it. Not every log takes it. */
const HALF = /\p{Surrogate}/gu;

/** A message as long as messages may be: a longer one is cut between two characters, and ends with `…`. */
export function boundMessage(text: string): string {
  const message = text.replace(HALF, '');
  // No code unit has more than three bytes; the `…` has three.
  return message.length * 3 > LONGEST && countBytes(message) > LONGEST ? cutBytes(message, LONGEST - 3) : message;
}
