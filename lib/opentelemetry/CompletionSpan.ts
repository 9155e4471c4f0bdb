import { SpanStatusCode, type Attributes, type Span } from '@opentelemetry/api';
import type { WatchedEvent } from '../completions/AnswerDeltaEvent.js';
import { AttemptRecord } from '../completions/AttemptRecord.js';
import { sumUsage, type Usage } from '../completions/CompletionInfo.js';
import type { FinishReason } from '../completions/CompletionEvent.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import type { CompletionMetrics } from './CompletionMetrics.js';
import { toErrorType } from './toErrorType.js';
import { describeParameters, describeServer, type RequestDescription } from './RequestDescription.js';

/** The facts that are known before the model is asked. */
export interface CompletionSpanConfig extends RequestDescription {
  /** The provider, as the conventions call it: `openai`, `anthropic`, `azure.ai.openai`, `aws.bedrock`, … */
  readonly provider: string;
  /** The model that is asked. */
  readonly model: string;
}

/** The words of the conventions for how an answer ended. An end that is not the answer's own is an `error`. */
const FINISH_REASONS: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'content_filter',
  refusal: 'content_filter',
  'tool-calls': 'tool_call',
  interrupted: 'error',
  paused: 'error',
  other: 'error',
};

/** Gathers the attributes of a completion's span, and ends it once. */
export class CompletionSpan {
  /** The requests have GenAI spans of their own, whose attributes are not repeated. */
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
  /** Its subscriber left before it had ended. */
  #isLeft = false;
  /** Requests that were announced. Runs that are not the library's own may announce none. */
  #requests = 0;
  readonly #metrics: CompletionMetrics;

  constructor(span: Span, config: CompletionSpanConfig, metrics: CompletionMetrics) {
    this.#span = span;
    this.#config = config;
    this.#metrics = metrics;
  }

  watch(event: WatchedEvent): void {
    if (event.type === 'attempt') {
      if (this.#requests > 0) this.#nextAttempt();
      this.#requests += 1;
      return;
    }
    if (event.type === 'attempt-over') {
      if (!this.requestsAreTraced) this.#metrics.record(event, this.#describeRequest());
      return;
    }
    if (this.#requests === 0) this.#guessAttempt(event);
    this.#timeToFirstChunk ??= (performance.now() - this.#started) / 1000;
    if (event.type !== 'answer-delta') this.#record.see(event);
  }

  /** An attempt was rejected, or an element. The reasons are not recorded, because they quote the answer. */
  reject(failure: InvalidAnswer): void {
    if (!('index' in failure)) this.#failure = failure;
    this.#span.addEvent('rx_structured.invalid', {
      'rx_structured.attempt': failure.attempt,
      'error.type': failure._tag,
    });
  }

  complete(): void {
    this.#end(this.#failure?._tag);
  }

  fail(error: unknown): void {
    this.#end(toErrorType(error));
  }

  /** The subscriber left; if the span had not ended, it is neither a success nor a failure. */
  leave(): void {
    if (!this.#ended) this.#isLeft = true;
    this.#end(undefined);
  }

  /** An attempt is over with its Left; one whose elements are asked for again, with its end. */
  #guessAttempt(event: WatchedEvent): void {
    const isOver = event.type === 'start' && this.#record.describe().finishReason !== undefined;
    if (this.#failure !== undefined || isOver) this.#nextAttempt();
  }

  #nextAttempt(): void {
    this.#failure = undefined;
    this.#attempts += 1;
    this.#spent = sumUsage([this.#spent, this.#record.describe().usage]);
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
    else this.#span.setAttributes(this.#writeGenAi());
    this.#span.end();
  }

  #writeGenAi(): Attributes {
    const { id, model: responseModel, usage: last } = this.#record.describe();
    const usage = sumUsage([this.#spent, last]);
    return {
      ...this.#describeRequest(),
      ...describeParameters(this.#config),
      'gen_ai.request.stream': true,
      'gen_ai.output.type': 'json',
      'gen_ai.response.id': id,
      'gen_ai.response.model': responseModel,
      'gen_ai.response.finish_reasons': this.#listFinishReasons(),
      'gen_ai.response.time_to_first_chunk': this.#timeToFirstChunk,
      'gen_ai.usage.input_tokens': usage?.inputTokens,
      'gen_ai.usage.output_tokens': usage?.outputTokens,
      'gen_ai.usage.cache_read.input_tokens': usage?.cachedInputTokens,
      'gen_ai.usage.reasoning.output_tokens': usage?.reasoningTokens,
    };
  }

  /** None if the subscriber left before the end: nothing failed then, and dashboards count `error`. */
  #listFinishReasons(): string[] | undefined {
    const { finishReason } = this.#record.describe();
    if (finishReason !== undefined && finishReason !== 'stopped') return [FINISH_REASONS[finishReason]];
    return this.#isLeft ? undefined : ['error'];
  }

  #describeRequest(): Attributes {
    const { provider, model } = this.#config;
    return {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': provider,
      'gen_ai.request.model': model,
      ...describeServer(this.#config),
    };
  }
}
