import { EMPTY, interval, Subscription, type Observable } from 'rxjs';
import type { AnswerEvent } from './AnswerEvent.js';
import { formatMessage, heartbeatMessage } from './SseMessage.js';
import type { SseOutbox } from './SseOutbox.js';

/**
 * The body of a response: subscribes when it is first read, unsubscribes when it is cancelled, and writes only when it
 * is read.
 *
 * @param heartbeat Milliseconds, or `Infinity`.
 */
export function sseBody(
  events: Observable<AnswerEvent>,
  outbox: SseOutbox,
  heartbeat: number,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const subscription = new Subscription();
  let started = false;
  let ended = false;
  let silent = true;
  /** There while the client waits for more. */
  let send: ((frames: string) => void) | undefined;
  let fail: (error: unknown) => void;

  const flush = (): void => {
    const frames = send === undefined ? '' : outbox.take();
    if (frames !== '') send?.(frames);
  };

  const start = (): void => {
    started = true;
    subscription.add(
      events.subscribe({
        next(event) {
          outbox.push(event);
          flush();
        },
        error: fail,
        complete() {
          outbox.end();
          ended = true;
          subscription.unsubscribe();
          flush();
        },
      }),
    );
    const beats = heartbeat === Infinity ? EMPTY : interval(heartbeat);
    subscription.add(
      beats.subscribe({
        next() {
          if (silent) send?.(formatMessage(heartbeatMessage));
          silent = true;
        },
        error: fail,
      }),
    );
  };

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        fail = (error) => {
          controller.error(error);
        };
      },
      // The promise is kept when there was something to send: until then nobody asks again.
      pull: (controller) =>
        new Promise<void>((resolve) => {
          send = (frames) => {
            send = undefined;
            silent = false;
            controller.enqueue(encoder.encode(frames));
            if (ended) controller.close();
            resolve();
          };
          if (!started) start();
          flush();
        }),
      cancel() {
        subscription.unsubscribe();
      },
    },
    // Nothing is made ready for a client that has not asked for it.
    { highWaterMark: 0 },
  );
}
