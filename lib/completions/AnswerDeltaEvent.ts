import type { AttemptEvent, AttemptOverEvent } from './AttemptEvent.js';
import type { CompletionEvent } from './CompletionEvent.js';

/** More of the answer itself: the text that is tokenized, wherever in the completion it was found. */
export interface AnswerDeltaEvent {
  readonly type: 'answer-delta';
  readonly text: string;
  /** The answer is not an object, and was asked for as `{ "value": … }`. */
  readonly wrapped?: true;
}

/**
 * An event for watchers while a model answers: all that the provider sends, the part of it that is the answer, and
 * where each request begins and ends.
 */
export type WatchedEvent = AttemptEvent | CompletionEvent | AnswerDeltaEvent | AttemptOverEvent;

/**
 * A watcher: a function, or an observer such as a `Subject`. Only `next` is called, so that one Subject can watch any
 * number of completions.
 */
export type Watcher = ((event: WatchedEvent) => void) | { readonly next: (event: WatchedEvent) => void };

/** Tells a watcher, if there is one. */
export function tell(watcher: Watcher | undefined, event: WatchedEvent): void {
  if (typeof watcher === 'function') watcher(event);
  else watcher?.next(event);
}
