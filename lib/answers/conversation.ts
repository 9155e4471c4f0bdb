import { defer, identity, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { WatchedEvent } from '../completions/AnswerDeltaEvent.js';
import { completionInfo } from '../completions/CompletionInfo.js';
import type { CompletionInfo } from '../completions/CompletionInfo.js';
import type { AnswerSchema, CompletionModel, FailedAnswer } from '../completions/CompletionModel.js';
import type { Message } from '../completions/Message.js';
import type { AnswerSchemaConfig } from './answerSchema.js';
import { extractJson } from '../deltas/extractJson.js';
import { GrowingText } from '../foundation/GrowingText.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import { correction } from '../retry/correction.js';
import type { Correction } from '../retry/correction.js';
import type { RetryOnValidationErrorConfig } from '../retry/retryOnValidationError.js';

/** What a model is asked, and how often. */
export interface ConversationConfig<M> extends AnswerSchemaConfig {
  /** The conversation so far: neutral messages, which every model takes, and those of the provider's own type. */
  readonly messages: readonly (M | Message)[];
  /**
   * How many more attempts there may be when an answer is wrong: `2` means at most three requests. Default 0; `NaN` and
   * negatives mean none, a fraction is rounded down, and `Infinity` asks until an answer is right.
   */
  readonly retries?: number;
  /** What to wait for before the next attempt, see {@link RetryOnValidationErrorConfig}. Nothing by default. */
  readonly delay?: RetryOnValidationErrorConfig<never>['delay'];
  /** How the model is told what was wrong. */
  readonly correction?: Correction;
  /** Milliseconds between two chunks after which the request is given up with an error. None by default. */
  readonly idleTimeout?: number;
  /**
   * Called with everything that happens while the model answers, all attempts in a row: the provider's events
   * (reasoning, usage, raw text) and the answer's own text. Each comes before the value it causes.
   */
  readonly watch?: (event: WatchedEvent) => void;
}

/** One exchange with a model over all its attempts: what was said, what was refused, and what it has cost. */
export interface Conversation {
  /** Asks, or asks again with all that was refused so far; the text is the answer's own. One at a time. */
  ask(): Observable<string>;
  /** The answer just given was wrong, or this many elements of it: the next {@link Conversation.ask} says so. */
  refuse(failure: InvalidAnswer, elements?: number): void;
  /** Of the answer just given, with the usage of all. */
  info(): CompletionInfo;
}

/**
 * Begins an exchange. Holds state, so one belongs to one subscription.
 *
 * @param wrapped The answer stands in `{ "value": … }`, as those who watch its text are told.
 */
export function conversation<M>(
  model: CompletionModel<M>,
  answer: AnswerSchema,
  config: ConversationConfig<M>,
  wrapped = false,
): Conversation {
  const { messages, idleTimeout, watch, correction: word = correction } = config;
  const failures: FailedAnswer[] = [];
  let info: CompletionInfo = {};
  let said = new GrowingText();

  const ask = (): Observable<string> =>
    defer(() => {
      const gather = completionInfo(info.usage);
      info = info.usage === undefined ? {} : { usage: info.usage };
      said = new GrowingText();

      const question = { messages, answer, failures: [...failures], ...(idleTimeout !== undefined && { idleTimeout }) };
      return model.ask(question).pipe(
        tap((event) => {
          info = gather(info, event);
          watch?.(event);
        }),
        model.toText(answer),
        tap((text) => {
          said.append(text);
        }),
        model.jsonInText === true ? extractJson({ root: 'object' }) : identity,
        tap((text) => watch?.({ type: 'answer-delta', text, ...(wrapped && { wrapped }) })),
      );
    });

  const refuse = (failure: InvalidAnswer, elements?: number): void => {
    // Elements are asked for again when their list has ended.
    const stopped = elements === undefined && info.finishReason === undefined && !isJson(failure.text);
    const context = { stopped, ...(elements !== undefined && { elements }) };
    failures.push({ text: said.toString(), correction: word(failure, context) });
  };

  return { ask, refuse, info: () => info };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
