import { StructuredError } from '../foundation/StructuredError.js';

/** A call that the model made instead of giving its answer, with all of its arguments. */
export interface MadeToolCall {
  readonly index: number;
  /** The provider's id of the call; the tool's result refers to it. */
  readonly id?: string;
  /** The tool. Empty if the server never named it. */
  readonly name: string;
  /** JSON, as the model wrote it. */
  readonly arguments: string;
}

/**
 * The model called tools instead of giving the answer it was asked for: run them, tell it the results, and ask again.
 */
export class ToolCallsError extends StructuredError {
  protected static override readonly brand = 'rx-structured/ToolCallsError';
  override readonly name = 'ToolCallsError';

  /** In the order in which they began. */
  declare readonly calls: readonly MadeToolCall[];

  constructor(calls: readonly MadeToolCall[]) {
    const names = calls.map(({ name }) => (name === '' ? 'a tool without a name' : name)).join(', ');
    super(
      `The model called ${names} instead of giving the answer. Run what it called, and ask again with the results in ` +
        'the messages; or ask without tools.',
      { calls },
    );
  }
}
