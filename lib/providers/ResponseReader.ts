import type { CompletionEvent, StartEvent } from '../completions/CompletionEvent.js';

/** Headers that name the request, by the providers that send them. */
const REQUEST_ID = ['x-request-id', 'request-id', 'x-amzn-requestid', 'apim-request-id'];

/**
 * Reads one response: the events of its chunks, and in the `start` event what the HTTP response said besides.
 *
 * A response whose chunks name neither id nor model begins with a `start` event all the same.
 */
export class ResponseReader<C> {
  readonly #toEvents: (chunk: C) => Iterable<CompletionEvent>;
  /** Set when the response opens, cleared when the first event has told it. */
  #response: Omit<StartEvent, 'type'> | undefined;

  constructor(toEvents: (chunk: C) => Iterable<CompletionEvent>) {
    this.#toEvents = toEvents;
  }

  /** The response has begun, with these headers. */
  tell(headers: Headers): void {
    this.#response = readFacts(headers);
  }

  /** The response has begun, and nothing of it was an event so far. */
  get isSilent(): boolean {
    return this.#response !== undefined;
  }

  /** The events of a chunk. */
  read(chunk: C): Iterable<CompletionEvent> {
    const events = this.#toEvents(chunk);
    return this.#response === undefined ? events : this.#addFacts(events);
  }

  *#addFacts(events: Iterable<CompletionEvent>): Generator<CompletionEvent> {
    for (const event of events) {
      const facts = this.#response;
      this.#response = undefined;
      if (facts === undefined) yield event;
      else if (event.type === 'start') yield { ...event, ...facts };
      else yield* [{ type: 'start' as const, ...facts }, event];
    }
  }
}

/** The fields of a `start` event for a response with these headers. */
function readFacts(headers: Headers): Omit<StartEvent, 'type'> {
  const requestId = REQUEST_ID.map((name) => headers.get(name)).find((id) => id !== null);
  // Cookies are the client's affair, and secrets.
  const told = [...headers].filter(([name]) => name !== 'set-cookie');
  return { ...(requestId !== undefined && { requestId }), headers: Object.fromEntries(told) };
}
