import { Observable, type OperatorFunction } from 'rxjs';
import type { CompletionEvent } from '../completions/CompletionEvent.js';
import { subscribeFor } from '../foundation/subscribeFor.js';
import { Watchers } from '../foundation/Watchers.js';
import { EventReader } from './EventReader.js';
import type { ToolCall } from './ToolCall.js';

/**
 * Takes a completion apart into its tool calls, each with its arguments as they are written.
 *
 * Like `groupBy`, with the call as the key.
 *
 * ```text
 *  events   --a--b--a--f-|      a, b: deltas of two calls   f: finish
 *           toolCalls()
 *  calls    --A--B-------|
 *  A.arguments a-----a---|
 *  B.arguments    b------|
 * ```
 *
 * 1. A call is emitted with its first delta, or as soon as it has a name. Another call begins with a new id, another
 *    name, or a name after arguments that have closed, wherever the server writes it.
 * 2. `arguments` replays the text so far to late subscribers.
 * 3. Only the end of the answer tells that a call has ended: then all `arguments` complete.
 * 4. An answer that was cut off, by a connection that broke as well, is the error of the call that it cuts off; if
 *    it cuts off no call, it is the error of all.
 * 5. A subscription to the `arguments` of one call keeps the source, as with `groupBy`. Without subscribers the request
 *    is aborted.
 *
 * @example
 * import { from, mergeMap, reduce, map } from 'rxjs';
 * import { toolCalls, type CompletionEvent } from 'rx-structured';
 *
 * const events: CompletionEvent[] = [
 *   { type: 'tool-delta', index: 0, id: 'a', name: 'search', text: '{"query":' },
 *   { type: 'tool-delta', index: 1, id: 'b', name: 'weather', text: '{"city":"Bonn"}' },
 *   { type: 'tool-delta', index: 0, text: '"rain"}' },
 *   { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' },
 * ];
 * from(events)
 *   .pipe(
 *     toolCalls(),
 *     mergeMap((call) =>
 *       call.arguments.pipe(
 *         reduce((text, delta) => text + delta, ''),
 *         map((text) => `${call.name} ${text}`),
 *       ),
 *     ),
 *   )
 *   .subscribe((line) => {
 *     console.log(line);
 *   });
 * // Logs:
 * // search {"query":"rain"}
 * // weather {"city":"Bonn"}
 *
 * @throws {@link RefusalError} on the error channel, when the model declined.
 * @throws {@link IncompleteCompletionError} on the error channel, when the answer was cut off.
 * @see {@link fromCompletion} for the stage before
 * @see {@link toJsonTokens} for what to do with a call's arguments
 * @returns An operator function that emits a {@link ToolCall} per call, in the order in which they begin.
 * @since 0.1.0
 */
export function toolCalls(): OperatorFunction<CompletionEvent, ToolCall> {
  return (source) =>
    new Observable((subscriber) => {
      const watchers = new Watchers();
      watchers.watch(subscriber);
      subscribeFor(watchers, source, new EventReader(subscriber, watchers));
    });
}
