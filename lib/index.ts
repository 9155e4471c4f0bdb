export { structuredCompletion } from './answers/structuredCompletion.js';
export type { CompletedAnswer, StructuredAnswer, StructuredCompletionConfig } from './answers/structuredCompletion.js';
export { structuredElements } from './answers/structuredElements.js';
export type { StructuredElementsConfig } from './answers/structuredElements.js';
export type { DecodedElement, InvalidElement } from './answers/DecodedElement.js';
export { finalValue } from './answers/finalValue.js';
export { InvalidAnswerError } from './answers/InvalidAnswerError.js';
export type { Unavailable } from './answers/Unavailable.js';
export { toAnswerState } from './answers/toAnswerState.js';
export type {
  AnswerProgress,
  AnswerState,
  DoneAnswer,
  FailedAnswerState,
  RejectedAnswer,
  WaitingAnswer,
  WritingAnswer,
} from './answers/AnswerState.js';
export type { FallbackConfig } from './answers/fallBack.js';
export type { ConversationConfig } from './answers/Conversation.js';
export { tool } from './answers/tools/tool.js';
export type { AnyTool, Tool, ToolContext, Tools } from './answers/tools/tool.js';
export type { ToolsConfig } from './answers/tools/createAttempts.js';
export type {
  ToolDone,
  ToolEvent,
  ToolEventOf,
  ToolFailed,
  ToolRunning,
  ToolWriting,
} from './answers/tools/ToolEvent.js';
export { MaxStepsError, type MadeCall } from './answers/tools/MaxStepsError.js';
export { ToolAbortError } from './answers/tools/ToolAbortError.js';
export { UnknownToolError } from './answers/tools/UnknownToolError.js';

export { fromCompletion, type FromCompletionConfig } from './completions/fromCompletion.js';
export { IdleTimeoutError } from './completions/IdleTimeoutError.js';
export { ProviderError } from './completions/ProviderError.js';
export type {
  CompletionEvent,
  FinishEvent,
  FinishReason,
  ReasoningDeltaEvent,
  RefusalDeltaEvent,
  StartEvent,
  TextDeltaEvent,
  ToolDeltaEvent,
  UsageEvent,
} from './completions/CompletionEvent.js';
export type { AnswerSchema, CompletionModel, FailedAnswer, Question } from './completions/CompletionModel.js';
export { pipeModel, type ModelOperator } from './completions/pipeModel.js';
export type { RequestOptions } from './completions/RequestOptions.js';
export type { FilePart, ImagePart, Message, MessagePart, TextPart } from './completions/Message.js';
export type { SchemaDialect } from './completions/SchemaDialect.js';
export type { AnswerMode } from './completions/AnswerMode.js';
export { failedTurns, type Turns } from './completions/failedTurns.js';
export { givenTurns, type GivenTurns } from './completions/givenTurns.js';
export { schemaPrompt } from './completions/schemaPrompt.js';
export { toFinishReason } from './completions/toFinishReason.js';
export type { AttemptInfo, CompletionInfo, Usage } from './completions/CompletionInfo.js';
export type { AnswerDeltaEvent, WatchedEvent, Watcher } from './completions/AnswerDeltaEvent.js';
export type { AttemptEvent, AttemptOverEvent } from './completions/AttemptEvent.js';

export { textDeltas, type TextDeltasConfig } from './deltas/textDeltas.js';
export { toolCalls } from './deltas/toolCalls.js';
export type { ToolCall } from './deltas/ToolCall.js';
export { extractJson } from './deltas/extractJson.js';
export { RefusalError } from './deltas/RefusalError.js';
export { IncompleteCompletionError } from './deltas/IncompleteCompletionError.js';
export type { IncompleteCompletionOptions, IncompleteReason } from './deltas/IncompleteCompletionError.js';
export { ToolCallsError, type MadeToolCall } from './deltas/ToolCallsError.js';
export { NoJsonError } from './deltas/NoJsonError.js';

export { toJsonTokens, type ToJsonTokensConfig } from './tokens/toJsonTokens.js';
export type {
  JsonKeyToken,
  JsonLiteralToken,
  JsonNumberToken,
  JsonStringToken,
  JsonStructureToken,
  JsonToken,
  JsonTokens,
} from './tokens/JsonToken.js';
export { JsonSyntaxError, type JsonSyntaxErrorCode } from './tokens/JsonSyntaxError.js';

export { accumulatePartial, type AccumulatePartialConfig } from './partials/accumulatePartial.js';
export { valueAt } from './partials/valueAt.js';
export { elementsAt } from './partials/elementsAt.js';
export { NotAnArrayError } from './partials/NotAnArrayError.js';
export { toPatches } from './partials/patches/toPatches.js';
export { applyPatches } from './partials/patches/applyPatches.js';
export type {
  AddOperation,
  AppendOperation,
  PartialPatch,
  PatchOperation,
  ReplaceOperation,
} from './partials/patches/PartialPatch.js';
export { JsonPatchError } from './partials/patches/JsonPatchError.js';
export { textOf } from './partials/textOf.js';
export type { Json, JsonPath, PartialJson } from './partials/PartialJson.js';

export { whenComplete } from './codecs/annotations/whenComplete.js';
export { whenPresent } from './codecs/annotations/whenPresent.js';
export { withState } from './codecs/annotations/withState.js';
export { reportErrors, type ReportErrorsConfig } from './codecs/report/reportErrors.js';
export type { PartialOf, PresentOf, Shown, StateOf } from './codecs/annotations/PartialOf.js';
export { toJsonSchema, type ToJsonSchemaConfig } from './codecs/jsonSchema/toJsonSchema.js';
export type { JsonSchema } from './codecs/jsonSchema/JsonSchema.js';
export { fromStandardSchema } from './codecs/standardSchema/fromStandardSchema.js';
export type { StandardSchema } from './codecs/standardSchema/StandardSchema.js';
export type { CodecLike, OutputOf } from './codecs/standardSchema/toCodec.js';
export { withDescription } from './codecs/annotations/withDescription.js';
export type { Description } from './codecs/annotations/Description.js';
export { SchemaError, type SchemaErrorCode } from './codecs/jsonSchema/SchemaError.js';

export { decodeWith, type DecodeWithConfig } from './decoded/decodeWith.js';
export type { Decoded, DecodedComplete, DecodedPartial, RightOf, WholeOf } from './decoded/Decoded.js';
export { validateWith } from './decoded/validateWith.js';
export type { Complaints, Validate } from './decoded/Complaints.js';
export type { InvalidAnswer } from './decoded/InvalidAnswer.js';
export { decodeToolCalls } from './answers/decodeToolCalls.js';
export type { DecodeToolCallsConfig, LiveToolCall, LiveToolCallOf } from './answers/decodeToolCalls.js';

export { retryOnValidationError, type RetryOnValidationErrorConfig } from './retry/retryOnValidationError.js';
export type { Correction, CorrectionContext } from './retry/correction.js';
