import { expectModel } from '../completions/expectModel.js';
import { expectArgument } from '../foundation/expectArgument.js';
import { defer, Observable } from 'rxjs';
import type { CompletionModel } from '../completions/CompletionModel.js';
import { subscribeFor } from '../foundation/subscribeFor.js';
import { Line } from './Line.js';

export interface LimitedConfig {
  /** How many requests may be under way at once: a whole number from 1 on, or `Infinity`. */
  readonly concurrency: number;
}

/**
 * Lets a model have only so many requests at once; the others wait.
 *
 * Like `mergeMap` with its `concurrent`, for requests that are made anywhere in a program.
 *
 * ```text
 *  limited({ concurrency: 1 })
 *  first       --a--b--|
 *  second         .....c--d--|     asked while the first is answered: waits for its end
 * ```
 *
 * 1. Requests begin in the order in which they were subscribed to.
 * 2. A place is free when its request is over: complete, failed, or unsubscribed from.
 * 3. A subscriber that leaves while waiting makes no request.
 * 4. One limit for all models that this very operator is applied to.
 *
 * @example
 * import * as t from 'io-ts';
 * import { pipeModel, structuredCompletion } from 'rx-structured';
 * import { limited } from 'rx-structured/models';
 * import { scriptedModel } from 'rx-structured/testing';
 *
 * const script = scriptedModel(['{"age":30}', '{"age":41}'], { delay: 5 });
 * const model = pipeModel(script, limited({ concurrency: 1 }));
 * for (const name of ['John', 'Jane'])
 *   structuredCompletion(model, { codec: t.type({ age: t.number }), messages: [name] }).subscribe();
 * console.log(script.requests.length);
 * // Logs:
 * // 1
 *
 * @throws RangeError, if `concurrency` is not a whole number from 1 on.
 * @see {@link pipeModel} for how it is applied
 * @param config How many requests there may be at once.
 * @returns An operator on a model.
 * @since 0.1.0
 */
export function limited(config: LimitedConfig): <M>(model: CompletionModel<M>) => CompletionModel<M> {
  const isNumber = typeof (config as Partial<LimitedConfig> | undefined | null)?.concurrency === 'number';
  expectArgument('limited', isNumber, '{ concurrency } with a number', config);
  const { concurrency } = config;
  if (!(concurrency >= 1) || (concurrency !== Infinity && !Number.isInteger(concurrency)))
    throw new RangeError(`concurrency must be a whole number from 1 on, or Infinity; got ${concurrency}`);
  const line = new Line(concurrency);

  return (model) => {
    expectModel('limited', model);
    return {
      ...model,
      ask: (question) =>
        new Observable((subscriber) => {
          const leave = line.enter(() => {
            subscribeFor(
              subscriber,
              defer(() => model.ask(question)),
              subscriber,
            );
          });
          // Where the request is over already, this is called at once.
          subscriber.add(leave);
        }),
    };
  };
}
