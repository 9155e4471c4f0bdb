import { withoutKeys } from '../../foundation/withoutKeys.js';

/** How much of an error's message is shown. */
const LIMIT = 2000;

/** An error in words, without the keys that SDKs repeat in theirs. */
export function showError(error: unknown): string {
  const text = withoutKeys(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  return text.length > LIMIT ? `${text.slice(0, LIMIT)}… (cut)` : text;
}
