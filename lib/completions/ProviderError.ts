import { StructuredError } from '../foundation/StructuredError.js';
import { isObject } from '../foundation/isObject.js';
import { withoutKeys } from '../foundation/withoutKeys.js';

/** A text is a page for a browser, and no message, if it is longer, or is written like one. */
const LONGEST_MESSAGE = 1000;
const PAGE = /^\s*(<|$)/;

/**
 * The provider's own sentence. Providers agree that there is a `message`, but not on how deep it lies; servers made with
 * FastAPI have a `detail`.
 */
function findMessage(body: unknown): string | undefined {
  if (typeof body === 'string') return PAGE.test(body) || body.length > LONGEST_MESSAGE ? undefined : body;
  if (!isObject(body)) return undefined;
  const { message, detail, error, response } = body;
  const said = [message, detail].find((text) => typeof text === 'string');
  return said ?? findMessage(error) ?? findMessage(response);
}

/** The provider's own sentence in front of one of ours, if there is one. */
export function quoteMessage(body: unknown): string {
  const message = typeof body === 'object' ? findMessage(body) : undefined;
  return message === undefined ? '' : `${message.replace(/\.?$/, '.')} `;
}

/**
 * The provider gave up after the response had begun, and its SDK passed the notice on as if it were a part of the
 * answer; or it was asked without an SDK, and answered with an HTTP error. Where an SDK throws an error of its own,
 * that one is passed on unchanged instead.
 */
export class ProviderError extends StructuredError {
  protected static override readonly brand = 'rx-structured/ProviderError';
  override readonly name = 'ProviderError';

  /** The body that the provider sent, unchanged. */
  declare readonly body: unknown;

  constructor(
    body: unknown,
    /** The HTTP status, where that said that the request failed. */
    readonly status?: number,
    message?: string,
  ) {
    super(
      withoutKeys(
        message ??
          findMessage(body) ??
          (status === undefined
            ? 'The provider reported an error in the middle of the answer.'
            : `The provider answered with HTTP status ${status}.`),
      ),
      { body },
    );
  }
}
