import { APIConnectionError } from 'openai';
import type { FailedEvent } from 'rx-structured/sse';

/** What the network does to a request has no status; left alone, it would be called `internal`. */
export function connectionFailure(error: unknown): FailedEvent | undefined {
  if (error instanceof APIConnectionError)
    return { type: 'failed', code: 'unavailable', message: 'The model cannot be reached. Try again later.' };
  // What `fetch` calls a connection that is closed in the middle of a body.
  if (error instanceof TypeError && error.message === 'terminated')
    return { type: 'failed', code: 'interrupted', message: 'The connection was lost in the middle of the answer.' };
  return undefined;
}
