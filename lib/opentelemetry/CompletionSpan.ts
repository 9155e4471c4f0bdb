import { SpanStatusCode, type Attributes, type Span } from '@opentelemetry/api';
import type { WatchedEvent } from '../completions/AnswerDeltaEvent.js';
import { AttemptRecord } from '../completions/AttemptRecord.js';
import { sumUsage, type Usage } from '../completions/CompletionInfo.js';
import { IncompleteCompletionError } from '../deltas/IncompleteCompletionError.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';

/** What is known before the model is asked. */
export interface CompletionSpanConfig {
  /** Who is asked, as the conventions call it: `openai`, `anthropic`, `azure.ai.openai`, `aws.bedrock`, … */
  readonly provider: string;
  /** The model that is asked. */
  readonly model: string;
}

/** Gathers what the span of a completion says, and ends it once. */
export class CompletionSpan {
  /** The requests have GenAI spans of their own. What those say is not said twice. */
  requestsAreTraced = false;
  readonly #span: Span;
  readonly #config: CompletionSpanConfig;
  readonly #started = performance.now();
  #record = new AttemptRecord({ attempt: 1 });
  /** By the attempts before. */
  #spent: Usage | undefined;
  #timeToFirstChunk: number | undefined;
  #attempts = 1;
  #failure: InvalidAnswer | undefined;
  #ended = false;

  constructor(span: Span, config: CompletionSpanConfig) {
    this.#span = span;
    this.#config = config;
  }

  watch(event: WatchedEvent): void {
    if (event.type === 'attempt' || event.type === 'attempt-over') return;
    // An attempt is over with its Left; one whose elements are asked for again, with its end.
    const isOver = event.type === 'start' && this.#record.info().finishReason !== undefined;
    if (this.#failure !== undefined || isOver) this.#nextAttempt();
    this.#timeToFirstChunk ??= (performance.now() - this.#started) / 1000;
    if (event.type !== 'answer-delta') this.#record.see(event);
  }

  /** An attempt was refused, or an element. Of the reasons nothing is recorded: they quote the answer. */
  refused(failure: InvalidAnswer): void {
    if (!('index' in failure)) this.#failure = failure;
    this.#span.addEvent('rx_structured.invalid', {
      'rx_structured.attempt': failure.attempt,
      'error.type': failure._tag,
    });
  }

  completed(): void {
    this.#end(this.#failure?._tag);
  }

  failed(error: unknown): void {
    this.#end(errorType(error));
  }

  /** Nobody listens any more; if it had not ended, it is neither a success nor a failure. */
  left(): void {
    this.#end(undefined);
  }

  #nextAttempt(): void {
    this.#failure = undefined;
    this.#attempts += 1;
    this.#spent = sumUsage([this.#spent, this.#record.info().usage]);
    this.#record = new AttemptRecord({ attempt: this.#attempts });
  }

  #end(errorType: string | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#span.setAttribute('rx_structured.attempts', this.#attempts);
    if (errorType !== undefined) {
      this.#span.setAttribute('error.type', errorType);
      this.#span.setStatus({ code: SpanStatusCode.ERROR });
    }
    if (this.requestsAreTraced) this.#span.updateName(`structured_completion ${this.#config.model}`);
    else this.#span.setAttributes(this.#genAiAttributes());
    this.#span.end();
  }

  #genAiAttributes(): Attributes {
    const { provider, model } = this.#config;
    const { id, model: responseModel, finishReason = 'error', usage: last } = this.#record.info();
    const usage = sumUsage([this.#spent, last]);
    return {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': provider,
      'gen_ai.request.model': model,
      'gen_ai.request.stream': true,
      'gen_ai.output.type': 'json',
      'gen_ai.response.id': id,
      'gen_ai.response.model': responseModel,
      'gen_ai.response.finish_reasons': [finishReason],
      'gen_ai.response.time_to_first_chunk': this.#timeToFirstChunk,
      'gen_ai.usage.input_tokens': usage?.inputTokens,
      'gen_ai.usage.output_tokens': usage?.outputTokens,
      'gen_ai.usage.cache_read.input_tokens': usage?.cachedInputTokens,
      'gen_ai.usage.reasoning.output_tokens': usage?.reasoningTokens,
    };
  }
}

/** A name of few values: the reason of a cut, the HTTP status of an SDK's error, or the error's class. */
function errorType(error: unknown): string {
  if (error instanceof IncompleteCompletionError) return error.reason;
  if (!(error instanceof Error)) return '_OTHER';
  if ('status' in error && typeof error.status === 'number') return String(error.status);
  return error.name === 'Error' ? error.constructor.name : error.name;
}
