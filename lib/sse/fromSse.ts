import { defer, fromEvent, map, NEVER, of, takeUntil, type Observable } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import type { CodecLike } from '../codecs/standardSchema/toCodec.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import type { StructuredAnswer } from '../answers/structuredCompletion.js';
import type { Unavailable } from '../answers/Unavailable.js';
import { fromAnswerEvents, type FromAnswerEventsConfig, type RemoteToolEvent } from './fromAnswerEvents.js';
import { resumeEvents } from './resumeEvents.js';
import { readSseMessages } from './readSseMessages.js';
import { expectArgument } from '../foundation/expectArgument.js';

const MAX_EVENT_LENGTH = 2 ** 24;

/** The request, as `fetch` takes it, and how its answer is read. */
export interface FromSseInit<A, K extends string = never> extends RequestInit, FromAnswerEventsConfig<K> {
  /** The type of the answer: the server's codec, or its schema. */
  readonly codec: CodecLike<A>;
  /**
   * How often in a row to come back after the connection was lost, where the server can go on. Default 3; `NaN` and
   * negatives mean never, a fraction is rounded down, `Infinity` has no end.
   */
  readonly resumes?: number;
  /**
   * Milliseconds of silence after which the server sends a comment; after three times as much, the connection is taken
   * for lost. By default as the server says, or 15,000. Say `Infinity` for a server without heartbeats.
   */
  readonly heartbeat?: number;
  /** Characters that one event may have. Default 16,777,216. */
  readonly maxEventLength?: number;
  /** Instead of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * Asks a server, and shows its answer grow as the server sees it.
 *
 * Like `fromFetch`, with the typed stream of {@link structuredCompletion} for a response.
 *
 * ```text
 *  server    --P-P-L---P-P-C|       P partial   L Left   C complete
 *            fromSse(url, { codec })
 *  browser   --P-P-L---P-P-C|       the same, a network later; a slow one sees fewer partials
 * ```
 *
 * 1. Cold: one request per subscription. Unsubscribing aborts it, and with it the server's request to the model.
 * 2. An answer that the server did not finish is interrupted, and is never taken for a complete one.
 * 3. If the server can go on where the connection was lost, the request is made again with `Last-Event-ID`, after some
 *    part of the time that the server asks for, which doubles with each loss. A server that is silent for three
 * heartbeats
 *    was lost as well. Events that come twice are emitted once.
 * 4. Failures of `fetch`, an abort by `init.signal` included, pass through unchanged.
 *
 * @example
 * import * as t from 'io-ts';
 * import { structuredCompletion } from 'rx-structured';
 * import { answerEvents, fromSse, toSseResponse } from 'rx-structured/sse';
 * import { scriptedModel } from 'rx-structured/testing';
 *
 * const codec = t.type({ age: t.number });
 * const model = scriptedModel(['{"age":30}']);
 * const server = () =>
 *   toSseResponse(answerEvents((watch) => structuredCompletion(model, { codec, messages: ['How old is John?'], watch
 * })));
 *
 * fromSse('/answer', { method: 'POST', codec, fetch: () => Promise.resolve(server()) }).subscribe((either) => {
 *   if (either._tag === 'Right') console.log(either.right._tag, either.right.value);
 * });
 * // Logs:
 * // Partial { age: 30 }
 * // Complete { age: 30 }
 *
 * @throws {@link SseError} on the error channel, when the response is not an answer.
 * @throws {@link RefusalError}, {@link IncompleteCompletionError} or {@link RemoteCompletionError} on the error
 * channel, as the server says.
 * @see {@link toSseResponse} and {@link toMessageEvents} for the server's side
 * @see {@link fromAnswerEvents} for other transports
 * @param input Where the server is.
 * @param init The codec, and the options of `fetch`: method, headers, body, signal.
 * @returns An Observable of the answer while it is written, and at its end.
 * @since 0.1.0
 */
export function fromSse<A, K extends string = never>(
  input: string | URL | Request,
  init: FromSseInit<A, K>,
): Observable<Either<InvalidAnswer | Unavailable, StructuredAnswer<A> | RemoteToolEvent<K>>> {
  const isInput = typeof input === 'string' || input instanceof URL || input instanceof Request;
  expectArgument('fromSse', isInput, 'a URL or a Request', input);
  expectArgument('fromSse', typeof init === 'object' && (init as unknown) !== null, '{ codec }', init);
  const { codec, resumes = 3, heartbeat, fetch = globalThis.fetch, ...rest } = init;
  const { maxEventLength: maxLength = MAX_EVENT_LENGTH, ...request } = rest;
  const outer = request.signal ?? (input instanceof Request ? input.signal : undefined);

  const ask = (signal: AbortSignal, lastEventId: string | undefined): Promise<Response> => {
    const headers = new Headers(request.headers ?? (input instanceof Request ? input.headers : undefined));
    headers.set('accept', 'text/event-stream');
    if (lastEventId !== undefined) headers.set('last-event-id', lastEventId);
    return fetch(input instanceof Request ? input.clone() : input, { ...request, headers, signal });
  };
  const connect = (lastEventId: string | undefined) =>
    readSseMessages((signal) => ask(signal, lastEventId), { maxLength, heartbeat });

  return fromAnswerEvents(resumeEvents(connect, resumes), codec, init).pipe(takeUntil(whenAborted(outer)));
}

/** Errors with the reason of the abort, as `fetch` does. */
function whenAborted(signal: AbortSignal | null | undefined): Observable<void> {
  if (signal === null || signal === undefined) return NEVER;
  return defer(() => (signal.aborted ? of(signal) : fromEvent(signal, 'abort'))).pipe(
    map(() => {
      signal.throwIfAborted();
    }),
  );
}
