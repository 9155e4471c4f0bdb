import { explainError } from './explainError.js';

/** Prints the error that ended an example. */
export function printError(error: unknown): void {
  console.error(explainError(error));
  process.exitCode = 1;
}
