import { StructuredError } from '../foundation/StructuredError.js';

/** Characters: a longer text is a page for a browser, and no message. */
const LONGEST_MESSAGE = 1000;

/** Providers agree that there is a `message`, but not on how deep it lies. */
function findMessage(body: unknown): string | undefined {
  if (typeof body === 'string') return body.trim() === '' || body.length > LONGEST_MESSAGE ? undefined : body;
  if (typeof body !== 'object' || body === null) return undefined;
  if ('message' in body && typeof body.message === 'string') return body.message;
  return 'error' in body ? findMessage(body.error) : undefined;
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
      message ??
        findMessage(body) ??
        (status === undefined
          ? 'The provider reported an error in the middle of the answer.'
          : `The provider answered with HTTP status ${status}.`),
      { body },
    );
  }
}
