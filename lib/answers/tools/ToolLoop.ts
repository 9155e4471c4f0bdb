import { concat, connect, defer, dematerialize, EMPTY, filter, from, map, materialize, merge, mergeMap } from 'rxjs';
import { of, tap, throwError, type Observable, type ObservableNotification } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import type { CompletionEvent } from '../../completions/CompletionEvent.js';
import type { AnswerStep, ToolResult, ToolSchema, ToolStep } from '../../completions/CompletionModel.js';
import { ToolCallTracker } from '../../deltas/ToolCallTracker.js';
import { GrowingText } from '../../foundation/GrowingText.js';
import { parseObject } from '../../completions/failedTurns.js';
import type { RequestStep } from '../Conversation.js';
import type { DecodeAnswerConfig } from '../decodeAnswer.js';
import { CallReader } from './CallReader.js';
import { MaxStepsError, type MadeCall } from './MaxStepsError.js';
import type { PreparedTools } from './prepareTools.js';
import { runCalls, type WrittenCall } from './runCalls.js';
import type { ToolEvent } from './ToolEvent.js';

/** How a loop speaks with the model. */
export interface ToolTalk<L, V> {
  /** The requests to another model that ended in calls, when the loop begins. */
  readonly steps: readonly ToolStep[];
  /** The next request belongs to another attempt. */
  begin(): void;
  /** Asks, with the steps and the rejected answers so far. */
  request(step: RequestStep): Observable<CompletionEvent>;
  /** Judges the events of a request as an answer; ends with its first Left. */
  answer(events: Observable<CompletionEvent>): Observable<Either<L, V>>;
  /** Whether a value of the answer is shown before it is known that the model calls no tool. */
  isLive(value: V): boolean;
  /** The next request tells the results of this one. */
  add(step: Omit<ToolStep, 'failures'>): void;
}

export interface ToolLoopConfig extends DecodeAnswerConfig {
  readonly maxSteps?: number;
  readonly answer?: AnswerStep | undefined;
  /** Calls of a tool of this name are the answer. */
  readonly answerName: string;
}

const MAX_STEPS = 8;

/**
 * Asks, runs the tools that the model calls, and asks again, until the model answers.
 *
 * Whether a text is the answer is known only when its request has ended without a call. Until then its partials are
 * shown; its verdict is held back, and dropped where a call begins.
 *
 * Holds state, so one belongs to one subscription.
 */
export class ToolLoop<L, V> {
  readonly #talk: ToolTalk<L, V>;
  readonly #tools: PreparedTools;
  readonly #schemas: readonly ToolSchema[];
  readonly #config: ToolLoopConfig;
  readonly #maxSteps: number;
  /** Every call so far, for the error. */
  readonly #made: MadeCall[];
  /** How many requests have ended in calls. */
  #steps: number;

  constructor(talk: ToolTalk<L, V>, tools: PreparedTools, config: ToolLoopConfig) {
    this.#talk = talk;
    this.#tools = tools;
    this.#config = config;
    this.#schemas = [...tools.values()].map(({ schema }) => schema);
    const { maxSteps = MAX_STEPS } = config;
    this.#maxSteps = maxSteps > 0 ? Math.floor(maxSteps) : 0;
    this.#steps = talk.steps.length;
    this.#made = talk.steps.flatMap(({ calls }, nth) =>
      calls.map(({ id, name, arguments: text }) => ({ id, name, arguments: text, step: nth + 1 })),
    );
  }

  /** One attempt: as many steps as the model takes, and its answer. */
  startAttempt(): Observable<Either<L, V | ToolEvent>> {
    return defer(() => {
      this.#talk.begin();
      return this.#step(false);
    });
  }

  #step(isLast: boolean): Observable<Either<L, V | ToolEvent>> {
    const step = this.#steps + 1;
    const calls = new CallReader(this.#tools, step, this.#config);
    const turn = new Turn();
    /** Set aside until it is known that the model calls no tool: a Left, a Complete, or an error of the answer. */
    const verdict: ObservableNotification<Either<L, V>>[] = [];
    const isAsked = isLast || this.#config.answer !== 'last-step';

    const tracker = new ToolCallTracker();
    /** Models that take the first call for the answer must not see those of tools. */
    const isOfAnswer = (event: CompletionEvent): boolean => {
      if (event.type !== 'tool-delta') return true;
      const { name = this.#config.answerName } = tracker.findCall(event);
      return name === this.#config.answerName;
    };

    const answer = (events: Observable<CompletionEvent>): Observable<Either<L, V>> =>
      this.#talk.answer(events.pipe(filter(isOfAnswer))).pipe(
        materialize(),
        mergeMap((notification) => {
          if (calls.hasCalls) return EMPTY;
          if (notification.kind === 'N' && this.#isLive(notification.value)) return of(notification.value);
          verdict.push(notification);
          return EMPTY;
        }),
      );

    const readWritten = (events: Observable<CompletionEvent>): Observable<Either<never, ToolEvent>> =>
      calls.read(events, this.#config.answerName).pipe(
        map(toRight),
        materialize(),
        // Without a call, the answer's own judgement knows more: it has the text.
        filter(({ kind }) => kind !== 'E' || calls.hasCalls || verdict.length === 0),
        dematerialize(),
      );

    return concat(
      this.#talk.request({ number: step, tools: isLast ? [] : this.#schemas, isAnswerLater: !isAsked }).pipe(
        tap((event) => {
          turn.see(event);
        }),
        connect((events) => (isAsked ? merge(answer(events), readWritten(events)) : readWritten(events))),
      ),
      defer((): Observable<Either<L, V | ToolEvent>> => {
        if (calls.hasCalls) return this.#run(calls.list(), turn);
        return isAsked ? from(verdict).pipe(dematerialize()) : this.#step(true);
      }),
    );
  }

  #isLive(either: Either<L, V>): boolean {
    return either._tag === 'Right' && this.#talk.isLive(either.right);
  }

  #run(calls: readonly WrittenCall[], turn: Turn): Observable<Either<L, V | ToolEvent>> {
    this.#made.push(...calls.map(({ id, name, arguments: text, step }) => ({ id, name, arguments: text, step })));
    if (this.#steps >= this.#maxSteps) return throwError(() => new MaxStepsError(this.#maxSteps, this.#made));
    this.#steps += 1;

    const results = new Map<WrittenCall, ToolResult>();
    const told = (call: WrittenCall, result: Pick<ToolResult, 'text' | 'isError'>): void => {
      const { id, name, arguments: text } = call;
      results.set(call, { id, name, arguments: parseObject(text) === undefined ? '{}' : text, ...result });
    };
    return concat(
      runCalls(calls, told).pipe(map(toRight)),
      defer(() => {
        this.#talk.add({ ...turn.told(), calls: calls.flatMap((call) => results.get(call) ?? []) });
        return this.#step(false);
      }),
    );
  }
}

/** The model's words and the provider's own parts, of one request. */
class Turn {
  readonly #text = new GrowingText();
  readonly #parts: unknown[] = [];

  see(event: CompletionEvent): void {
    if (event.type === 'text-delta') this.#text.append(event.text);
    else if (event.type === 'turn-part') this.#parts.push(event.raw);
  }

  told(): Pick<ToolStep, 'text' | 'parts'> {
    return { text: this.#text.toString(), parts: this.#parts };
  }
}

function toRight<T>(right: T): Either<never, T> {
  return { _tag: 'Right', right };
}
