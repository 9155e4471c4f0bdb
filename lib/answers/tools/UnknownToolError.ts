import { StructuredError } from '../../foundation/StructuredError.js';

/** The model called a tool that does not exist. The model is told so, and goes on. */
export class UnknownToolError extends StructuredError {
  protected static override readonly brand = 'rx-structured/UnknownToolError';
  override readonly name = 'UnknownToolError';

  /** The name that the model gave; empty where it gave none. */
  declare readonly tool: string;

  constructor(
    tool: string,
    /** The tools there are. */
    readonly known: readonly string[],
  ) {
    const names = known.map((name) => JSON.stringify(name)).join(', ');
    super(`there is no tool ${JSON.stringify(tool.slice(0, 64))}: expected one of ${names}`, { tool });
  }
}
