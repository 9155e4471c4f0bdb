import { Observable, type ObservableInput, type OperatorFunction } from 'rxjs';
import { subscribeFor } from '../foundation/subscribeFor.js';
import type { JsonTokens } from '../tokens/JsonToken.js';
import type { Growth } from './PartialDocument.js';
import type { PartialJson } from './PartialJson.js';
import { TokenReader } from './TokenReader.js';

/** How often and how finely {@link accumulatePartial} shows a document. */
export interface AccumulatePartialConfig {
  /** Whether a number is shown while its digits come, or not before it is whole. Default: `'growing'`. */
  readonly numbers?: Growth;
  /** Whether a string is shown while its characters come, or not before it is whole. Default: `'growing'`. */
  readonly strings?: Growth;
  /** Snapshots are taken only when this emits, and when the document closes or ends. By default, with every batch. */
  readonly sample?: ObservableInput<unknown>;
}

/**
 * Builds a JSON document from its tokens, and emits the document so far.
 *
 * Like `scan`, with a JSON document as the accumulator.
 *
 * ```text
 *  deltas    --a---b------c--|        a: '{"na'   b: 'me":"Jo'   c: 'hn"}'
 *            toJsonTokens(), accumulatePartial()
 *  partials  --a---b------c--|        a: {}   b: {name:'Jo'}   c: {name:'John'} complete
 * ```
 *
 * 1. At most one snapshot per batch of tokens, in its frame, and only when the value or the open path changed.
 * 2. The snapshot that closes the root says `complete`.
 * 3. A snapshot never changes; parts that did not change since are the same objects in the next one.
 * 4. Nothing is guessed: a sign without a digit, half a literal or half an escape does not show. An object or array
 *    shows when it opens, a key when its value does.
 * 5. A later snapshot extends an earlier one; only growing numbers may change otherwise.
 * 6. With `sample`, a snapshot is taken when it emits, if anything changed, and when the document closes or the source
 *    ends. The last state is always emitted, also ahead of an error. When `sample` completes, only the end is left;
 *    when it errors, so does the result.
 * 7. While an object of more than 1,000 keys or an array of more than 2,000 elements is open, snapshots are taken as
 *    rarely as its copying demands. A partial then shows at least half of the text so far; the last one shows all.
 *
 * The cost of a snapshot: the objects and arrays on the open path are copied, at about half a nanosecond per element of
 * an array and 15 per key of an object; beyond 130 keys of a single object, ten times that. `sample` makes it rare.
 *
 * @example
 * import { of } from 'rxjs';
 * import { accumulatePartial, toJsonTokens } from 'rx-structured';
 *
 * of('{"na', 'me":"Jo', 'hn"}')
 *   .pipe(toJsonTokens(), accumulatePartial())
 *   .subscribe(({ value, path, complete }) => console.log(value, path, complete));
 * // Logs:
 * // {} [] false
 * // { name: 'Jo' } [ 'name' ] false
 * // { name: 'John' } [] true
 *
 * @see {@link toJsonTokens} for the stage before, {@link decodeWith} for the stage after
 * @see {@link valueAt} and {@link elementsAt} for parts of the document
 * @param config How often and how finely the document is shown.
 * @returns An operator function that emits immutable snapshots of the document.
 * @since 0.1.0
 */
export function accumulatePartial(config: AccumulatePartialConfig = {}): OperatorFunction<JsonTokens, PartialJson> {
  return (source) =>
    new Observable((subscriber) => {
      subscribeFor(subscriber, source, new TokenReader(subscriber, config, subscriber));
    });
}
