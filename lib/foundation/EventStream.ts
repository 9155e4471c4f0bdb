/** An event of an event stream, as the server wrote it. */
export interface ServerSentEvent {
  /** Its type; `undefined` where the server gave none. */
  readonly event: string | undefined;
  readonly id: string | undefined;
  readonly data: string;
}

/** Is told of events while a stream is read. */
export interface EventStreamObserver {
  next(event: ServerSentEvent): void;
  /** The event under way has more characters than events may have. Nothing more is read. */
  tooLong?(): void;
}

/**
 * Reads `text/event-stream`, piece by piece, as the HTML standard has it: an event ends with an empty line, and lines end
 * with a line feed, a carriage return, or both.
 *
 * A byte order mark is left to the `TextDecoder`. Reconnection times and comments are passed over.
 */
export class EventStream {
  readonly #observer: EventStreamObserver;
  readonly #maxLength: number;
  /** The line under way; empty when one has ended. */
  #line = '';
  /** The last piece ended with a carriage return: a line feed at the beginning of the next one belongs to it. */
  #hasReturned = false;
  /** The fields of the event under way; cleared when it ends. */
  #event: string | undefined;
  #id: string | undefined;
  #data: string | undefined;
  #isOver = false;

  /** @param maxLength How many characters an event may have before it has ended. */
  constructor(observer: EventStreamObserver, maxLength = Infinity) {
    this.#observer = observer;
    this.#maxLength = maxLength;
  }

  /** Reads more of the text. */
  push(text: string): void {
    if (text === '' || this.#isOver) return;
    const rest = this.#hasReturned && text.startsWith('\n') ? text.slice(1) : text;
    // Most streams have no carriage return, and a plain separator is faster.
    const [first = '', ...others] = rest.split(text.includes('\r') ? /\r\n?|\n/ : '\n');
    this.#hasReturned = text.endsWith('\r');
    this.#line += first;
    for (const line of others) {
      this.#readLine(this.#line);
      this.#line = line;
    }
    if (this.#line.length + (this.#data?.length ?? 0) <= this.#maxLength) return;
    this.#isOver = true;
    this.#observer.tooLong?.();
  }

  #readLine(line: string): void {
    if (line === '') {
      this.#endEvent();
      return;
    }
    const colon = line.indexOf(':');
    // Without a colon the line is the name of a field; with one at its beginning it is a comment.
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'data') this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    else if (field === 'event') this.#event = value === '' ? undefined : value;
    // As the standard has it, an id with a null character is none.
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
  }

  /** An event without data is none. */
  #endEvent(): void {
    const [event, id, data] = [this.#event, this.#id, this.#data];
    this.#event = this.#id = this.#data = undefined;
    if (data !== undefined) this.#observer.next({ event, id, data });
  }
}
