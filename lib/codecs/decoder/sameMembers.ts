/** Whether two objects have the same keys with the very same values. */
export function sameMembers(a: object, b: object): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && Reflect.get(a, key) === Reflect.get(b, key))
  );
}
