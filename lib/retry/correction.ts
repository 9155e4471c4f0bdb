import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';

/** What there is to know of a refused answer besides what was wrong with it. */
export interface CorrectionContext {
  /**
   * The answer was cut off by us while it was being written, so the model must not take what it sees of it for all
   * that it said.
   */
  readonly stopped: boolean;
  /** Of a list, only this many elements were wrong, and they alone are asked for again. */
  readonly elements?: number;
}

/** Words what a model is told about an answer of its own that was refused. */
export type Correction = (failure: InvalidAnswer, context: CorrectionContext) => string;

/** The default wording of a re-ask. */
export const correction: Correction = ({ _tag, message }, { stopped, elements }) =>
  [
    'Your answer was not accepted:',
    message,
    ...(stopped ? ['It was stopped there: nothing that could have followed would have made it right.'] : []),
    elements === undefined
      ? 'Answer again from the beginning, with the whole corrected JSON.'
      : `Answer with these ${elements} elements alone, corrected and in the same order.`,
    ...(_tag === 'InvalidJson' ? ['Write only the JSON: no words before or after it, and no code fence.'] : []),
  ].join('\n');
