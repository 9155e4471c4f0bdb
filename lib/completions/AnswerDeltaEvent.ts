import type { CompletionEvent } from './CompletionEvent.js';

/** More of the answer itself: the text that is tokenized, wherever in the completion it was found. */
export interface AnswerDeltaEvent {
  readonly type: 'answer-delta';
  readonly text: string;
  /** The answer is no object, and was asked for as `{ "value": … }`. */
  readonly wrapped?: true;
}

/** What can be watched while a model answers: all that the provider sends, and what of it is the answer. */
export type WatchedEvent = CompletionEvent | AnswerDeltaEvent;
