import { interval, Subscription, type Observable } from 'rxjs';
import type { AnswerEvent } from './AnswerEvent.js';
import { formatMessage, heartbeatMessage } from './SseMessage.js';
import type { SseOutbox } from './SseOutbox.js';

/**
 * The body of a response: subscribes when it is first read, unsubscribes when it is cancelled, and writes only when it
 * is read.
 */
export class SseBody {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #events: Observable<AnswerEvent>;
  readonly #outbox: SseOutbox;
  readonly #heartbeat: number | undefined;
  readonly #encoder = new TextEncoder();
  readonly #subscription = new Subscription();
  #isSubscribed = false;
  /** Set after the last event. */
  #isComplete = false;
  /** And the outbox knows. */
  #isEnded = false;
  /** Events that came before the body was read; `undefined` from then on. */
  #early: AnswerEvent[] | undefined = [];
  /** Nothing was sent since the last beat. */
  #isSilent = true;
  /** There while the client waits for more. */
  #send: ((frames: string) => void) | undefined;

  #fail: (error: unknown) => void = () => undefined;

  /** @param heartbeat Milliseconds, or `undefined` for none. */
  constructor(events: Observable<AnswerEvent>, outbox: SseOutbox, heartbeat: number | undefined) {
    this.#events = events;
    this.#outbox = outbox;
    this.#heartbeat = heartbeat;
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#fail = (error) => {
            controller.error(error);
          };
        },
        // The promise is kept when there was something to send: until then `pull` is not called again.
        pull: (controller) =>
          new Promise<void>((resolve) => {
            this.#send = (frames) => {
              this.#send = undefined;
              this.#isSilent = false;
              controller.enqueue(this.#encoder.encode(frames));
              if (this.#isEnded) controller.close();
              resolve();
            };
            this.#begin();
            this.#flush();
          }),
        cancel: () => {
          this.#subscription.unsubscribe();
        },
      },
      // Nothing is made ready for a client that has not asked for it.
      { highWaterMark: 0 },
    );
  }

  /** Whether the client has received all that there is, once it was subscribed to. */
  get isOver(): boolean {
    return this.#isComplete && this.#early?.length === 0;
  }

  /** Subscribes to the events, unless that was done before. Events that come before the body is read wait. */
  subscribe(): void {
    if (this.#isSubscribed) return;
    this.#isSubscribed = true;
    const subscription = this.#events.subscribe({
      next: (event) => {
        if (this.#early === undefined) this.#push(event);
        else this.#early.push(event);
      },
      error: this.#fail,
      complete: () => {
        this.#isComplete = true;
        if (this.#early === undefined) this.#end();
      },
    });
    this.#subscription.add(subscription);
  }

  /** The body is read for the first time. */
  #begin(): void {
    if (this.#early === undefined) return;
    const early = this.#early;
    this.#early = undefined;
    early.forEach((event) => {
      this.#push(event);
    });
    if (this.#isComplete) this.#end();
    this.subscribe();
    this.#beat();
  }

  #push(event: AnswerEvent): void {
    this.#outbox.push(event);
    this.#flush();
  }

  #end(): void {
    this.#outbox.end();
    this.#isEnded = true;
    this.#subscription.unsubscribe();
    this.#flush();
  }

  #flush(): void {
    const frames = this.#send === undefined ? '' : this.#outbox.take();
    if (frames !== '') this.#send?.(frames);
  }

  #beat(): void {
    if (this.#heartbeat === undefined || this.#isEnded) return;
    const beats = interval(this.#heartbeat).subscribe({
      next: () => {
        if (this.#isSilent) this.#send?.(formatMessage(heartbeatMessage));
        this.#isSilent = true;
      },
      error: this.#fail,
    });
    this.#subscription.add(beats);
  }
}
