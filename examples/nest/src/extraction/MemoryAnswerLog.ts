import { finalize, ReplaySubject, Subject, takeUntil, type Observable } from 'rxjs';
import type { AnswerEvent } from 'rx-structured/sse';
import { AnswerLog, KEPT } from './AnswerLog.js';

interface Entry {
  readonly events: Observable<AnswerEvent>;
  readonly ended: Subject<void>;
}

/** Keeps the answers in this process: enough for one instance, and gone with it. */
export class MemoryAnswerLog extends AnswerLog {
  readonly #entries = new Map<string, Entry>();

  override begin(id: string, events: Observable<AnswerEvent>): Promise<void> {
    const log = new ReplaySubject<AnswerEvent>();
    const ended = new Subject<void>();
    this.#entries.set(id, { events: log, ended });
    const forget = () => setTimeout(() => this.#entries.delete(id), KEPT * 1000).unref();
    events.pipe(takeUntil(ended), finalize(forget)).subscribe(log);
    return Promise.resolve();
  }

  override follow(id: string): Promise<Observable<AnswerEvent> | undefined> {
    return Promise.resolve(this.#entries.get(id)?.events);
  }

  override end(id: string): Promise<void> {
    this.#entries.get(id)?.ended.next();
    this.#entries.delete(id);
    return Promise.resolve();
  }
}
