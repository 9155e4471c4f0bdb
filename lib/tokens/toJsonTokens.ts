import { Observable, type OperatorFunction } from 'rxjs';
import { subscribeFor } from '../foundation/subscribeFor.js';
import { DeltaReader } from './DeltaReader.js';
import type { JsonTokens } from './JsonToken.js';

/** Limits on what {@link toJsonTokens} reads. */
export interface ToJsonTokensConfig {
  /** How many objects and arrays may stand within each other. Default: 512. */
  readonly maxDepth?: number;
  /** How long the document may be, in UTF-16 code units. Default: `Infinity`. */
  readonly maxLength?: number;
  /** How many whitespace characters may follow each other outside of strings. Default: 1024. */
  readonly maxWhitespace?: number;
}

/**
 * Reads text deltas into JSON tokens, as strictly as `JSON.parse` reads a whole text.
 *
 * Like `map`, with a tokenizer that remembers where in the document it is.
 *
 * ```text
 *  deltas    --a---b---c---d--|    a: '{"na'  b: 'me":"Jo'  c: 'hn'  d: '"}'
 *            toJsonTokens()
 *  tokens    --a---b---c---d--|    a: {       b: key, "Jo…  c: …hn…  d: …", }
 * ```
 *
 * 1. One delta in, at most one batch out, in the same frame: the tokens that the delta began, continued or ended.
 * 2. A string or number comes in pieces as it grows; keys and literals come whole.
 * 3. However the text is cut, the pieces add up to the same tokens, and an error has the same offset.
 * 4. The verdict is that of `JSON.parse`, except that duplicate keys and what exceeds a limit are errors.
 * 5. An error comes with the first character that no continuation could save, after the tokens before it.
 * 6. When the source completes, the document must be closed: an interrupted text is an error.
 * 7. Where more whitespace than allowed follows a closed document, the result completes and the source is let go.
 *
 * Errors with {@link JsonSyntaxError}; errors of the source pass.
 *
 * @example
 * import { of } from 'rxjs';
 * import { toJsonTokens } from 'rx-structured';
 *
 * of('{"name":"Jo', 'hn"}')
 *   .pipe(toJsonTokens())
 *   .subscribe((tokens) => console.log(tokens.map(({ type }) => type).join(' ')));
 * // Logs:
 * // object-start key string
 * // string object-end
 *
 * @see {@link textDeltas} for the stage before, {@link accumulatePartial} for the stage after
 * @param config Limits on what is read.
 * @returns An operator function that emits the tokens of each delta together.
 * @since 0.1.0
 */
export function toJsonTokens(config: ToJsonTokensConfig = {}): OperatorFunction<string, JsonTokens> {
  return (source) =>
    new Observable((subscriber) => {
      subscribeFor(subscriber, source, new DeltaReader(subscriber, config));
    });
}
