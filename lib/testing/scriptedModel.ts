import { defer, isObservable, tap, throwError, type Observable } from 'rxjs';
import type { CompletionEvent } from '../completions/CompletionEvent.js';
import type { CompletionModel, Question } from '../completions/CompletionModel.js';
import type { SchemaDialect } from '../completions/SchemaDialect.js';
import { textDeltas } from '../deltas/textDeltas.js';
import { completionOf, type CompletionOfConfig } from './completionOf.js';
import { expectArgument, expectOptions } from '../foundation/expectArgument.js';

/** One answer of a script: a text, events, a failure, or a completion of your own making. */
export type ScriptedAnswer = string | readonly CompletionEvent[] | Error | Observable<CompletionEvent>;

export interface ScriptedModelConfig extends CompletionOfConfig {
  /** The subset of JSON Schema that the model takes. Default `'open'`. */
  readonly dialect?: SchemaDialect;
  /** The JSON stands among other words. Default `false`. */
  readonly jsonInText?: boolean;
}

/** One request that was made, and what became of it. */
export interface ScriptedRequest {
  /** The question, including the failures of the attempts before it. */
  readonly question: Question<unknown>;
  readonly state: 'running' | 'complete' | 'failed' | 'aborted';
}

export interface ScriptedModel extends CompletionModel<unknown> {
  /** Every request so far, oldest first. */
  readonly requests: readonly ScriptedRequest[];
}

/**
 * Makes a model that answers from a list, and remembers what it was asked.
 *
 * Like a mock server, without the server: everything happens within the subscription, or in virtual time.
 *
 * 1. Each request, a re-ask as well, takes the next answer. After the last answer, requests fail.
 * 2. `requests` holds every question and whether its answer was complete, failed, or aborted by unsubscribing.
 *
 * @example
 * import * as t from 'io-ts';
 * import { structuredCompletion } from 'rx-structured';
 * import { scriptedModel } from 'rx-structured/testing';
 *
 * const model = scriptedModel(['{"age":"thirty"}', '{"age":30}']);
 * structuredCompletion(model, { codec: t.type({ age: t.number }), messages: ['How old is John?'], retries: 1
 * }).subscribe();
 *
 * console.log(model.requests.map(({ state }) => state));
 * console.log(model.requests[1]?.question.failures[0]?.text);
 * // Logs:
 * // [ 'aborted', 'complete' ]
 * // {"age":"thirty"}
 *
 * @see {@link completionOf} for one such answer
 * @param answers What it answers, one per request. An `Error` is what the request fails with.
 * @param config How texts are cut and how slow they are written, and what kind of model it is.
 * @returns A model for {@link structuredCompletion}.
 * @since 0.1.0
 */
export function scriptedModel(answers: readonly ScriptedAnswer[], config: ScriptedModelConfig = {}): ScriptedModel {
  expectArgument('scriptedModel', Array.isArray(answers), "a list of answers, ['{…}']", answers);
  expectOptions('scriptedModel', config);
  const { dialect = 'open', jsonInText = false } = config;
  const requests: ScriptedRequest[] = [];

  const pickAnswer = (index: number): Observable<CompletionEvent> => {
    const answer = answers[index];
    if (answer === undefined)
      return throwError(() => new Error(`The script has ${answers.length} answers; this is request ${index + 1}.`));
    if (answer instanceof Error) return throwError(() => answer);
    return isObservable(answer) ? answer : completionOf(answer, config);
  };

  const ask = (question: Question<unknown>): Observable<CompletionEvent> =>
    defer(() => {
      const index = requests.push({ question, state: 'running' }) - 1;
      const ends = (state: ScriptedRequest['state']) => () => {
        requests[index] = { question, state };
      };
      return pickAnswer(index).pipe(
        tap({ complete: ends('complete'), error: ends('failed'), unsubscribe: ends('aborted') }),
      );
    });

  return { dialect, jsonInText, requests, ask, toText: () => textDeltas() };
}
