export type {
  AnswerEvent,
  CompleteEvent,
  FailedEvent,
  InvalidEvent,
  ReasoningEvent,
  SentCompletion,
  StepEvent,
  ToolCallEvent,
  TextEvent,
  UnavailableEvent,
} from './AnswerEvent.js';
export type { FailureCode } from './FailureCode.js';
export { answerEvents, type AnswerEventsConfig, type WatchedRun } from './answerEvents.js';
export type { SseConfig } from './SseConfig.js';
export type { SseMessage } from './SseMessage.js';
export { toSseResponse, type SseResponseConfig } from './toSseResponse.js';
export { writeResponse, type NodeResponse } from './writeResponse.js';
export { toMessageEvents } from './toMessageEvents.js';
export { fromSse, type FromSseInit } from './fromSse.js';
export { fromAnswerEvents, type FromAnswerEventsConfig, type RemoteToolEvent } from './fromAnswerEvents.js';
export type { DecodeAnswerConfig } from '../answers/decodeAnswer.js';
export { SseError, type SseErrorCode } from './SseError.js';
export { RemoteCompletionError } from './RemoteCompletionError.js';
