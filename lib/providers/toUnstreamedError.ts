import { ProviderError } from '../completions/ProviderError.js';

/** Characters of a body that are quoted. */
const QUOTED = 200;

/**
 * The server answered with a success status, but not with an answer: a page, an error, another API's events.
 *
 * @param setting What may be wrong: the client's name for the server's address.
 */
export function toUnstreamedError(text: string, setting = 'baseURL'): ProviderError {
  const body = readBody(text);
  const { message } = new ProviderError(body);
  const beginning = text.trim().slice(0, QUOTED);
  const said = typeof body === 'object' && body !== null ? `${message} ` : '';
  return new ProviderError(
    body,
    undefined,
    `${said}No event came: the response ${beginning === '' ? 'is empty' : `begins with ${JSON.stringify(beginning)}`}. ` +
      `Is ${setting} right, and does the server stream?`,
  );
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
