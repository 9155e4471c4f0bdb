import type { AttemptEvent } from './AttemptEvent.js';
import type { WatchedEvent } from './AnswerDeltaEvent.js';

/** The subscriber is about to see this. */
export interface ShownEvent {
  readonly type: 'shown';
  readonly either:
    { readonly _tag: 'Left'; readonly left: unknown } | { readonly _tag: 'Right'; readonly right: unknown };
  /** For a Left, where it can be told: the first character of the answer's text after which nothing could be right. */
  readonly offset?: () => number | undefined;
}

/** The subscriber will see no more. */
export interface EndedEvent {
  readonly type: 'ended';
  readonly how: 'completed' | 'failed' | 'cancelled';
  readonly error?: unknown;
}

/** All of one subscription to a completion: what is watched, what is shown, and how it ends. */
export type FeedEvent = WatchedEvent | ShownEvent | EndedEvent;

const FEED = Symbol.for('rx-structured/feed');

/**
 * Tells all of one subscription to those who ask for it. A watcher finds it through an `attempt` event, and can tell
 * completions apart that run at the same time, though it watches them all.
 */
export class CompletionFeed {
  #listeners: Set<(event: FeedEvent) => void> | undefined;

  /** From the event on that is being told. */
  listen(listener: (event: FeedEvent) => void): void {
    this.#listeners ??= new Set();
    this.#listeners.add(listener);
  }

  tell(event: FeedEvent): void {
    if (this.#listeners === undefined) return;
    for (const listener of this.#listeners) listener(event);
  }

  /** Lets the event lead here, out of sight of those who compare or print it. */
  mark(event: AttemptEvent): AttemptEvent {
    return Object.defineProperty(event, FEED, { value: this });
  }
}

/** The feed that an event leads to. It may be one of the library's other copy (ES modules and CommonJS). */
export function feedOf(event: object): CompletionFeed | undefined {
  return (event as { readonly [FEED]?: CompletionFeed })[FEED];
}
