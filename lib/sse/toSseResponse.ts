import { catchError, defer, EMPTY, fromEvent, of, skip, takeUntil, type Observable } from 'rxjs';
import type { AnswerEvent } from './AnswerEvent.js';
import { expectArgument, hasMethod } from '../foundation/expectArgument.js';
import { expectEvents } from './expectEvents.js';
import { readHeartbeat, readPosition, type SseConfig } from './SseConfig.js';
import { SseBody } from './SseBody.js';
import { SseOutbox } from './SseOutbox.js';
import { toFailure } from './toFailure.js';

/** `no-transform` and the last one keep proxies from collecting the answer before they pass it on. */
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

export interface SseResponseConfig extends SseConfig {
  /** Aborted when the client leaves: the request's signal, for servers that do not cancel the body then. */
  readonly signal?: AbortSignal;
  /**
   * The request's method: `HEAD` asks nothing. {@link writeResponse} and Hono see to it themselves; Fastify reads the
   * body all the same.
   */
  readonly method?: string;
  /** More headers. */
  readonly headers?: ConstructorParameters<typeof Headers>[0];
}

/**
 * Makes a web `Response` that sends an answer to a browser as it grows.
 *
 * Like `new Response(stream)`, with a client that may be slow, leave, or come back.
 *
 * 1. The events are subscribed to when the body is first read, and unsubscribed from when it is cancelled: a client
 *    that leaves aborts the model's request.
 * 2. Text that a client has not read yet is merged into one event. At most the unread text and one event per attempt
 *    wait for it in memory.
 * 3. The last event is `done`. A native `EventSource` has to be closed on it, or it asks again.
 * 4. A client that comes back, and cannot be served from where it was, gets 204, which stops an `EventSource`. The
 *    model is not asked again. So does one that comes back to an answer that is over, and has received all of it, where the
 *    events are replayed at once; where they come later, it is told not to come back for 24 days.
 *
 * Hono, Next, Deno and Bun return it, Fastify and Nest 12 too. In Express, Nest 11 and plain Node, {@link
 * writeResponse} writes it.
 *
 * @example
 * import * as t from 'io-ts';
 * import { structuredCompletion } from 'rx-structured';
 * import { answerEvents, toSseResponse } from 'rx-structured/sse';
 * import { scriptedModel } from 'rx-structured/testing';
 *
 * const model = scriptedModel(['{"age":30}']);
 * const codec = t.type({ age: t.number });
 * const events = answerEvents((watch) => structuredCompletion(model, { codec, messages: ['How old is John?'], watch
 * }));
 *
 * const response = toSseResponse(events);
 * console.log((await response.text()).replace(/"attempts":.*]/, '"attempts":[…]'));
 * // Logs:
 * // id:0
 * // event:begin
 * // data:{}
 * //
 * // id:1
 * // data:"{\"age\":30}"
 * //
 * // id:2
 * // event:complete
 * // data:{"completion":{"finishReason":"stop","attempts":[…]}}
 * //
 * // id:2
 * // event:done
 * // data:{}
 *
 * @see {@link answerEvents} for the events
 * @see {@link fromSse} for the browser's side
 * @param events What is sent, from the beginning.
 * @param config Where the client is, and how it is kept.
 * @returns A response for one client.
 * @since 0.1.0
 */
export function toSseResponse(events: Observable<AnswerEvent>, config: SseResponseConfig = {}): Response {
  const isSource = hasMethod(events, 'pipe');
  expectArgument('toSseResponse', isSource, 'an Observable of events, as answerEvents makes one', events);
  const { signal, method } = config;
  const position = readPosition(config);
  if (position === undefined) return new Response(null, { status: 204 });

  const headers = new Headers(HEADERS);
  new Headers(config.headers).forEach((value, name) => {
    headers.set(name, value);
  });
  if (method === 'HEAD') return new Response(null, { headers });

  const left = signal === undefined ? EMPTY : defer(() => (signal.aborted ? of(signal) : fromEvent(signal, 'abort')));
  const remaining = expectEvents('toSseResponse', events).pipe(
    skip(position),
    catchError((error: unknown) => of(toFailure(error))),
    takeUntil(left),
  );
  const body = new SseBody(remaining, new SseOutbox(position, config), readHeartbeat(config));
  // The status has to be known now: whether a log has anything more to say is seen by asking it.
  if (position > 0) body.subscribe();
  if (body.isOver) return new Response(null, { status: 204 });
  return new Response(body.stream, { headers });
}
