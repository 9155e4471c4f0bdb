import { ProviderError, quoteMessage } from '../completions/ProviderError.js';

/** Characters of a body that are quoted. */
const QUOTED = 200;

/** JSON, or events: of another API they hold the answer, and a server that repeats its request has the question in them. */
const MACHINE_READABLE = /^([{["]|(data|event|id|retry)?:)/;

/**
 * The server answered with a success status, but not with an answer: a page, an error, another API's events.
 *
 * @param setting What may be wrong: the client's name for the server's address.
 */
export function toUnstreamedError(text: string, setting = 'baseURL'): ProviderError {
  const body = readBody(text);
  return new ProviderError(
    body,
    undefined,
    `${quoteMessage(body)}No event came: the response ${describe(text.trim())}. ` +
      `Is ${setting} right, and does the server stream?`,
  );
}

function describe(text: string): string {
  if (text === '') return 'is empty';
  if (MACHINE_READABLE.test(text)) return `is of another form, ${text.length} characters that error.body holds`;
  return `begins with ${JSON.stringify(text.slice(0, QUOTED))}`;
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
