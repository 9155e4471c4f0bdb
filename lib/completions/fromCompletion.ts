import { Observable } from 'rxjs';
import type { CompletionEvent } from './CompletionEvent.js';
import { IdleTimeoutError } from './IdleTimeoutError.js';
import { isConnectionError } from './isConnectionError.js';
import { toDelay } from '../foundation/toDelay.js';

/**
 * Milliseconds that a response may stay open after the finish reason, counted anew with each chunk: usage may follow.
 * Some servers never close theirs.
 */
export const FINISH_GRACE = 1000;

export interface FromCompletionConfig {
  /**
   * The most milliseconds between two chunks, the wait for the first one included, before the request is given up. No
   * limit by default. Keep-alive comments do not count: the SDKs do not show them.
   */
  readonly idleTimeout?: number | undefined;
}

/**
 * Makes an Observable of one model's answer from any SDK that streams its chunks as an async iterable.
 *
 * Like `from(asyncIterable)`, with a request behind it that ends with the subscription.
 *
 * ```text
 *  chunks    --c----c--c-|
 *            fromCompletion(request, toEvents)
 *  events    --(ab)-c--d-|      a chunk may be several events, or none
 * ```
 *
 * 1. Cold: every subscription makes a request of its own, with an AbortSignal of its own.
 * 2. Unsubscribing, at any moment, aborts the request at once, and nothing is delivered afterwards.
 * 3. No promise is left to reject unhandled, whatever the SDK does after an abort.
 * 4. An error of the request or the iteration is the error notification, unchanged.
 * 5. A response that ends is completion, whether or not the answer had: {@link textDeltas} judges that.
 * 6. After a finish, usage is waited for, until the response ends, breaks or is idle for a second: each is completion.
 *
 * `toEvents` sees one chunk at a time. If it needs to remember something, make it anew for each request with `defer`.
 *
 * @example
 * import { fromCompletion } from 'rx-structured';
 *
 * // Stands for any SDK: takes a signal, promises an async iterable of its own chunks.
 * const request = async function* (words: string[], signal: AbortSignal) {
 *   for (const word of words) if (!signal.aborted) yield await Promise.resolve({ word });
 * };
 *
 * fromCompletion(
 *   (signal) => Promise.resolve(request(['{"name"', ':"John"}'], signal)),
 *   (chunk) => [{ type: 'text-delta', text: chunk.word }],
 * ).subscribe((event) => {
 *   console.log(event);
 * });
 * // Logs:
 * // { type: 'text-delta', text: '{"name"' }
 * // { type: 'text-delta', text: ':"John"}' }
 *
 * @throws {@link IdleTimeoutError} on the error channel, when the chunks stop coming.
 * @see {@link textDeltas} for the stage after
 * @param request Makes the request. The signal aborts it: hand it to the SDK.
 * @param toEvents What a chunk says, as events, in order.
 * @param config How long to wait for a chunk.
 * @returns An Observable of the events of one answer per subscription.
 * @since 0.1.0
 */
export function fromCompletion<C>(
  request: (signal: AbortSignal) => PromiseLike<AsyncIterable<C>>,
  toEvents: (chunk: C) => Iterable<CompletionEvent>,
  config: FromCompletionConfig = {},
): Observable<CompletionEvent> {
  const idleTimeout = config.idleTimeout ?? Infinity;

  return new Observable((subscriber) => {
    const controller = new AbortController();
    const { signal } = controller;
    const isAborted = (): boolean => signal.aborted;
    let iterator: AsyncIterator<C> | undefined;
    let chunks = 0;
    let ended = false;
    /** A finish reason has come: how the connection ends does not matter any more. */
    let finished = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const wait = (): void => {
      clearTimeout(timer);
      const limit = finished && !(idleTimeout < FINISH_GRACE) ? FINISH_GRACE : idleTimeout;
      if (!(limit < Infinity)) return;
      timer = setTimeout(() => {
        if (finished) subscriber.complete();
        else subscriber.error(new IdleTimeoutError(idleTimeout, chunks));
      }, toDelay(limit));
    };

    // Not every iterator listens to the signal. Its reaction to being closed does not matter.
    const close = (): void => {
      try {
        iterator?.return?.().then(undefined, () => undefined);
      } catch {
        // An iterator that fails to close is closed.
      }
    };

    const read = async (): Promise<void> => {
      wait();
      const answer = await request(signal);
      iterator = answer[Symbol.asyncIterator]();
      if (isAborted()) {
        close();
        return;
      }
      for (;;) {
        const result = await iterator.next();
        // An aborted SDK iterator may go on with what it had buffered, or end as if the answer had.
        if (isAborted()) return;
        if (result.done === true) break;
        chunks += 1;
        let finishes = finished;
        for (const event of toEvents(result.value)) {
          finishes ||= event.type === 'finish';
          subscriber.next(event);
          if (isAborted()) return;
        }
        finished = finishes;
        wait();
      }
      ended = true;
      subscriber.complete();
    };

    subscriber.add(() => {
      clearTimeout(timer);
      if (ended) return;
      controller.abort();
      close();
    });
    read().catch((error: unknown) => {
      // An abort makes some SDKs reject; rxjs would report an error that comes after the end.
      if (isAborted()) return;
      if (finished && isConnectionError(error)) subscriber.complete();
      else subscriber.error(error);
    });
  });
}
