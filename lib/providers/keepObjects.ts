/** The objects of a list that a server sent; none if it did not send a list. */
export function keepObjects<T extends object>(
  list: readonly (T | null | undefined)[] | null | undefined,
): readonly T[] {
  const items: readonly (T | null | undefined)[] = Array.isArray(list) ? list : [];
  return items.filter((item) => keepObject(item) !== undefined) as readonly T[];
}

/** The value that a server sent for an object, if it is one. */
export function keepObject<T>(value: T | null | undefined): T | undefined {
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** The value that a server sent for a text; empty if it is not a text. */
export function keepText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The number that a server sent, also as a text; `undefined` if it is none, or no more than a word for none. */
export function keepCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof count === 'number' && Number.isFinite(count) ? count : undefined;
}
