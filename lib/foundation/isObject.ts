/** An object, and not an array: the predicate of every stage. `partials/Container.ts` says the same of JSON. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
