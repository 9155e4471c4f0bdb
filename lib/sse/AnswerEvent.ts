import type { Unavailable } from '../answers/Unavailable.js';
import type { CompletionInfo } from '../completions/CompletionInfo.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import type { FailureCode } from './FailureCode.js';

/** More of the text of the attempt under way. */
export interface TextEvent {
  readonly type: 'text';
  readonly text: string;
  /** The answer is not an object, and stands in `{ "value": … }`. */
  readonly wrapped?: true;
}

/** The attempt is over: its answer was wrong. The next text belongs to the next attempt. */
export interface InvalidEvent extends Pick<InvalidAnswer, 'message' | 'path' | 'attempt' | 'retriesLeft'> {
  readonly type: 'invalid';
  readonly tag: InvalidAnswer['_tag'];
  /** The answer as far as it was read, where that is not all the text of the attempt. */
  readonly text?: string;
}

/** The attempt is over: its model failed, and another one is asked. The next text belongs to its attempt. */
export interface UnavailableEvent extends Pick<Unavailable, 'message' | 'attempt' | 'retriesLeft'> {
  readonly type: 'unavailable';
}

/** More of the reasoning before the answer, if the server sends it. */
export interface ReasoningEvent {
  readonly type: 'reasoning';
  readonly text: string;
}

/**
 * The model is asked once more in the same attempt, with the results of its calls: the text so far was not the answer.
 */
export interface StepEvent {
  readonly type: 'step';
}

/** The state of a tool call, if the server sends it. */
export interface ToolCallEvent {
  readonly type: 'tool';
  readonly name: string;
  readonly id: string;
  readonly step: number;
  readonly state: 'writing' | 'running' | 'done' | 'failed';
  readonly input?: unknown;
  readonly progress?: unknown;
  readonly output?: unknown;
  /** Why it failed. */
  readonly message?: string;
}

/**
 * The part of a completion that is sent: not its text, which was sent already, and not the turns, which are the
 * server's own.
 */
export type SentCompletion = Partial<Omit<CompletionInfo, 'text' | 'messages'>>;

/** The attempt's text is the whole answer, and right. */
export interface CompleteEvent {
  readonly type: 'complete';
  readonly completion: SentCompletion;
}

/** There will be no answer: the request failed. */
export interface FailedEvent {
  readonly type: 'failed';
  readonly code: FailureCode;
  /** For people to read. Holds nothing that the server wants to keep to itself. */
  readonly message: string;
}

/**
 * An event that a server sends to the clients that show an answer: plain JSON, and never the document itself, which is
 * decoded anew from its text at the other end.
 */
export type AnswerEvent =
  | TextEvent
  | ReasoningEvent
  | StepEvent
  | ToolCallEvent
  | InvalidEvent
  | UnavailableEvent
  | CompleteEvent
  | FailedEvent;
