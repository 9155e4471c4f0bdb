import type { FailedAnswer, Question } from './CompletionModel.js';

/** Both copies of this module, ESM and CommonJS, know it. */
const KEY = Symbol.for('rx-structured/verdict');

/** The verdict on one attempt's answer, for operators on a model, which get events only. */
export class Verdict {
  #listeners: (() => void)[] | undefined;

  /** Calls `listener` once the answer is accepted; never, where it is rejected, cut or given up. */
  onAccept(listener: () => void): void {
    (this.#listeners ??= []).push(listener);
  }

  /** The answer was whole and right, `config.validate` included, or it called tools for one that was. Counts once. */
  accept(): void {
    const listeners = this.#listeners ?? [];
    this.#listeners = undefined;
    for (const listener of listeners) listener();
  }
}

/**
 * Lets a question carry its verdict. It is attached to the list of failures, which is made anew for each attempt: so it
 * goes along with `{ ...question }`, and is not visible in the question.
 */
export function withVerdict(failures: readonly FailedAnswer[], verdict: Verdict): readonly FailedAnswer[] {
  return Object.defineProperty(failures, KEY, { value: verdict });
}

/**
 * The verdict on what will be answered to this question; `undefined` where the question was not asked by an answer
 * chain.
 */
export function findVerdict({ failures }: Question<unknown>): Verdict | undefined {
  return (failures as { readonly [KEY]?: Verdict })[KEY];
}
