import type { LeftEntry } from '../log/LogEntry.js';
import { findPlace } from './findPlace.js';

/** The character at which a text became wrong; where that was not told, the value that is wrong. */
export function findLeftPlace(left: LeftEntry, text: string): number | undefined {
  if (left.tag === 'Unavailable') return undefined;
  if (left.offset !== undefined) return left.offset;
  return left.path.length === 0 && left.tag === 'InvalidValue' ? 0 : findPlace(text, left.path);
}
