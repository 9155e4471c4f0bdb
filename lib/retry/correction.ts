import type { Invalid } from '../decoded/Invalid.js';

/** Words what a model is told about an answer of its own that was refused. */
export type Correction = (failure: Invalid, stopped: boolean) => string;

/**
 * The default wording of a re-ask. `stopped`: the answer was cut off by us while it was being written, so the model
 * must not take what it sees of it for all that it said.
 */
export const correction: Correction = ({ message }, stopped) =>
  [
    'Your answer was not accepted:',
    message,
    ...(stopped ? ['It was stopped there: nothing that could have followed would have made it right.'] : []),
    'Answer again from the beginning, with the whole corrected JSON.',
  ].join('\n');
