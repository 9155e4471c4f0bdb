import { expectModel } from '../completions/expectModel.js';
import { expectArgument, expectOptions, hasMethod } from '../foundation/expectArgument.js';
import { concatMap, defer, from, isObservable, of, tap, type Observable } from 'rxjs';
import type { CompletionEvent } from '../completions/CompletionEvent.js';
import type { CompletionModel, Question } from '../completions/CompletionModel.js';
import { findVerdict } from '../completions/Verdict.js';
import { withoutHeaders } from '../completions/withoutHeaders.js';
import { writeQuestionKey } from './writeQuestionKey.js';

/** The value of a store at a key; `null` and `undefined` are a miss. */
type Stored = readonly CompletionEvent[] | null | undefined;

/** Where answers are kept: a Map, or anything like it, at once or by promises. */
export interface EventStore {
  get(key: string): Stored | PromiseLike<Stored>;
  /** `events` is an array that survives JSON. */
  set(key: string, events: readonly CompletionEvent[]): unknown;
}

export interface CachedConfig {
  /**
   * Names a question: answers are found again under this very string. By default it is made of the model, its
   * parameters, the messages and the schema.
   */
  key?(question: Question<unknown>): string;
}

/**
 * Keeps the answers of a model, and gives them again to the same question, without a request.
 *
 * Like `share` over time: what was asked once is answered once.
 *
 * ```text
 *  cached(store)
 *  first time     --a--b--c--|     asks the model; kept once the answer is accepted
 *  second time    (abc|)           event by event, from the store
 * ```
 *
 * 1. Only what became an accepted answer is kept, `config.validate` included: nothing of an answer that was aborted,
 *    cut, declined by the model, or rejected.
 * 2. An answer that was accepted after others were rejected is kept as the answer to the question itself. A question
 *    that is asked again goes to the model.
 * 3. `null` and `undefined` from the store are a miss.
 * 4. An error of the store when it is read is the error notification; when it is written, it is ignored.
 *
 * @example
 * import * as t from 'io-ts';
 * import { pipeModel, structuredCompletion } from 'rx-structured';
 * import { cached } from 'rx-structured/models';
 * import { scriptedModel } from 'rx-structured/testing';
 *
 * const script = scriptedModel(['{"age":30}']);
 * const model = pipeModel(script, cached(new Map()));
 * const question = { codec: t.type({ age: t.number }), messages: ['How old is John?'] };
 *
 * structuredCompletion(model, question).subscribe();
 * structuredCompletion(model, question).subscribe();
 * console.log(script.requests.length);
 * // Logs:
 * // 1
 *
 * @see {@link pipeModel} for how it is applied
 * @param store Where answers are kept.
 * @param config How questions are named.
 * @returns An operator on a model.
 * @since 0.1.0
 */
export function cached(
  store: EventStore,
  config: CachedConfig = {},
): <M>(model: CompletionModel<M>) => CompletionModel<M> {
  const isStore = hasMethod(store, 'get') && hasMethod(store, 'set');
  expectArgument('cached', isStore, 'a store with get and set, as a Map has them', store);
  expectOptions('cached', config);
  return <M>(model: CompletionModel<M>) => {
    expectModel('cached', model);
    return {
      ...model,
      ask: (question: Question<M>) =>
        defer(() => {
          const key = config.key?.(question) ?? writeQuestionKey(model, question);
          const ask = (): Observable<CompletionEvent> => keepAccepted(model, question, store, key);
          if (question.failures.length > 0) return ask();
          const found = store.get(key);
          // A Map answers within the subscription.
          return (isPromise(found) ? from(found) : of(found)).pipe(
            concatMap((events) => (events ? from(events) : ask())),
          );
        }),
    };
  };
}

function keepAccepted<M>(
  model: CompletionModel<M>,
  question: Question<M>,
  store: EventStore,
  key: string,
): Observable<CompletionEvent> {
  return defer(() => {
    const events: CompletionEvent[] = [];
    findVerdict(question)?.onAccept(() => {
      // A text that was whole may still be an answer that was cut.
      if (events.some(isWhole)) void keep(store, key, events);
    });
    return model.ask(question).pipe(tap((event) => events.push(event)));
  });
}

function isWhole(event: CompletionEvent): boolean {
  return event.type === 'finish' && (event.reason === 'stop' || event.reason === 'tool-calls');
}

/** An answer that cannot be kept is an answer all the same. */
async function keep(store: EventStore, key: string, events: readonly CompletionEvent[]): Promise<void> {
  try {
    await store.set(key, JSON.parse(JSON.stringify(events.map(withoutHeaders))) as CompletionEvent[]);
  } catch {
    // The next question asks the model again.
  }
}

function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value && !isObservable(value);
}
