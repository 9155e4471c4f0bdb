export { traceCompletion, type TraceCompletionConfig } from './traceCompletion.js';
export type { CompletionSpanConfig } from './CompletionSpan.js';
