import type { PartialOf } from '../codecs/annotations/PartialOf.js';
import type { CompletionInfo } from '../completions/CompletionInfo.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import type { JsonPath } from '../partials/PartialJson.js';
import type { ToolEvent } from './tools/ToolEvent.js';
import type { Unavailable } from './Unavailable.js';

/** The fields that every state has. */
export interface AnswerProgress<T = ToolEvent> {
  /** Which attempt this is, counted from 1. */
  readonly attempt: number;
  /** The attempts that were rejected, or whose model failed, oldest first. */
  readonly failures: readonly (InvalidAnswer | Unavailable)[];
  /** The last event of each call of a tool that is under way. */
  readonly tools: readonly T[];
}

/** Nothing of the attempt is shown yet. */
export interface WaitingAnswer<T = ToolEvent> extends AnswerProgress<T> {
  readonly phase: 'waiting';
}

/** The answer is being written. */
export interface WritingAnswer<A, T = ToolEvent> extends AnswerProgress<T> {
  readonly phase: 'writing';
  readonly value: PartialOf<A>;
  /** The one branch still being written. */
  readonly path: JsonPath;
}

/** The answer is whole, and right. */
export interface DoneAnswer<A, T = ToolEvent, C = CompletionInfo> extends AnswerProgress<T> {
  readonly phase: 'done';
  readonly value: A;
  readonly completion?: C;
}

/** The last attempt was rejected. */
export interface RejectedAnswer<T = ToolEvent> extends AnswerProgress<T> {
  readonly phase: 'invalid';
  readonly invalid: InvalidAnswer | Unavailable;
}

/** The request failed: nothing more will come. */
export interface FailedAnswerState<A, T = ToolEvent> extends AnswerProgress<T> {
  readonly phase: 'failed';
  readonly error: unknown;
  /** The last partial, if there was one. It will not be completed. */
  readonly value?: PartialOf<A>;
}

/** All that there is to show of an answer at one moment, told apart by `phase`. */
export type AnswerState<A, T = ToolEvent, C = CompletionInfo> =
  WaitingAnswer<T> | WritingAnswer<A, T> | DoneAnswer<A, T, C> | RejectedAnswer<T> | FailedAnswerState<A, T>;
