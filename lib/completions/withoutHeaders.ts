import type { CompletionEvent } from './CompletionEvent.js';

/** The event as it may be kept: without the headers of the response, which name the account and its limits. */
export function withoutHeaders(event: CompletionEvent): CompletionEvent {
  if (event.type !== 'start') return event;
  const { headers: _, ...start } = event;
  return start;
}
