import type { LeftEntry } from '../log/LogEntry.js';
import { placeOf } from './placeOf.js';

/** The character at which a text became wrong; where that was not told, the value that is wrong. */
export function placeOfLeft(left: LeftEntry, text: string): number | undefined {
  if (left.tag === 'Unavailable') return undefined;
  if (left.offset !== undefined) return left.offset;
  return left.path.length === 0 && left.tag === 'InvalidValue' ? 0 : placeOf(text, left.path);
}
