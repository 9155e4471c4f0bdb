import { concatMap, from, map, timer, type Observable } from 'rxjs';
import type { CompletionEvent, FinishReason } from '../completions/CompletionEvent.js';
import { toDelay } from '../foundation/toDelay.js';

export interface CompletionOfConfig {
  /** The size of the text's deltas, in UTF-16 code units. By default the text is one delta. */
  readonly chunkSize?: number;
  /** Milliseconds before each event. By default all come at once, within the subscription. */
  readonly delay?: number;
  /** Why the model stops writing a text. Default `'stop'`; `null` for a text that is cut off. */
  readonly finish?: FinishReason | null;
}

/**
 * Makes a completion of a text, or of events that you write down.
 *
 * Like `from`, as a model would write it.
 *
 * ```text
 *  completionOf('{"a":1}', { chunkSize: 3, delay: 2 })
 *  --a-b-c-(f|)     a: text-delta '{"a'   b: text-delta '":1'   c: text-delta '}'   f: finish 'stop'
 * ```
 *
 * With a `delay` the time is that of rxjs' `asyncScheduler`, so that it is virtual in marble tests.
 *
 * @example
 * import { textDeltas } from 'rx-structured';
 * import { completionOf } from 'rx-structured/testing';
 *
 * completionOf('{"age":30}', { chunkSize: 5 })
 *   .pipe(textDeltas())
 *   .subscribe((delta) => {
 *     console.log(delta);
 *   });
 * // Logs:
 * // {"age
 * // ":30}
 *
 * @see {@link scriptedModel} for a model that answers with it
 * @param answer The answer's text, or all events of it.
 * @param config How it is cut, how slow it is, and how a text ends.
 * @returns An Observable of the same events for every subscription.
 * @since 0.1.0
 */
export function completionOf(
  answer: string | readonly CompletionEvent[],
  config: CompletionOfConfig = {},
): Observable<CompletionEvent> {
  const events = typeof answer === 'string' ? toEvents(answer, config) : answer;
  const { delay } = config;
  if (delay === undefined) return from(events);
  return from(events).pipe(concatMap((event) => timer(toDelay(delay)).pipe(map(() => event))));
}

function toEvents(text: string, { chunkSize = text.length, finish = 'stop' }: CompletionOfConfig): CompletionEvent[] {
  if (!(chunkSize >= 1) && text !== '') throw new RangeError(`chunkSize must be at least 1, got ${chunkSize}`);
  const events: CompletionEvent[] = [];
  for (let at = 0; at < text.length; at += chunkSize)
    events.push({ type: 'text-delta', text: text.slice(at, at + chunkSize) });
  if (finish !== null) events.push({ type: 'finish', reason: finish, raw: finish });
  return events;
}
