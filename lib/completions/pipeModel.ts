import type { CompletionModel } from './CompletionModel.js';
import { expectModel } from './expectModel.js';
import { expectFunction } from '../foundation/expectArgument.js';

/** Makes a model of a model: one that asks differently, or watches questions and answers. */
export type ModelOperator<M> = (model: CompletionModel<M>) => CompletionModel<M>;

/**
 * Applies operators to a model, the first one first.
 *
 * Like `pipe`, for models.
 *
 * ```text
 *  pipeModel(model, cached(store), limited({ concurrency: 2 }))
 *  question --> limited --> cached --> model
 * ```
 *
 * 1. A question meets the last operator first; the events come back through the first one first.
 * 2. The model of the last operator is returned.
 *
 * An operator returns a copy with another `ask`: `(model) => ({ ...model, ask: (question) => … })`.
 *
 * @example
 * import { tap } from 'rxjs';
 * import { pipeModel, type CompletionModel } from 'rx-structured';
 * import { scriptedModel } from 'rx-structured/testing';
 *
 * const logged = <M>(model: CompletionModel<M>): CompletionModel<M> => ({
 *   ...model,
 *   ask: (question) => model.ask(question).pipe(tap(({ type }) => console.log(type))),
 * });
 *
 * const model = pipeModel(scriptedModel(['{}']), logged);
 * model.ask({ messages: ['Hello.'], answer: { name: 'answer', schema: {} }, failures: [] }).subscribe();
 * // Logs:
 * // text-delta
 * // finish
 *
 * @see {@link structuredCompletion} for asking a model
 * @param model A model of any provider.
 * @param operators Applied in order.
 * @returns The model that the last operator made.
 * @since 0.1.0
 */
export function pipeModel<M>(model: CompletionModel<M>, ...operators: readonly ModelOperator<M>[]): CompletionModel<M> {
  expectModel('pipeModel', model);
  return operators.reduce((piped, operator) => {
    expectFunction('pipeModel', 'operators on a model, as cached(store) makes one', operator);
    const next = operator(piped);
    expectModel('pipeModel', next, 'an operator to return a model');
    return next;
  }, model);
}
