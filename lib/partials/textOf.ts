import { readOrigin } from './Origin.js';
import type { PartialJson } from './PartialJson.js';

/**
 * The model's own words up to a partial: the whole text of the answer so far, whitespace and all.
 *
 * A partial that was made by hand has no such text; its value as JSON stands in.
 *
 * @example
 * import { of } from 'rxjs';
 * import { accumulatePartial, textOf, toJsonTokens } from 'rx-structured';
 *
 * of('{"a": [1', ', 2] }')
 *   .pipe(toJsonTokens(), accumulatePartial())
 *   .subscribe((partial) => console.log(textOf(partial)));
 * // Logs:
 * // {"a": [1
 * // {"a": [1, 2] }
 *
 * @see {@link accumulatePartial} for where partials come from
 * @param partial A partial, or a part of one.
 * @returns The text.
 * @since 0.1.0
 */
export function textOf(partial: PartialJson): string {
  return readOrigin(partial)?.text ?? (partial.value === undefined ? '' : JSON.stringify(partial.value));
}
