import { concat, defer, filter, map, of, type OperatorFunction } from 'rxjs';
import { JsonExtractor, type ExtractJsonConfig } from './JsonExtractor.js';

/**
 * Lets through only the JSON document of an answer that stands in prose, in a Markdown fence or after reasoning.
 *
 * Like `filter`, for the characters of a text: live, and wherever the deltas are cut.
 *
 * ```text
 *  deltas    --a-----b------c---d--|    a: 'Sure: `'  b: '``json\n{"na'  c: 'me":"Jo'  d: 'hn"}\n```'
 *            extractJson()
 *  document  ---------------c---d--|                                     c: '{"name":"Jo'  d: 'hn"}'
 * ```
 *
 * 1. The first object or array is the answer; later text is ignored. The source is still read to its end, so that its
 *    last events are not lost.
 * 2. Fences of any length and label, prose before and after, braces in prose (`use {name}`), fences inside strings, and
 *    reasoning between tags (`<think>…</think>`, `[THINK]`, harmony's channels) need nothing from the caller.
 * 3. Where the deltas are cut changes nothing but where the output is cut. One delta in, at most one out, in its frame.
 * 4. A bracket is let through once the text after it can only be JSON: a key, its colon and the beginning of a value,
 *    or a string in an array. Nothing that could be shown waits for that, and never more than 256 characters.
 * 5. `{}`, `[ ]`, `[1]` and `[1, 2]` are found in prose as well: they are let through at the end, if nothing better
 *    came.
 * 6. Text that was let through stays: if it turns out not to be JSON, {@link toJsonTokens} says where.
 * 7. Linear in time on any text.
 *
 * A number, string or word alone is not found: nothing tells the answer `12` from the beginning of `12 apples`.
 * Reasoning that is opened and not closed hides all text after it.
 *
 * @example
 * import { of } from 'rxjs';
 * import { extractJson } from 'rx-structured';
 *
 * of('Of course! ```js', 'on\n{"name": "Jo', 'hn"}\n```\nAnything', ' else?')
 *   .pipe(extractJson())
 *   .subscribe((delta) => {
 *     console.log(delta);
 *   });
 * // Logs:
 * // {"name": "Jo
 * // hn"}
 *
 * @throws {@link NoJsonError} on the error channel, at the end of a text without an object or array.
 * @see {@link textDeltas} for the stage before
 * @see {@link toJsonTokens} for the stage after
 * @param config What the answer is, where that is known.
 * @returns An operator function that lets the document's characters through.
 * @since 0.1.0
 */
export function extractJson(config: ExtractJsonConfig = {}): OperatorFunction<string, string> {
  return (source) =>
    defer(() => {
      const extractor = new JsonExtractor(config);
      return concat(
        source.pipe(map((delta) => extractor.push(delta))),
        defer(() => of(extractor.end())),
      ).pipe(filter((document) => document !== ''));
    });
}
