import { StructuredError } from '../../foundation/StructuredError.js';

/** A call that the model made, as it wrote it. */
export interface MadeCall {
  readonly id: string;
  readonly name: string;
  /** The JSON text of its arguments. */
  readonly arguments: string;
  /** The request it was written in, counted from 1. */
  readonly step: number;
}

/** The model went on calling tools after `maxSteps` requests that had ended in calls. Its last calls were not run. */
export class MaxStepsError extends StructuredError {
  protected static override readonly brand = 'rx-structured/MaxStepsError';
  override readonly name = 'MaxStepsError';

  /** Every call of the answer, oldest first, those of the last request included. */
  declare readonly calls: readonly MadeCall[];

  constructor(
    /** How many requests were allowed to end in calls. */
    readonly maxSteps: number,
    calls: readonly MadeCall[],
  ) {
    super(
      `After ${maxSteps} ${maxSteps === 1 ? 'request' : 'requests'} that ended in tool calls the model still calls ${listNames(calls)} ` +
        'instead of answering. Raise maxSteps, or tell the model when it has what it needs.',
      { calls },
    );
  }
}

function listNames(calls: readonly MadeCall[]): string {
  const lastStep = calls.at(-1)?.step;
  const names = calls.filter(({ step }) => step === lastStep).map(({ name }) => JSON.stringify(name.slice(0, 64)));
  return [...new Set(names)].slice(0, 8).join(', ');
}
