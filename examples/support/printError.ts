import { explainError } from './explainError.js';

/** The last thing an example says when it fails. */
export function printError(error: unknown): void {
  console.error(explainError(error));
  process.exitCode = 1;
}
