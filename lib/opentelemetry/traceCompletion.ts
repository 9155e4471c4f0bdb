import { context, metrics, SpanKind, trace, type Meter, type Tracer } from '@opentelemetry/api';
import { defer, Observable } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import { tell, type WatchedEvent, type Watcher } from '../completions/AnswerDeltaEvent.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import { subscribeFor } from '../foundation/subscribeFor.js';
import { CompletionMetrics } from './CompletionMetrics.js';
import { CompletionSpan, type CompletionSpanConfig } from './CompletionSpan.js';
import { ObservedContext } from './ObservedContext.js';

export interface TraceCompletionConfig extends CompletionSpanConfig {
  /** A watcher of the completion, besides the span. */
  readonly watch?: Watcher;
  /** Instead of that of the registered provider. */
  readonly tracer?: Tracer;
  /** Instead of that of the registered provider. */
  readonly meter?: Meter;
}

/**
 * Traces a completion, all its attempts included, as one OpenTelemetry span, and measures its requests.
 *
 * Like `startActiveSpan`, over the life of a subscription.
 *
 * ```text
 *  span      |---------------|     chat gpt-4o-mini: from the subscription to the end
 *  requests   |-----| |-----|      HTTP spans, and those of SDKs that trace themselves, are its children
 *  run       --P-P-L---P-P-C|
 * ```
 *
 * 1. The span has the GenAI semantic conventions' attributes: provider, models, response id, finish reason, time to the
 *    first chunk, and the usage of all attempts, as far as it was reported. Besides, `rx_structured.attempts`, and an
 * event
 *    `rx_structured.invalid` for each attempt that was rejected.
 * 2. Nothing of what was asked or answered is recorded, error messages included.
 *    Each request is measured besides: its duration, the time to its first chunk, and its input and output tokens.
 * 3. It ends with the completion, with an error (`error.type`) if the last attempt was rejected or the request failed,
 *    and without one when the subscriber leaves.
 * 4. The completion runs in the span's context, its subscriber in a context of its own.
 * 5. If an SDK, or its instrumentation, traces the requests with GenAI spans of its own, this one is called
 *    `structured_completion` and leaves the GenAI attributes to them: nothing is counted twice.
 *
 * @example
 * import * as t from 'io-ts';
 * import { structuredCompletion } from 'rx-structured';
 * import { traceCompletion } from 'rx-structured/opentelemetry';
 * import { scriptedModel } from 'rx-structured/testing';
 *
 * const model = scriptedModel(['{"age":30}']);
 * const codec = t.type({ age: t.number });
 *
 * traceCompletion((watch) => structuredCompletion(model, { codec, messages: ['How old is John?'], watch }), {
 *   provider: 'openai',
 *   model: 'gpt-4o-mini',
 * }).subscribe((either) => {
 *   if (either._tag === 'Right') console.log(either.right.value);
 * });
 * // Logs:
 * // { age: 30 }
 * // { age: 30 }
 *
 * @see {@link structuredCompletion} for the completion to trace
 * @param run Runs the completion; `watch` is for its config.
 * @param config Who is asked.
 * @returns An Observable of the values of the run.
 * @since 0.1.0
 */
export function traceCompletion<E extends InvalidAnswer, A>(
  run: (watch: (event: WatchedEvent) => void) => Observable<Either<E, A>>,
  config: TraceCompletionConfig,
): Observable<Either<E, A>> {
  return new Observable((subscriber) => {
    const outside = context.active();
    const tracer = config.tracer ?? trace.getTracer('rx-structured');
    const span = tracer.startSpan(`chat ${config.model}`, { kind: SpanKind.CLIENT }, outside);
    const completion = new CompletionSpan(
      span,
      config,
      CompletionMetrics.forMeter(config.meter ?? metrics.getMeter('rx-structured')),
    );
    const inside = new ObservedContext(trace.setSpan(outside, span), () => {
      completion.requestsAreTraced = true;
    });

    subscriber.add(() => {
      completion.leave();
    });
    const watch = (event: WatchedEvent): void => {
      completion.watch(event);
      tell(config.watch, event);
    };

    context.with(inside, () => {
      subscribeFor(
        subscriber,
        defer(() => run(watch)),
        {
          next: (either) => {
            if (either._tag === 'Left') completion.reject(either.left);
            context.with(outside, () => {
              subscriber.next(either);
            });
          },
          error: (error: unknown) => {
            completion.fail(error);
            context.with(outside, () => {
              subscriber.error(error);
            });
          },
          complete: () => {
            completion.complete();
            context.with(outside, () => {
              subscriber.complete();
            });
          },
        },
      );
    });
  });
}
