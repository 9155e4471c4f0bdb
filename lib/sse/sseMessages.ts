import { createParser } from 'eventsource-parser';
import { Observable } from 'rxjs';
import { IncompleteCompletionError } from '../deltas/IncompleteCompletionError.js';
import type { AnswerEvent } from './AnswerEvent.js';
import { readMessage, type BeginMessage, type DoneMessage } from './readMessage.js';
import { SseError } from './SseError.js';

/** A message, and how the client says later that it has seen it. */
export interface ReceivedMessage {
  readonly id: string | undefined;
  readonly message: AnswerEvent | BeginMessage | DoneMessage;
}

/** How much of a refusal is kept, in characters. */
const BODY_LIMIT = 10_000;

/**
 * The messages of one response, up to `done`, with which it completes. A response that ends before is an error,
 * `interrupted`.
 *
 * @param request Makes the request; unsubscribing aborts it.
 * @param maxLength Characters that one event may have.
 */
export function sseMessages(
  request: (signal: AbortSignal) => Promise<Response>,
  maxLength: number,
): Observable<ReceivedMessage> {
  return new Observable((subscriber) => {
    const controller = new AbortController();
    const { signal } = controller;
    let body: ReadableStreamDefaultReader<Uint8Array> | undefined;
    let done = false;

    // The signal does as well, with a `fetch` that heeds it.
    const cancel = (): void => {
      body?.cancel().catch(() => undefined);
    };

    const read = async (): Promise<void> => {
      body = await bodyOf(await request(signal));
      if (signal.aborted) cancel();
      const decoder = new TextDecoder();
      const parse = messageParser(maxLength);
      for (;;) {
        const bytes = await body.read().catch(() => undefined);
        if (signal.aborted) return;
        if (bytes?.value === undefined) break;
        for (const received of parse(decoder.decode(bytes.value, { stream: true }))) {
          done ||= received.message.type === 'done';
          subscriber.next(received);
          if (subscriber.closed) return;
        }
        // The rest is read all the same: a connection that is not broken off can be used again.
        if (done) subscriber.complete();
      }
      subscriber.error(new IncompleteCompletionError('interrupted', ''));
    };

    read().catch((error: unknown) => {
      if (!signal.aborted) subscriber.error(error);
    });
    return () => {
      if (done) return;
      controller.abort();
      cancel();
    };
  });
}

async function bodyOf(response: Response): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const { status, headers, body } = response;
  if (!response.ok || body === null) {
    const text = (await response.text()).slice(0, BODY_LIMIT);
    throw new SseError('status', `The server answered with status ${status} instead of events.`, status, text);
  }
  const contentType = headers.get('content-type') ?? 'no content type';
  if (!contentType.startsWith('text/event-stream'))
    throw new SseError('content-type', `The server sent ${contentType} instead of text/event-stream.`, status);
  return body.getReader();
}

/** Text in, the messages that end in it out. */
function messageParser(maxLength: number): (text: string) => readonly ReceivedMessage[] {
  let messages: ReceivedMessage[] = [];
  let tooLong = false;
  const parser = createParser({
    maxBufferSize: maxLength,
    onEvent({ event = 'message', id, data }) {
      const message = readMessage(event, data);
      if (message !== undefined) messages.push({ id, message });
    },
    onError({ type }) {
      tooLong ||= type === 'max-buffer-size-exceeded';
    },
  });
  return (text) => {
    messages = [];
    parser.feed(text);
    if (tooLong) throw new SseError('too-long', `An event has more than ${maxLength} characters.`, 200);
    return messages;
  };
}
