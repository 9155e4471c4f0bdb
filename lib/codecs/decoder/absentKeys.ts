/**
 * The keys of which a `null` on the wire was read as "not there", by the object that came out without them. Members of
 * an intersection read the same object, and the others are to know; the result itself has to stay a plain object.
 */
const absentKeys = new WeakMap<object, ReadonlySet<string>>();

const none: ReadonlySet<string> = new Set();

export function markAbsent(result: unknown, keys: ReadonlySet<string>): void {
  if (keys.size > 0 && typeof result === 'object' && result !== null) absentKeys.set(result, keys);
}

export function absentIn(result: unknown): ReadonlySet<string> {
  return (typeof result === 'object' && result !== null && absentKeys.get(result)) || none;
}
