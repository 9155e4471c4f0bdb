import type { Attributes, Histogram, Meter } from '@opentelemetry/api';
import type { AttemptOverEvent } from '../completions/AttemptEvent.js';
import { toErrorType } from './toErrorType.js';

/** The bucket boundaries that the conventions ask for: seconds, and tokens. */
const SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const TOKENS = Array.from({ length: 14 }, (_, power) => 4 ** power);

/** Measures requests to models, under the names of the GenAI conventions. */
export class CompletionMetrics {
  readonly #duration: Histogram;
  readonly #timeToFirstChunk: Histogram;
  readonly #inputTokens: Histogram;
  readonly #outputTokens: Histogram;

  /** Makes instruments anew: see {@link CompletionMetrics.forMeter}. */
  constructor(meter: Meter) {
    const createHistogram = (name: string, unit: string, description: string, explicitBucketBoundaries: number[]) =>
      meter.createHistogram(`gen_ai.client.inference.${name}`, {
        unit,
        description,
        advice: { explicitBucketBoundaries },
      });
    this.#duration = createHistogram('duration', 's', 'How long a request took.', SECONDS);
    this.#timeToFirstChunk = createHistogram('time_to_first_chunk', 's', 'When its first chunk came.', SECONDS);
    this.#inputTokens = createHistogram('operation.input_tokens', '{token}', 'Input tokens of a request.', TOKENS);
    this.#outputTokens = createHistogram('operation.output_tokens', '{token}', 'Output tokens of a request.', TOKENS);
  }

  /** An SDK makes a meter once; its instruments are made once as well. */
  static readonly #byMeter = new WeakMap<Meter, CompletionMetrics>();

  static forMeter(meter: Meter): CompletionMetrics {
    const known = CompletionMetrics.#byMeter.get(meter) ?? new CompletionMetrics(meter);
    CompletionMetrics.#byMeter.set(meter, known);
    return known;
  }

  /**
   * A request is over. One that we ended, or whose subscriber left, is not an error, and has no tokens unless the
   * provider has reported them.
   *
   * @param about Who was asked, and where.
   */
  record({ duration, firstEventAfter, usage, model, error }: AttemptOverEvent, about: Attributes): void {
    const attributes: Attributes = { ...about, ...(model !== undefined && { 'gen_ai.response.model': model }) };
    this.#duration.record(duration / 1000, {
      ...attributes,
      ...(error !== undefined && { 'error.type': toErrorType(error) }),
    });
    if (firstEventAfter !== undefined) this.#timeToFirstChunk.record(firstEventAfter / 1000, attributes);
    if (usage === undefined) return;
    this.#inputTokens.record(usage.inputTokens, attributes);
    this.#outputTokens.record(usage.outputTokens, attributes);
  }
}
