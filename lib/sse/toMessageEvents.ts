import { catchError, concat, connect, defer, endWith, ignoreElements, interval } from 'rxjs';
import { map, merge, of, skip, switchMap, takeUntil } from 'rxjs';
import type { Observable, OperatorFunction } from 'rxjs';
import type { AnswerEvent } from './AnswerEvent.js';
import { expectEvents } from './expectEvents.js';
import { readHeartbeat, readPosition, type SseConfig } from './SseConfig.js';
import { createBegin, createDone, heartbeatMessage, toMessage, type SseMessage } from './SseMessage.js';
import { toFailure } from './toFailure.js';

/**
 * Makes server-sent events of an answer, for Nest's `@Sse`.
 *
 * Like `map`, with a message before the first and after the last one.
 *
 * ```text
 *  events    --t-t---c|       t: text   c: complete   or i: invalid, f: failed
 *            toMessageEvents()
 *  messages  b-t-t---(cd|)    b: begin   d: done   and a comment when nothing was sent for a while
 * ```
 *
 * 1. The last message is `done`. A native `EventSource` has to be closed on it, or it asks again.
 * 2. A client that comes back, and cannot be served from where it was, gets `done` at once. The model is not asked
 *    again.
 * 3. One message per event: Nest holds the messages that a slow client has not read. {@link toSseResponse} merges it.
 *
 * @example
 * import { of } from 'rxjs';
 * import { toMessageEvents, type AnswerEvent } from 'rx-structured/sse';
 *
 * // @Sse('answer')
 * // answer(@Headers('last-event-id') lastEventId?: string): Observable<MessageEvent>
 * const events: AnswerEvent[] = [{ type: 'text', text: '{"age":30}' }, { type: 'complete', completion: {} }];
 * of(...events)
 *   .pipe(toMessageEvents({ heartbeat: Infinity }))
 *   .subscribe((message) => {
 *     console.log(message);
 *   });
 * // Logs:
 * // { id: '0', type: 'begin', data: '{}' }
 * // { id: '1', data: '"{\\"age\\":30}"' }
 * // { id: '2', type: 'complete', data: '{"completion":{}}' }
 * // { id: '2', type: 'done', data: '{}' }
 *
 * @see {@link answerEvents} for the events
 * @see {@link fromSse} for the browser's side
 * @param config Where the client is, and how it is kept.
 * @returns An operator function that emits messages for one client.
 * @since 0.1.0
 */
export function toMessageEvents(config: SseConfig = {}): OperatorFunction<AnswerEvent, SseMessage> {
  const heartbeat = readHeartbeat(config);
  const begin = readPosition(config);

  return (source) =>
    defer(() => {
      if (begin === undefined) return of(createDone(0));
      let position = begin;
      const messages = concat(
        of(createBegin(begin, config)),
        expectEvents('toMessageEvents', source).pipe(
          skip(begin),
          catchError((error: unknown) => of(toFailure(error))),
          map((event) => toMessage(event, ++position)),
        ),
        defer(() => of(createDone(position, begin > 0 && position === begin))),
      );
      return heartbeat === undefined ? messages : withHeartbeat(messages, heartbeat);
    });
}

function withHeartbeat(messages: Observable<SseMessage>, heartbeat: number): Observable<SseMessage> {
  return messages.pipe(
    connect((shared) => {
      const end = shared.pipe(ignoreElements(), endWith(true));
      const beats = shared.pipe(
        switchMap(() => interval(heartbeat)),
        map(() => heartbeatMessage),
        takeUntil(end),
      );
      return merge(shared, beats);
    }),
  );
}
