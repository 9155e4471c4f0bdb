import type { JsonPath } from './PartialJson.js';

export function isSamePath(a: JsonPath, b: JsonPath): boolean {
  return a === b || (a.length === b.length && a.every((step, depth) => step === b[depth]));
}
