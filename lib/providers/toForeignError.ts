import { ProviderError, quoteMessage } from '../completions/ProviderError.js';

/** Keys of an event that are named. Its values may hold anything. */
const NAMED = 8;

/** The server has sent events to the end, and none of them says anything of an answer: they are those of another API. */
export function toForeignError(first: object, count: number): ProviderError {
  const keys = Object.keys(first).slice(0, NAMED);
  return new ProviderError(
    first,
    undefined,
    `${quoteMessage(first)}None of the events (${count}) says anything of an answer: the first has the keys ` +
      `${keys.map((key) => JSON.stringify(key)).join(', ')}. Is baseURL right, and does the server speak this API?`,
  );
}
