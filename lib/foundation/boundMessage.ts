import { countBytes, cutBytes } from './cutBytes.js';

/** In bytes of UTF-8. Messages go into logs and over the wire, and models and servers write parts of them. */
const LONGEST = 4_096;

/** A message as long as messages may be: a longer one is cut between two characters, and ends with `…`. */
export function boundMessage(message: string): string {
  // No code unit has more than three bytes; the `…` has three.
  return message.length * 3 > LONGEST && countBytes(message) > LONGEST ? cutBytes(message, LONGEST - 3) : message;
}
