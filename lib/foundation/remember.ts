/**
 * Makes a function remember what it made of an object, for as long as the object is there. Like `memoize`, without
 * holding on to anything.
 */
export function remember<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly made: V }>();
  return (key) => {
    const entry = known.get(key) ?? { made: make(key) };
    known.set(key, entry);
    return entry.made;
  };
}
