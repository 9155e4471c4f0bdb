export { structuredCompletion } from './structuredCompletion.js';
export type { CompletedAnswer, StructuredAnswer, StructuredCompletionConfig } from './structuredCompletion.js';
export { structuredElements } from './structuredElements.js';
export type { InvalidElement, StructuredElementsConfig } from './structuredElements.js';
export type { ConversationConfig } from './conversation.js';

export { fromCompletion, type FromCompletionConfig } from './completions/fromCompletion.js';
export { IdleTimeoutError } from './completions/IdleTimeoutError.js';
export { ProviderError } from './completions/ProviderError.js';
export type * from './completions/CompletionEvent.js';
export type * from './completions/CompletionModel.js';
export type { AnswerMode } from './completions/AnswerMode.js';
export { failedTurns, type Turns } from './completions/failedTurns.js';
export { schemaPrompt } from './completions/schemaPrompt.js';
export { toFinishReason } from './completions/toFinishReason.js';
export type { CompletionInfo, Usage } from './completions/CompletionInfo.js';
export type { AnswerDeltaEvent, WatchedEvent } from './completions/AnswerDeltaEvent.js';

export { textDeltas, type TextDeltasConfig } from './deltas/textDeltas.js';
export { toolCalls } from './deltas/toolCalls.js';
export type { ToolCall } from './deltas/ToolCall.js';
export { extractJson } from './deltas/extractJson.js';
export { RefusalError } from './deltas/RefusalError.js';
export { IncompleteCompletionError, type IncompleteReason } from './deltas/IncompleteCompletionError.js';
export { NoJsonError } from './deltas/NoJsonError.js';

export { toJsonTokens, type ToJsonTokensConfig } from './tokens/toJsonTokens.js';
export type * from './tokens/JsonToken.js';
export { JsonSyntaxError, type JsonSyntaxErrorCode } from './tokens/JsonSyntaxError.js';

export { accumulatePartial, type AccumulatePartialConfig } from './partials/accumulatePartial.js';
export { valueAt } from './partials/valueAt.js';
export { elementsAt } from './partials/elementsAt.js';
export { NotAnArrayError } from './partials/NotAnArrayError.js';
export { toPatches } from './partials/toPatches.js';
export { applyPatches } from './partials/applyPatches.js';
export type * from './partials/PartialPatch.js';
export { JsonPatchError } from './partials/JsonPatchError.js';
export { textOf } from './partials/textOf.js';
export type { Json, JsonPath, PartialJson } from './partials/PartialJson.js';

export { whenComplete } from './codecs/whenComplete.js';
export { whenPresent } from './codecs/whenPresent.js';
export { withState } from './codecs/withState.js';
export { reportErrors, type ReportErrorsConfig } from './codecs/report/reportErrors.js';
export type { PartialOf, PresentOf, Shown, StateOf } from './codecs/PartialOf.js';
export { toJsonSchema, type ToJsonSchemaConfig } from './codecs/toJsonSchema.js';
export type { JsonSchema } from './codecs/JsonSchema.js';
export { fromStandardSchema } from './codecs/fromStandardSchema.js';
export { AsyncSchemaError } from './codecs/AsyncSchemaError.js';
export type { StandardSchema } from './codecs/StandardSchema.js';
export type { CodecLike, OutputOf } from './codecs/toCodec.js';
export { describe, type Description } from './codecs/describe.js';
export { SchemaError, type SchemaErrorCode } from './codecs/SchemaError.js';

export { decodeWith, type DecodeWithConfig } from './decoded/decodeWith.js';
export type { Decoded, DecodedComplete, DecodedPartial } from './decoded/Decoded.js';
export type { Invalid } from './decoded/Invalid.js';
export { decodeToolCalls } from './decodeToolCalls.js';
export type { DecodeToolCallsConfig, LiveToolCall, LiveToolCallOf } from './decodeToolCalls.js';

export { retryOnValidationError, type RetryOnValidationErrorConfig } from './retry/retryOnValidationError.js';
export type { Correction, CorrectionContext } from './retry/correction.js';
