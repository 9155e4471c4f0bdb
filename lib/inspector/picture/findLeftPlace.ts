import type { LeftEntry } from '../log/LogEntry.js';
import { findPlace } from './findPlace.js';

/** The character at which a text became wrong; where that was not told, the value that is wrong. */
export function findLeftPlace(left: LeftEntry, text: string): number | undefined {
  if (left.tag === 'Unavailable') return undefined;
  // An element is known by its place in the first answer; the next ones have the rejected elements alone.
  if (left.index !== undefined && left.attempt > 1) return undefined;
  if (left.offset !== undefined) return left.offset;
  return left.path.length === 0 && left.tag === 'InvalidValue' ? 0 : findPlace(text, left.path);
}
