import type { AttemptInfo } from './CompletionInfo.js';

/** A request is about to be made: the first event of each. */
export interface AttemptEvent extends Pick<AttemptInfo, 'attempt' | 'step' | 'model' | 'startedAt'> {
  readonly type: 'attempt';
}

/**
 * A request is over: the last event of each, and exactly one, also after unsubscribing. It comes before the value,
 * error or completion that the end of the request causes; where we end the request because of a value, after that
 * value.
 */
export interface AttemptOverEvent extends AttemptInfo {
  readonly type: 'attempt-over';
  /** The model's own words, as far as they were read. */
  readonly text: string;
  /** Why the request failed, if it did. */
  readonly error?: unknown;
}
