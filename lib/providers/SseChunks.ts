import { isObject } from '../foundation/isObject.js';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { IncompleteCompletionError } from '../deltas/IncompleteCompletionError.js';
import { drainBody } from './drainBody.js';
import { isKeepAlive } from './isKeepAlive.js';
import { toForeignError } from './toForeignError.js';
import { toUnstreamedError } from './toUnstreamedError.js';

/** How the server-sent events of one API are read. */
export interface WireFormat<C> {
  /** Nothing that follows this chunk matters. */
  isLast(chunk: C): boolean;
  /** The failure in an event for which the SDK would throw an error of its own; else `undefined`. */
  findFailure(data: object, event: string | undefined): unknown;
  /** The chunks that stand for an answer which was not streamed, if that is what the body of a response is. */
  readChunks(body: object): readonly C[] | undefined;
}

/** How one response is read. */
export interface ResponseFormat<C> extends WireFormat<C> {
  /** The chunks that were handed out so far say nothing of an answer. */
  isSilent(): boolean;
  /** Makes the error that the SDK would throw for a failure inside the stream. */
  toApiError(body: unknown): Error;
}

/** OpenAI's word for the end of a stream; servers that copy other APIs send it too. */
const DONE = '[DONE]';

/** Characters of a body in which no event has come yet: enough for a whole answer, or for the beginning of a page. */
const LONGEST_ANSWER = 4_000_000;
const LONGEST_PAGE = 4_000;

/**
 * The chunks of a response, read from its server-sent events, all that one read of the network brings at a time.
 *
 * Ends with the event that ends the answer. A connection that breaks, or ends inside an event, is an interruption.
 */
export class SseChunks<C> implements AsyncIterableIterator<readonly C[]> {
  readonly #response: Response;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #format: ResponseFormat<C>;
  readonly #decoder = new TextDecoder();
  readonly #parser = createParser({
    onEvent: (message) => {
      this.#read(message);
    },
  });
  /** The text from the network before the first event; cleared by that event. */
  #body: string | undefined = '';
  /** Set once more of it has come than a page needs to be known by. */
  #isPage: boolean | undefined;
  /** Bytes have come. */
  #hasBegun = false;
  /** Chunks that were read and not handed out. */
  #chunks: C[] = [];
  /** The first chunk of all, and how many there were. */
  #first: object | undefined;
  #count = 0;
  /** Why the chunks end after those; set by an event, or by the end of the connection. */
  #failure: Error | undefined;
  /** The chunks end after those. */
  #isOver = false;

  constructor(response: Response, body: ReadableStream<Uint8Array>, format: ResponseFormat<C>) {
    this.#response = response;
    this.#reader = body.getReader();
    this.#format = format;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<readonly C[], undefined>> {
    while (this.#chunks.length === 0 && !this.#isOver) await this.#readNetwork();
    if (this.#chunks.length > 0) {
      const value = this.#chunks;
      this.#chunks = [];
      return { done: false, value };
    }
    void drainBody(this.#reader);
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#first !== undefined && this.#format.isSilent()) throw toForeignError(this.#first, this.#count);
    return { done: true, value: undefined };
  }

  return(): Promise<IteratorResult<readonly C[], undefined>> {
    this.#isOver = true;
    this.#cancel();
    return Promise.resolve({ done: true, value: undefined });
  }

  async #readNetwork(): Promise<void> {
    let bytes: Uint8Array | undefined;
    try {
      bytes = (await this.#reader.read()).value;
    } catch (error) {
      // Before the first event, there is nothing to interrupt.
      this.#end(this.#hasBegun ? createInterruption(error) : toError(error));
      return;
    }
    if (bytes === undefined) this.#endCleanly();
    else {
      this.#hasBegun = true;
      this.#feed(this.#decoder.decode(bytes, { stream: true }));
    }
  }

  #feed(text: string): void {
    if (this.#body !== undefined) this.#body += text;
    this.#parser.feed(text);
    if (this.#body === undefined || this.#body.length <= LONGEST_PAGE) return;
    // Asked once: reading a text that grows has its parts put together.
    this.#isPage ??= /^\s*</.test(this.#body);
    if (this.#isPage || this.#body.length > LONGEST_ANSWER) this.#endWithoutEvent(this.#body);
  }

  /** The last event may lack the empty line that ends it; if it is not whole, the connection ended inside it. */
  #endCleanly(): void {
    const body = this.#body;
    this.#feed(`${this.#decoder.decode()}\n\n`);
    if (this.#isOver) return;
    if (this.#body === undefined || body === undefined) this.#end();
    else this.#endWithoutEvent(body);
  }

  #endWithoutEvent(body: string): void {
    const answer = this.#answerIn(body);
    if (answer !== undefined) this.#chunks.push(...answer);
    this.#end(answer === undefined && !this.#isStream(body) ? toUnstreamedError(body) : undefined);
  }

  /** Whether a body in which no event came is the beginning of a stream all the same. */
  #isStream(body: string): boolean {
    const isTold = this.#response.headers.get('content-type')?.includes('text/event-stream') === true;
    return isTold ? !/^\s*[<{[]/.test(body) : /^\s*(:|data|event|id|retry)/.test(body);
  }

  #answerIn(body: string): readonly C[] | undefined {
    const value = parse(body);
    return isObject(value) ? this.#format.readChunks(value) : undefined;
  }

  #read({ data, event }: EventSourceMessage): void {
    this.#body = undefined;
    if (this.#isOver || data === '') return;
    if (data === DONE) {
      this.#end();
      return;
    }
    const chunk = parse(data);
    if (chunk === undefined && event === 'error') this.#end(this.#format.toApiError(data));
    else if (chunk === undefined)
      this.#end(createInterruption(new SyntaxError(`An event of ${data.length} characters is not JSON.`)));
    // Servers send `null`, for one, where they have nothing to say.
    else if (isObject(chunk) && !isKeepAlive(chunk)) this.#readChunk(chunk, event);
  }

  #readChunk(chunk: object, event: string | undefined): void {
    const failure = this.#format.findFailure(chunk, event);
    if (failure !== undefined) {
      this.#end(this.#format.toApiError(failure));
      return;
    }
    // Whether it is one of the API's chunks is asked field by field, where it is read.
    this.#chunks.push(chunk as C);
    this.#first ??= chunk;
    this.#count += 1;
    if (this.#format.isLast(chunk as C)) this.#end();
  }

  #end(failure?: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#failure = failure;
  }

  #cancel(): void {
    this.#reader.cancel().catch(() => undefined);
  }
}

function createInterruption(cause: unknown): Error {
  return new IncompleteCompletionError('interrupted', '', { cause });
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error('The response cannot be read.', { cause: error });
}

/** The JSON value of a text, `undefined` if it is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
