import { catchError, defer, EMPTY, finalize, merge, mergeMap, of, Subject, type Observable } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import { expectFunction } from '../foundation/expectArgument.js';
import { GrowingText } from '../foundation/GrowingText.js';
import type { WatchedEvent } from '../completions/AnswerDeltaEvent.js';
import type { CompletionInfo } from '../completions/CompletionInfo.js';
import type { ToolEvent } from '../answers/tools/ToolEvent.js';
import type { Unavailable } from '../answers/Unavailable.js';
import type { Decoded, DecodedComplete } from '../decoded/Decoded.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import type { AnswerEvent, FailedEvent, ReasoningEvent, SentCompletion, StepEvent, TextEvent } from './AnswerEvent.js';
import { toToolCallEvent } from './toToolCallEvent.js';
import { toFailure } from './toFailure.js';

/** Runs a completion, and has `watch` called with its text. Its last value may hold a `completion`. */
export type WatchedRun<A> = (
  watch: (event: WatchedEvent) => void,
) => Observable<Either<InvalidAnswer | Unavailable, Decoded<A> | ToolEvent>>;

const EXPECTED = 'a function that passes watch on, (watch) => structuredCompletion(model, { …, watch })';

export interface AnswerEventsConfig {
  /** The event for an error; `undefined` leaves it to the defaults, which give no secrets away. */
  readonly failure?: (error: unknown) => FailedEvent | undefined;
  /** Whether reasoning is sent as well. Default `false`. */
  readonly reasoning?: boolean;
  /** The tools whose calls travel, with input, progress, output and errors, by name. None by default. */
  readonly tools?: readonly string[];
}

/**
 * Turns a completion that is decoded here into the events that are needed to decode it elsewhere.
 *
 * Like `materialize`: how the completion ends is a value, an error too. But the values in between are the text, not the
 * documents, so that the traffic grows with the answer and not with its square.
 *
 * ```text
 *  watch      --a-b----c--|
 *  run        --P-PL---P-C|     P partial   L Left   C complete
 *             answerEvents(run)
 *  events     --a-bi---c-c|     a, b, c: text   i: invalid   c: complete
 * ```
 *
 * 1. Cold: the completion runs once per subscription, and is aborted by unsubscribing.
 * 2. A text comes before the verdict that it causes.
 * 3. It never errors: an error is the last value, `failed`, with a code of a closed set. To log the error itself, `tap`
 *    it in `run`.
 *
 * To show one answer to several viewers, or to let them come back to it, make it replay: `shareReplay()`.
 *
 * @example
 * import * as t from 'io-ts';
 * import { structuredCompletion } from 'rx-structured';
 * import { answerEvents } from 'rx-structured/sse';
 * import { scriptedModel } from 'rx-structured/testing';
 *
 * const model = scriptedModel(['{"age":30}'], { chunkSize: 8 });
 * const codec = t.type({ age: t.number });
 * answerEvents((watch) => structuredCompletion(model, { codec, messages: ['How old is John?'], watch
 * })).subscribe((event) => {
 *   console.log(event.type, event.type === 'text' && event.text);
 * });
 * // Logs:
 * // text {"age":3
 * // text 0}
 * // complete false
 *
 * @see {@link toSseResponse} and {@link toMessageEvents} for sending it
 * @see {@link fromAnswerEvents} for the other end
 * @param run Runs the completion; `watch` is for {@link structuredCompletion}'s config, or is called with the deltas.
 * @param config How errors are called.
 * @returns An Observable of the events to send.
 * @since 0.1.0
 */
export function answerEvents<A>(run: WatchedRun<A>, config: AnswerEventsConfig = {}): Observable<AnswerEvent> {
  expectFunction('answerEvents', EXPECTED, run);
  return defer(() => {
    const texts = new Subject<TextEvent | ReasoningEvent | StepEvent>();
    const { tools = [] } = config;
    let text = new GrowingText();
    let attempt = 0;

    const watch = (event: WatchedEvent): void => {
      if (event.type === 'attempt') {
        // Another request of the same attempt: the text sent so far was not the answer.
        if (event.attempt === attempt && text.length > 0) {
          texts.next({ type: 'step' });
          text = new GrowingText();
        }
        attempt = event.attempt;
      }
      if (event.type === 'reasoning-delta' && config.reasoning === true)
        texts.next({ type: 'reasoning', text: event.text });
      if (event.type !== 'answer-delta') return;
      text.append(event.text);
      texts.next({ ...event, type: 'text' });
    };

    const readFailure = (error: unknown): FailedEvent => config.failure?.(error) ?? toFailure(error);

    const toEvent = (either: Either<InvalidAnswer | Unavailable, Decoded<A> | ToolEvent>): Observable<AnswerEvent> => {
      if (either._tag === 'Left') {
        const sent = text.toString();
        text = new GrowingText();
        return of(
          either.left._tag === 'Unavailable'
            ? toUnavailable(either.left, readFailure(either.left.error))
            : toInvalid(either.left, sent),
        );
      }
      if (either.right._tag === 'Partial') return EMPTY;
      if (either.right._tag === 'Tool')
        return tools.includes(either.right.name) ? of(toToolCallEvent(either.right)) : EMPTY;
      // No JSON is an empty text. Said to the page: it is a mistake in the code, and the same for every question.
      if (text.length === 0)
        return of({ type: 'failed', code: 'internal', message: `answerEvents: expected ${EXPECTED}` });
      return of({ type: 'complete', completion: toSent(either.right) });
    };

    const verdicts = defer(() => run(watch)).pipe(
      mergeMap(toEvent),
      catchError((error: unknown) => of(readFailure(error))),
      finalize(() => {
        texts.complete();
      }),
    );
    return merge(texts, verdicts);
  });
}

function toSent(complete: DecodedComplete<unknown> & { readonly completion?: CompletionInfo }): SentCompletion {
  const { text: _text, messages: _messages, ...completion }: Partial<CompletionInfo> = complete.completion ?? {};
  return completion;
}

function toInvalid({ _tag: tag, message, path, attempt, retriesLeft, text }: InvalidAnswer, sent: string): AnswerEvent {
  const event = { type: 'invalid', tag, message, path, attempt, retriesLeft } as const;
  return text === sent ? event : { ...event, text };
}

/** The error is told as errors are, and gives nothing away. */
function toUnavailable({ attempt, retriesLeft }: Unavailable, { message }: FailedEvent): AnswerEvent {
  return { type: 'unavailable', message, attempt, retriesLeft };
}
