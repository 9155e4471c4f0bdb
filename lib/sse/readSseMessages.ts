import { createParser } from 'eventsource-parser';
import { Observable } from 'rxjs';
import { IncompleteCompletionError } from '../deltas/IncompleteCompletionError.js';
import { toDelay } from '../foundation/toDelay.js';
import type { AnswerEvent } from './AnswerEvent.js';
import { readBeginning } from '../foundation/readBeginning.js';
import { readMessage, type BeginMessage, type DoneMessage } from './readMessage.js';
import { readSilence } from './SseConfig.js';
import { SseError } from './SseError.js';

/** A message, and how the client says later that it has received it. */
export interface ReceivedMessage {
  readonly id: string | undefined;
  readonly message: AnswerEvent | BeginMessage | DoneMessage;
}

/** How the messages of a response are read. */
export interface SseMessagesConfig {
  /** Characters that one event may have. */
  readonly maxLength: number;
  /** Milliseconds after which the server sends at least a comment. By default, as the server says. */
  readonly heartbeat: number | undefined;
}

/** How long a connection whose answer is over may take to end, in milliseconds. */
const PATIENCE = 2000;

/**
 * The messages of one response, up to `done`, or to the end of the answer, with which it completes. A response that
 * ends before, or falls silent, is an error, `interrupted`.
 *
 * @param request Makes the request; unsubscribing aborts it.
 */
export function readSseMessages(
  request: (signal: AbortSignal) => Promise<Response>,
  config: SseMessagesConfig,
): Observable<ReceivedMessage> {
  return new Observable((subscriber) => {
    const controller = new AbortController();
    const { signal } = controller;
    let body: ReadableStreamDefaultReader<Uint8Array> | undefined;
    let last: ReceivedMessage['message'] | undefined;
    const isOver = (): boolean => last !== undefined && isLast(last);
    const isLeft = (): boolean => subscriber.closed && !isOver();
    let silence = readSilence(config.heartbeat);
    let timer: ReturnType<typeof setTimeout> | undefined;

    // The signal does as well, with a `fetch` that heeds it.
    const cancel = (): void => {
      controller.abort();
      body?.cancel().catch(() => undefined);
    };
    const interrupt = (): void => {
      subscriber.error(new IncompleteCompletionError('interrupted', ''));
    };
    /** Something came. */
    const hear = (): void => {
      clearTimeout(timer);
      if (silence < Infinity) timer = setTimeout(interrupt, toDelay(silence));
    };
    const pass = (received: ReceivedMessage): void => {
      const { message } = received;
      if (message.type === 'begin' && config.heartbeat === undefined) silence = readSilence(message.heartbeat);
      last = message;
      subscriber.next(received);
    };

    const read = async (): Promise<void> => {
      // A server that takes a request and never answers is lost as well.
      hear();
      const response = await request(signal);
      clearTimeout(timer);
      body = await openBody(response, signal);
      if (signal.aborted) {
        cancel();
        return;
      }
      const decoder = new TextDecoder();
      const parse = createMessageParser(config.maxLength);
      while (!isOver()) {
        hear();
        const bytes = await body.read().catch(() => undefined);
        if (isLeft()) return;
        // At the end, a carriage return that could have become a line break of two characters is one of its own.
        const text = bytes?.value === undefined ? '\n' : decoder.decode(bytes.value, { stream: true });
        for (const received of parse(text)) {
          pass(received);
          if (isOver() || isLeft()) break;
        }
        if (isLeft()) return;
        if (bytes?.value === undefined && !isOver()) {
          interrupt();
          return;
        }
      }
      subscriber.complete();
      // The rest is read all the same: a connection that is not broken off can be used again.
      timer = setTimeout(cancel, PATIENCE);
      await drain(body);
      clearTimeout(timer);
    };

    read().catch((error: unknown) => {
      subscriber.error(error);
    });
    return () => {
      clearTimeout(timer);
      if (!isOver()) cancel();
    };
  });
}

/** After the verdict nothing comes that matters: a `done` that is lost is not waited for. */
function isLast({ type }: ReceivedMessage['message']): boolean {
  return type === 'done' || type === 'complete' || type === 'failed';
}

async function drain(body: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  let bytes: { readonly value?: Uint8Array | undefined } | undefined;
  do bytes = await body.read().catch(() => undefined);
  while (bytes?.value !== undefined);
}

async function openBody(response: Response, signal: AbortSignal): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const { status, headers, body } = response;
  if (!response.ok || body === null) {
    const text = await readBeginning(body, signal);
    throw new SseError('status', `The server answered with status ${status} instead of events.`, status, text);
  }
  const contentType = headers.get('content-type') ?? 'no content type';
  if (contentType.split(';', 1)[0]?.trim().toLowerCase() === 'text/event-stream') return body.getReader();
  const text = await readBeginning(body, signal);
  const message = `The server sent ${contentType.slice(0, 100)} instead of text/event-stream.`;
  throw new SseError('content-type', message, status, text);
}

/** Text in, the messages that end in it out; after them the error, where something else follows. */
function createMessageParser(maxLength: number): (text: string) => Iterable<ReceivedMessage> {
  let messages: ReceivedMessage[] = [];
  /** Set by the first event that is not one of ours, or too long. */
  let failure: SseError | undefined;
  const parser = createParser({
    maxBufferSize: maxLength,
    onEvent({ event = 'message', id, data }) {
      if (failure !== undefined) return;
      try {
        const message = readMessage(event, data);
        if (message !== undefined) messages.push({ id, message });
      } catch (error) {
        if (!(error instanceof SseError)) throw error;
        failure = error;
      }
    },
    onError({ type }) {
      if (type === 'max-buffer-size-exceeded')
        failure ??= new SseError('too-long', `An event has more than ${maxLength} characters.`, 200);
    },
  });
  return function* (text) {
    messages = [];
    parser.feed(text);
    yield* messages;
    if (failure !== undefined) throw failure;
  };
}
