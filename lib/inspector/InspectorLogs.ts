import { Subject, type Observable } from 'rxjs';
import { feedOf, type CompletionFeed, type FeedEvent } from '../completions/CompletionFeed.js';
import type { WatchedEvent } from '../completions/AnswerDeltaEvent.js';
import { CompletionLog } from './log/CompletionLog.js';
import type { CompletionSummary } from './log/LogEntry.js';

/** How many completions are kept, and in how much memory: the oldest ones go. */
const MOST = 100;
const MOST_BYTES = 128 * 1024 * 1024;

/** A watcher that is a function and an observer alike, so that it fits beside any other. */
export type InspectorWatcher = ((event: WatchedEvent) => void) & { readonly next: (event: WatchedEvent) => void };

/** The last completions, as they are watched. */
export class InspectorLogs {
  readonly #logs = new Map<string, CompletionLog>();
  readonly #changes = new Subject<string>();
  #count = 0;

  /** The id of a completion whose log has grown. */
  readonly changes: Observable<string> = this.#changes.asObservable();

  /** Newest first. */
  get summaries(): readonly CompletionSummary[] {
    return [...this.#logs.values()].reverse().map(({ summary }) => summary);
  }

  get(id: string): CompletionLog | undefined {
    return this.#logs.get(id);
  }

  watch(name: string): InspectorWatcher {
    /** Those that a watcher has been told of, where events come as copies that lead nowhere. */
    let copied: CompletionLog | undefined;
    const feeds = new WeakSet<CompletionFeed>();
    let hasFeeds = false;

    const next = (event: WatchedEvent): void => {
      const feed = feedOf(event);
      if (feed !== undefined) {
        hasFeeds = true;
        if (feeds.has(feed)) return;
        feeds.add(feed);
        const log = this.#begin(name);
        feed.listen((told) => {
          this.#push(log, told);
        });
        return;
      }
      if (hasFeeds) return;
      if (event.type === 'attempt' && event.attempt === 1 && (event.step ?? 1) === 1) copied = undefined;
      copied ??= this.#begin(name);
      this.#push(copied, event);
    };
    return Object.assign(
      (event: WatchedEvent) => {
        next(event);
      },
      { next },
    );
  }

  #begin(name: string): CompletionLog {
    this.#count += 1;
    const log = new CompletionLog(String(this.#count), name);
    this.#logs.set(log.id, log);
    this.#forget();
    return log;
  }

  /** An inspector never disturbs the completions that it watches. */
  #push(log: CompletionLog, event: FeedEvent): void {
    try {
      if (log.push(event)) this.#changes.next(log.id);
      if (event.type === 'ended') this.#forget();
    } catch (error) {
      console.error('The inspector could not record an event:', error);
    }
  }

  #forget(): void {
    let bytes = [...this.#logs.values()].reduce((sum, { size }) => sum + size, 0);
    for (const [id, { size }] of this.#logs) {
      if (this.#logs.size <= MOST && (bytes <= MOST_BYTES || this.#logs.size === 1)) return;
      this.#logs.delete(id);
      bytes -= size;
    }
  }
}
