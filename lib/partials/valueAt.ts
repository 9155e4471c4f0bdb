import { distinctUntilChanged, filter, scan, takeWhile, type MonoTypeOperatorFunction } from 'rxjs';
import { findPart, type Part } from './findPart.js';
import type { JsonPath, PartialJson } from './PartialJson.js';

/**
 * Looks at one part of the document only, as a document of its own.
 *
 * Like a lens, held on a document while it is written.
 *
 * ```text
 *  partials  --a---b---c---d---e--|   a: {}  b: {name:''}  c: {name:'Jo'}  d: {name:'Jo'} closed  e: {…, age: 3}
 *            valueAt('name')
 *  result    ------b---c---(d|)       b: ''  c: 'Jo'  d: 'Jo' complete
 * ```
 *
 * 1. It emits when that part has changed, and not otherwise. `path` counts from the part.
 * 2. When the part closes, the result emits it as `complete` and completes, which lets the source go: the request is
 *    aborted as soon as the part is there.
 * 3. It completes empty as soon as the part cannot come any more: its parent has closed, or can hold no such
 *    part. A string names a key of an object, a number an index of an array.
 *
 * Errors of the source pass.
 *
 * @example
 * import { of } from 'rxjs';
 * import { accumulatePartial, toJsonTokens, valueAt } from 'rx-structured';
 *
 * of('{"user":{"name":"Jo', 'hn"', ',"age":3', '0}}')
 *   .pipe(toJsonTokens(), accumulatePartial(), valueAt('user', 'name'))
 *   .subscribe(({ value, complete }) => console.log(value, complete));
 * // Logs:
 * // Jo false
 * // John true
 *
 * @see {@link accumulatePartial} for the stage before, {@link elementsAt} for each element of an array
 * @param path Where the part is: object keys and array indexes, from the root inwards.
 * @returns An operator function that emits the part of the document at that path.
 * @since 0.1.0
 */
export function valueAt(...path: JsonPath): MonoTypeOperatorFunction<PartialJson> {
  return (source) =>
    source.pipe(
      scan((last: Part, partial) => findPart(partial, path, last), 'awaited'),
      takeWhile((part) => part === 'awaited' || (part !== 'missing' && !part.complete), true),
      filter((part) => typeof part !== 'string'),
      distinctUntilChanged(),
    );
}
