import type { JsonPath } from '../../partials/PartialJson.js';
import { cut } from './showValue.js';

/** Longer keys are cut, and longer paths lose their middle. In UTF-16 code units. */
const LONGEST_KEY = 60;
const LONGEST_PATH = 300;

/** A path as a JSONPath: `$.items[1].sku`, `$["a b"]`. */
export function showPath(path: JsonPath): string {
  const text = `$${path.map(showStep).join('')}`;
  if (text.length <= LONGEST_PATH) return text;
  const half = LONGEST_PATH / 2;
  return `${cut(text, half)}${text.slice(-half).replace(/^[\uDC00-\uDFFF]/, '')}`;
}

function showStep(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  const key = cut(step, LONGEST_KEY);
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*…?$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
