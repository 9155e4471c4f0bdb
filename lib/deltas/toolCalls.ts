import { defer, finalize, Observable, ReplaySubject, Subject, takeUntil, type OperatorFunction } from 'rxjs';
import type { CompletionEvent, ToolDeltaEvent } from '../completions/CompletionEvent.js';
import { answerEnding } from './answerEnding.js';
import { IncompleteCompletionError } from './IncompleteCompletionError.js';
import type { ToolCall } from './ToolCall.js';
import { toolCallTracker, type TrackedCall } from './toolCallTracker.js';

/** A call that is being written. */
interface OpenCall {
  readonly deltas: ReplaySubject<string>;
  text: string;
  emitted: boolean;
}

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
 * 1. A call is emitted with its first delta, or as soon as it has a name. Calls are told apart by index and id.
 * 2. `arguments` replays what was written so far to whoever subscribes late.
 * 3. Nothing says where one call ends but the end of the answer: then all `arguments` complete.
 * 4. An answer that was cut off is the error of the call that it cuts off; if there is none, it is the error of all.
 * 5. Who keeps only one call's `arguments` keeps the source, as with `groupBy`; nobody left aborts the request.
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
      const stop = new Subject<void>();
      const ending = answerEnding();
      const calls = new Map<TrackedCall, OpenCall>();
      let callOf = toolCallTracker();
      let current: OpenCall | undefined;
      let holders = 1;

      const interrupt = (): void => {
        for (const { deltas, text } of calls.values()) deltas.error(new IncompleteCompletionError('interrupted', text));
      };

      const release = (): void => {
        holders -= 1;
        if (holders > 0) return;
        // Whoever subscribes to a call after this must not wait for ever, nor take a part for the whole.
        interrupt();
        stop.next();
      };

      const emit = ({ index, id, name = '' }: TrackedCall, call: OpenCall): void => {
        call.emitted = true;
        const args = defer(() => {
          holders += 1;
          return call.deltas.pipe(finalize(release));
        });
        subscriber.next({ index, ...(id !== undefined && { id }), name, arguments: args });
      };

      const write = (delta: ToolDeltaEvent): void => {
        const key = callOf(delta);
        const call = calls.get(key) ?? { deltas: new ReplaySubject<string>(Infinity), text: '', emitted: false };
        calls.set(key, call);
        current = call;
        call.text += delta.text;
        if (delta.text !== '') call.deltas.next(delta.text);
        if (!call.emitted && key.name !== undefined) emit(key, call);
      };

      /** The answer begins anew: what came before was cut off. */
      const restart = (): void => {
        interrupt();
        calls.clear();
        callOf = toolCallTracker();
        current = undefined;
      };

      const end = (): void => {
        for (const [key, call] of calls) if (!call.emitted) emit(key, call);
        const error = ending.error(current?.text ?? '');
        if (error) current?.deltas.error(error);
        for (const { deltas } of calls.values()) deltas.complete();
        if (error && current === undefined) subscriber.error(error);
        else subscriber.complete();
      };

      subscriber.add(release);
      source.pipe(takeUntil(stop)).subscribe({
        next: (event) => {
          ending.see(event);
          if (event.type === 'start') restart();
          else if (event.type === 'tool-delta') write(event);
        },
        error: (error: unknown) => {
          // eslint-disable-next-line rxjs-x/throw-error -- what the source failed with is passed on, whatever it is
          for (const { deltas } of calls.values()) deltas.error(error);
          subscriber.error(error);
        },
        complete: end,
      });
    });
}
