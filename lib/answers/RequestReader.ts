import type { Observer } from 'rxjs';
import type { AttemptRecord } from '../completions/AttemptRecord.js';
import type { CompletionEvent, ToolDeltaEvent } from '../completions/CompletionEvent.js';
import type { AttemptLog } from './AttemptLog.js';

/** The one who asks. */
export interface Asker {
  /** The model's own words, as far as they were read. */
  readonly said: string;
  /** Given every delta of a call, after the watcher. */
  seeCall(delta: ToolDeltaEvent): void;
}

/**
 * Reads the events of one request: they are recorded and told to the watcher before `target` is told of them. The
 * watcher is told `attempt`, and exactly one `attempt-over`, however the request ends.
 *
 * As a teardown, it says that the request was stopped, unless it has ended.
 */
export class RequestReader implements Observer<CompletionEvent> {
  readonly #target: Observer<CompletionEvent>;
  readonly #log: AttemptLog;
  readonly #record: AttemptRecord;
  readonly #asker: Asker;

  constructor(target: Observer<CompletionEvent>, log: AttemptLog, record: AttemptRecord, asker: Asker) {
    this.#target = target;
    this.#log = log;
    this.#record = record;
    this.#asker = asker;
  }

  next(event: CompletionEvent): void {
    this.#record.see(event);
    this.#log.tell(event);
    if (event.type === 'tool-delta') this.#asker.seeCall(event);
    this.#target.next(event);
  }

  error(error: unknown): void {
    this.#end('by itself', { error });
    this.#target.error(error);
  }

  complete(): void {
    this.#end('by itself');
    this.#target.complete();
  }

  unsubscribe(): void {
    this.#end('stopped');
  }

  #end(how: 'by itself' | 'stopped', failure?: { readonly error: unknown }): void {
    if (this.#record.isOver) return;
    this.#record.end(how);
    this.#log.tell({ type: 'attempt-over', ...this.#record.describe(), text: this.#asker.said, ...failure });
  }
}
