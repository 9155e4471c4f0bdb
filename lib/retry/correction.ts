import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';

/** The facts about a rejected answer, besides its problems. */
export interface CorrectionContext {
  /**
   * The answer was cut off by us while it was being written, so the model must not take the quoted part for all
   * that it said.
   */
  readonly stopped: boolean;
  /** Only this many elements of a list were wrong, and they alone are asked for again. */
  readonly elements?: number;
}

/** Writes the text by which a model is told about its rejected answer. */
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
