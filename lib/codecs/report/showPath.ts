import type { JsonPath } from '../../partials/PartialJson.js';

/** A path as a JSONPath: `$.items[1].sku`, `$["a b"]`. */
export function showPath(path: JsonPath): string {
  return `$${path.map(showStep).join('')}`;
}

function showStep(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
