import type { Question, ToolStep } from './CompletionModel.js';
import { failedTurns, type Turns } from './failedTurns.js';

/** How a provider writes down earlier turns and calls. */
export interface PastTurns<M> extends Turns<M> {
  /** The model called tools, and was told their results. */
  readonly step: (step: ToolStep) => readonly M[];
}

/** The turns by which a conversation has grown since it was begun: rejected answers and steps, in their order. */
export function writePastTurns<M>(
  { failures, steps = [] }: Pick<Question<unknown>, 'failures' | 'steps'>,
  turns: PastTurns<M>,
): M[] {
  let told = 0;
  const writeFailed = (count: number): M[] => {
    const before = told;
    told = count;
    return failedTurns(failures.slice(before, count), turns, before);
  };
  return [
    ...steps.flatMap((step) => [...writeFailed(step.failures), ...turns.step(step)]),
    ...writeFailed(failures.length),
  ];
}
