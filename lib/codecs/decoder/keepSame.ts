/**
 * An object or array that was made anew; or, where it came out with the very members of the one before, that one: what
 * has not changed is to stay the same object.
 */
export function keepSame<T>(now: T, before: unknown): T {
  return isObject(now) && hasMembersOf(before, now) ? before : now;
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function hasMembersOf<T extends object>(value: unknown, other: T): value is T {
  if (!isObject(value) || Array.isArray(value) !== Array.isArray(other)) return false;
  const keys = Object.keys(other);
  return (
    keys.length === Object.keys(value).length &&
    keys.every((key) => Object.hasOwn(value, key) && Reflect.get(value, key) === Reflect.get(other, key))
  );
}
