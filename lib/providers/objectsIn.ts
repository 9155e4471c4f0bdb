/** The objects of a list that a server sent; where it sent no list, there are none. */
export function objectsIn<T extends object>(list: readonly (T | null | undefined)[] | null | undefined): readonly T[] {
  const items: readonly (T | null | undefined)[] = Array.isArray(list) ? list : [];
  return items.filter((item) => objectIn(item) !== undefined) as readonly T[];
}

/** What a server sent where an object belongs, if it is one. */
export function objectIn<T>(value: T | null | undefined): T | undefined {
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** What a server sent where a text belongs; empty if it is none. */
export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
