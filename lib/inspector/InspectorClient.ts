import { asyncScheduler, merge, Subject, tap, throttleTime, type Subscription } from 'rxjs';
import type { NodeResponse } from '../sse/writeResponse.js';
import { formatMessage } from '../sse/SseMessage.js';
import type { InspectorLogs } from './InspectorLogs.js';

/** How many entries go into one message. */
const BATCH = 500;
/** Milliseconds between two messages. */
const PACE = 40;
/** Milliseconds of silence after which a comment is sent. */
const HEARTBEAT = 15_000;

const encoder = new TextEncoder();

/**
 * Sends one page the list of completions and, of one of them, all entries. Nothing is queued for a slow page: it is
 * sent what the logs hold when it has read what came before.
 */
export class InspectorClient {
  readonly #logs: InspectorLogs;
  readonly #response: NodeResponse;
  readonly #completion: string | undefined;
  /** How many entries of that completion were sent. */
  #sent: number;
  #isListDue = true;
  #isBlocked = false;
  #subscription: Subscription | undefined;
  readonly #due = new Subject<void>();
  readonly #beats = setInterval(() => {
    if (!this.#isBlocked) this.#write(':\n\n');
  }, HEARTBEAT);

  constructor(logs: InspectorLogs, response: NodeResponse, completion: string | undefined, received: number) {
    this.#logs = logs;
    this.#response = response;
    this.#completion = completion;
    this.#sent = received;
  }

  begin(): void {
    this.#response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    this.#response.once('close', () => {
      this.end();
    });
    const changes = this.#logs.changes.pipe(
      tap(() => {
        this.#isListDue = true;
      }),
    );
    this.#subscription = merge(changes, this.#due)
      .pipe(throttleTime(PACE, asyncScheduler, { leading: false, trailing: true }))
      .subscribe({
        next: () => {
          this.#flush();
        },
        error: () => {
          this.end();
        },
      });
    this.#flush();
  }

  end(): void {
    clearInterval(this.#beats);
    this.#subscription?.unsubscribe();
    this.#response.end();
  }

  #flush(): void {
    if (this.#isBlocked) return;
    if (this.#isListDue) {
      this.#isListDue = false;
      if (!this.#write(formatMessage({ type: 'list', data: JSON.stringify(this.#logs.summaries) }))) return;
    }
    const entries = this.#logs.get(this.#completion ?? '')?.entries ?? [];
    if (this.#sent >= entries.length) return;
    const batch = entries.slice(this.#sent, this.#sent + BATCH);
    this.#sent += batch.length;
    this.#write(formatMessage({ id: String(this.#sent), type: 'entries', data: JSON.stringify(batch) }));
    if (this.#sent < entries.length) this.#due.next();
  }

  /** Whether the page is ready for more. */
  #write(text: string): boolean {
    if (this.#response.write(encoder.encode(text))) return true;
    this.#isBlocked = true;
    this.#response.once('drain', () => {
      this.#isBlocked = false;
      this.#flush();
    });
    return false;
  }
}
