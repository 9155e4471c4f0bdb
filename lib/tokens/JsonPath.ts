/** Where a value stands in a document: object keys and array indexes, from the root inwards. */
export type JsonPath = readonly (string | number)[];

export function isSamePath(a: JsonPath, b: JsonPath): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let depth = 0; depth < a.length; depth++) if (a[depth] !== b[depth]) return false;
  return true;
}
