const marked = new WeakMap<object, ReadonlySet<string>>();

const none: ReadonlySet<string> = new Set();

/**
 * The keys of which a `null` on the wire was read as "not there", by the object that came out without them. Members of
 * an intersection read the same object, and the others are to know; the result itself has to stay a plain object.
 */
export const absentKeys = {
  mark(result: unknown, keys: ReadonlySet<string>): void {
    if (keys.size > 0 && typeof result === 'object' && result !== null) marked.set(result, keys);
  },

  of(result: unknown): ReadonlySet<string> {
    return (typeof result === 'object' && result !== null && marked.get(result)) || none;
  },
};
