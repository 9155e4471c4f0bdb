import { defer, Observable, tap } from 'rxjs';
import type { MonoTypeOperatorFunction, Observer, Subscription } from 'rxjs';
import type { AnswerDeltaEvent, Watcher } from '../completions/AnswerDeltaEvent.js';
import type { CompletionEvent, ToolDeltaEvent } from '../completions/CompletionEvent.js';
import type { CompletionInfo } from '../completions/CompletionInfo.js';
import type {
  AnswerSchema,
  CompletionModel,
  FailedAnswer,
  GivenAnswer,
  Question,
  ToolSchema,
  ToolStep,
} from '../completions/CompletionModel.js';
import { Verdict, withVerdict } from '../completions/Verdict.js';
import { writeNeutralTurns } from '../completions/givenTurns.js';
import { IdleReader } from '../completions/IdleReader.js';
import type { Message } from '../completions/Message.js';
import type { AnswerSchemaConfig } from './createAnswerSchema.js';
import { findDeltaSource } from '../deltas/createAnswerDeltas.js';
import { extractJson } from '../deltas/extractJson.js';
import { TextReader } from '../deltas/TextReader.js';
import { withoutFence } from '../deltas/withoutFence.js';
import { GrowingText } from '../foundation/GrowingText.js';
import { subscribeFor } from '../foundation/subscribeFor.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import { correction } from '../retry/correction.js';
import type { Correction } from '../retry/correction.js';
import type { RetryOnValidationErrorConfig } from '../retry/retryOnValidationError.js';
import { AttemptLog } from './AttemptLog.js';
import type { Asker } from './RequestReader.js';
import { makeUpId } from './tools/makeUpId.js';

/** The question to a model, and how often it is asked. */
export interface ConversationConfig<M> extends AnswerSchemaConfig {
  /** The conversation so far: neutral messages, which every model takes, and those of the provider's own type. */
  readonly messages: readonly (M | Message)[];
  /**
   * How many more attempts there may be when an answer is wrong: `2` means at most three requests. Default 0; `NaN` and
   * negatives mean none, a fraction is rounded down, and `Infinity` asks until an answer is right.
   */
  readonly retries?: number;
  /** The delay before the next attempt, see {@link RetryOnValidationErrorConfig}. By default there is no delay. */
  readonly delay?: RetryOnValidationErrorConfig<never>['delay'];
  /** How the model is told what was wrong. */
  readonly correction?: Correction;
  /** Milliseconds between two chunks after which the request is given up with an error. None by default. */
  readonly idleTimeout?: number;
  /**
   * A function, or an observer such as a `Subject`, that is given everything that happens while the model answers, all
   * attempts in a row: `attempt`, the provider's events (reasoning, usage, raw text), the answer's own text, and
   * `attempt-over`. Each comes before the value it causes. Only `next` is called: a Subject does not complete by it.
   */
  readonly watch?: Watcher;
}

/** The place of a conversation in the whole completion. */
export interface ConversationPlace {
  /** The answer stands in `{ "value": … }`, as those who watch its text are told. */
  readonly isWrapped?: boolean;
  /** Another model may be asked next: the turns are to be such as every model takes. */
  readonly isNeutral?: boolean;
  readonly log?: AttemptLog;
}

/** A request among several of one attempt. */
export interface RequestStep {
  /** Counted from 1; a re-ask does not count. */
  readonly number: number;
  /** The tools that the model may call. */
  readonly tools: readonly ToolSchema[];
  /** A later request asks for the answer. */
  readonly isAnswerLater: boolean;
}

/**
 * One exchange with a model over all its attempts: the turns, the rejected answers, and the cost.
 *
 * Holds state, so one belongs to one subscription. An attempt is one request; where the model calls tools, it takes
 * several, each of them a step.
 */
export class Conversation<M, T = unknown> implements Asker {
  readonly #model: CompletionModel<M, T>;
  readonly #answer: AnswerSchema;
  readonly #config: ConversationConfig<M>;
  readonly #isWrapped: boolean;
  readonly #isNeutral: boolean;
  readonly #log: AttemptLog;
  readonly #failures: FailedAnswer[] = [];
  /** Requests that ended in calls of tools. */
  #steps: ToolStep[] | undefined;
  /** On every request that was not rejected: those that ended in calls are accepted with the answer they led to. */
  #verdicts: readonly Verdict[] = [];
  /** The model's own words in the attempt under way, or in the last one. */
  readonly #said = new GrowingText();
  /** The call of the answer's tool in that attempt, once the model has named it. */
  #call: GivenAnswer['call'];

  constructor(
    model: CompletionModel<M, T>,
    answer: AnswerSchema,
    config: ConversationConfig<M>,
    { isWrapped = false, isNeutral = false, log = new AttemptLog(config.watch) }: ConversationPlace = {},
  ) {
    this.#model = model;
    this.#answer = answer;
    this.#config = config;
    this.#isWrapped = isWrapped;
    this.#isNeutral = isNeutral;
    this.#log = log;
  }

  /** Asks, or asks again with all that was rejected so far; the text is the answer's own. One at a time. */
  ask(): Observable<string> {
    return new Observable((subscriber) => {
      this.begin();
      const request = this.request();
      const words = this.#model.toText(this.#answer)(request);
      const source = findDeltaSource(words);
      if (source?.events === request && this.text !== undefined) {
        // The request is read here, for the subscription and the text that are there already.
        const shown = this.#log.isWatched ? new Teller(subscriber, this.#log, this.#isWrapped) : subscriber;
        this.#send(new TextReader(shown, source.place, this.#said), subscriber);
      } else subscriber.add(this.#hear(words).subscribe(subscriber));
    });
  }

  /** The next request belongs to another attempt. */
  begin(): void {
    this.#log.beginAttempt();
  }

  /** One request, with all that was rejected and called so far, and what the provider sends. */
  request(step?: RequestStep): Observable<CompletionEvent> {
    return new Observable((subscriber) => {
      this.#send(subscriber, subscriber, step);
    });
  }

  #send(target: Observer<CompletionEvent>, owner: Subscription, step?: RequestStep): void {
    const { model, heedsIdleTimeout } = this.#model;
    this.#said.reset();
    this.#call = undefined;
    const verdict = new Verdict();
    this.#verdicts = this.#verdicts.concat(verdict);
    const reader = this.#log.begin(target, owner, { model, ...(step && { step: step.number }) }, this);
    if (owner.closed) return;
    const first = heedsIdleTimeout === true ? reader : new IdleReader(reader, this.#config.idleTimeout, owner);
    const request = defer(() => this.#model.ask(this.#createQuestion(step, verdict)));
    subscribeFor(owner, request, first);
  }

  /** The answer's own text in the events of a request. */
  read(events: Observable<CompletionEvent>): Observable<string> {
    return this.#hear(this.#model.toText(this.#answer)(events));
  }

  /** The answer's own text in the model's words, which are remembered. */
  #hear(words: Observable<string>): Observable<string> {
    const hear = (text: string): void => {
      this.#said.append(text);
    };
    const show = (text: string): void => {
      this.#log.tell(createAnswerDelta(text, this.#isWrapped));
    };
    const find = findDocument(this.#model);
    if (find !== undefined) return words.pipe(tap(hear), find, tap(show));
    return words.pipe(
      tap((text) => {
        hear(text);
        show(text);
      }),
    );
  }

  /** A request has ended in calls, and these are their results: the next {@link request} tells them. */
  add(step: Omit<ToolStep, 'failures'>): void {
    (this.#steps ??= []).push({ ...step, failures: this.#failures.length });
  }

  /** The model's own words in the attempt under way, or in the last one. */
  get said(): string {
    return this.#said.toString();
  }

  /** The text that these words make, where all of them are the answer's. It gets a delta before others see the delta. */
  get text(): GrowingText | undefined {
    return findDocument(this.#model) === undefined ? this.#said : undefined;
  }

  /** The turn of an answer that is a call needs its id. */
  seeCall({ id, name }: ToolDeltaEvent): void {
    if (name === this.#answer.name) this.#call ??= id === undefined ? {} : { id };
  }

  /** All that was rejected so far, oldest first. */
  get failures(): readonly FailedAnswer[] {
    return this.#failures;
  }

  /** The requests so far that ended in calls of tools, oldest first. */
  get steps(): readonly ToolStep[] {
    return this.#steps ?? [];
  }

  /** Another model takes over what was said to the one before. */
  takeOver(failures: readonly FailedAnswer[]): void {
    this.#failures.push(...failures);
  }

  /** Another model takes over what the one before has called: no tool runs twice for one answer. */
  takeOverSteps(steps: readonly ToolStep[]): void {
    if (steps.length === 0) return;
    (this.#steps ??= []).push(
      ...steps.map((step, nth) => ({
        ...step,
        failures: Math.min(step.failures, this.#failures.length),
        // Another provider does not know the signatures and the ids of this one.
        parts: [],
        calls: step.calls.map((call, at) => ({ ...call, id: makeUpId(nth + 1, at + 1) })),
      })),
    );
  }

  /** The answer just given was wrong, or this many elements of it: the next {@link ask} says so. */
  reject(failure: InvalidAnswer, elements?: number): void {
    const { correction: word = correction } = this.#config;
    const finishReason = this.#log.attempts.at(-1)?.finishReason ?? 'stopped';
    // Elements are asked for again when their list has ended.
    const stopped = elements === undefined && finishReason === 'stopped' && !isJson(failure.text);
    const context = { stopped, ...(elements !== undefined && { elements }) };
    this.#failures.push({ text: this.#said.toString(), correction: word(failure, context) });
    this.#verdicts = this.#verdicts.slice(0, -1);
  }

  /** The answer just given is the last word: operators on the model may keep it. */
  accept(): void {
    for (const verdict of this.#verdicts) verdict.accept();
  }

  /** The facts about the accepted answer and all attempts. */
  describe(): CompletionInfo<T> {
    this.accept();
    const { attempts, usage } = this.#log;
    const { id, model, finishReason } = attempts.at(-1) ?? {};
    const text = this.#said.toString();
    const answer = { text, answer: this.#answer, ...(this.#call && { call: this.#call }), ...this.#copySteps() };
    return {
      ...(id !== undefined && { id }),
      ...(model !== undefined && { model }),
      ...(finishReason !== undefined && finishReason !== 'stopped' && { finishReason }),
      ...(usage !== undefined && { usage }),
      text,
      messages: (this.#isNeutral ? undefined : this.#model.toMessages?.(answer)) ?? writeNeutralTurns(answer),
      attempts,
    };
  }

  #copySteps(): { readonly steps?: readonly ToolStep[] } {
    return this.#steps === undefined ? {} : { steps: [...this.#steps] };
  }

  #createQuestion(step: RequestStep | undefined, verdict: Verdict): Question<M> {
    const { messages, idleTimeout } = this.#config;
    return {
      messages,
      answer: this.#answer,
      failures: withVerdict([...this.#failures], verdict),
      ...(step && step.tools.length > 0 && { tools: step.tools }),
      ...(step?.isAnswerLater === true && { isAnswerLater: true }),
      ...this.#copySteps(),
      ...(idleTimeout !== undefined && { idleTimeout }),
    };
  }
}

/** Tells those who watch the answer's own text, and then passes it on. */
class Teller implements Observer<string> {
  readonly #target: Observer<string>;
  readonly #log: AttemptLog;
  readonly #isWrapped: boolean;

  constructor(target: Observer<string>, log: AttemptLog, isWrapped: boolean) {
    this.#target = target;
    this.#log = log;
    this.#isWrapped = isWrapped;
  }

  next(text: string): void {
    this.#log.tell(createAnswerDelta(text, this.#isWrapped));
    this.#target.next(text);
  }

  error(error: unknown): void {
    this.#target.error(error);
  }

  complete(): void {
    this.#target.complete();
  }
}

function createAnswerDelta(text: string, isWrapped: boolean): AnswerDeltaEvent {
  return { type: 'answer-delta', text, ...(isWrapped && { wrapped: true }) };
}

/** Finds the document in the text of a model's answer, where that is not all of it. */
function findDocument({
  jsonInText,
  jsonInFence,
  afterThought = false,
}: CompletionModel<never>): MonoTypeOperatorFunction<string> | undefined {
  if (jsonInText === true) return extractJson({ root: 'object', afterThought });
  return jsonInFence === true ? withoutFence : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
