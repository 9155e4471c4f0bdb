import { StructuredError } from '../foundation/StructuredError.js';

/**
 * - `status`: the server did not take the request.
 * - `content-type`: the server did not send an event stream; often it is a page of a proxy.
 * - `malformed`: it is an event stream, but not of ours.
 * - `too-long`: one event is longer than the limit.
 */
export type SseErrorCode = 'status' | 'content-type' | 'malformed' | 'too-long';

/** The server sent something else than an answer. */
export class SseError extends StructuredError {
  protected static override readonly brand = 'rx-structured/SseError';
  override readonly name = 'SseError';

  /** The beginning of the response that came instead of an answer, as text. */
  declare readonly body: string;

  constructor(
    readonly code: SseErrorCode,
    message: string,
    /** The HTTP status of the response. */
    readonly status: number,
    body = '',
  ) {
    super(message, { body });
  }
}
