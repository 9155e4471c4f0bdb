import type { CompletionEvent } from '../completions/CompletionEvent.js';
import { ProviderError } from '../completions/ProviderError.js';
import { IncompleteCompletionError } from '../deltas/IncompleteCompletionError.js';
import { isKeepAlive } from './isKeepAlive.js';
import { ResponseReader } from './ResponseReader.js';
import { SseChunks, type WireFormat } from './SseChunks.js';
import { isNodeStream, toWebStream } from './toWebStream.js';

/** The SDKs' promises can also give the HTTP response. Test doubles and wrapped clients may not. */
interface ResponsePromise<C> extends PromiseLike<AsyncIterable<C>> {
  asResponse(): Promise<Response>;
}

/**
 * Reads one response to the request of an SDK.
 *
 * Where the SDK gives its HTTP response, the events are read from its body: an SDK's own iteration takes twice the
 * time, and tells neither a cut event from a wrong one, nor what the server sent instead of a stream. The request, its
 * retries and its errors stay the SDK's. Other clients are iterated over.
 */
export class SdkResponse<C> {
  readonly #client: object;
  readonly #format: WireFormat<C>;
  readonly #reader: ResponseReader<C>;

  constructor(client: object, format: WireFormat<C>, toEvents: (chunk: C) => Iterable<CompletionEvent>) {
    this.#client = client;
    this.#format = format;
    this.#reader = new ResponseReader(toEvents);
  }

  /** Waits for the response to an SDK's request; what it gives at a time is read at once. */
  async open(request: PromiseLike<AsyncIterable<C>>): Promise<AsyncIterable<readonly C[]>> {
    if (!tellsResponse(request) || (await isTraced(request))) return iterate(await request, this.#format);
    const response = await request.asResponse();
    this.#reader.tell(response.headers);
    // A 204, say: the SDK names no status for it.
    if (response.body === null && response.status !== 200) throw new ProviderError('', response.status);
    const body = getStream(response);
    if (body === undefined) return iterate(await request, this.#format);
    return new SseChunks(response, body, {
      ...this.#format,
      isSilent: () => this.#reader.isSilent,
      toApiError: (failure) => toApiError(this.#client, failure, response),
    });
  }

  /** The events of what came at once. */
  *read(chunks: readonly C[]): Generator<CompletionEvent> {
    for (const chunk of chunks) yield* this.#reader.read(chunk);
  }
}

/**
 * Whether the SDK traces this request itself, as Anthropic's does where OpenTelemetry is set up: only its own iteration
 * tells its span what came, and ends it with the answer.
 */
async function isTraced(request: object): Promise<boolean> {
  if (!('responsePromise' in request)) return false;
  const made = (await request.responsePromise) as { readonly options?: { readonly __span?: unknown } } | undefined;
  return made?.options?.__span !== undefined;
}

function tellsResponse<C>(request: PromiseLike<AsyncIterable<C>>): request is ResponsePromise<C> {
  return 'asResponse' in request && typeof request.asResponse === 'function';
}

/** The body as one of the web's streams: `openai` 4 brings a fetch of its own, with one of Node's. */
function getStream({ body }: Response): ReadableStream<Uint8Array> | undefined {
  if (body === null) return undefined;
  if (typeof body.getReader === 'function') return body;
  return isNodeStream(body) ? toWebStream(body) : undefined;
}

/** The error that the SDK of this client throws for a failure inside the stream. */
function toApiError({ constructor }: object, failure: unknown, { headers }: Response): Error {
  const ApiError: unknown = 'APIError' in constructor ? constructor.APIError : undefined;
  if (typeof ApiError !== 'function') return new ProviderError(failure);
  const error: unknown =
    typeof failure === 'string'
      ? Reflect.construct(ApiError, [undefined, undefined, failure, headers])
      : Reflect.construct(ApiError, [undefined, failure, undefined, headers]);
  return error instanceof Error ? error : new ProviderError(failure);
}

/** The chunks of an SDK's own iteration, up to the last one of the answer. */
async function* iterate<C>(chunks: AsyncIterable<C>, format: WireFormat<C>): AsyncGenerator<readonly C[]> {
  let hasBegun = false;
  try {
    for await (const chunk of chunks) {
      hasBegun = true;
      if (typeof chunk !== 'object' || chunk === null || isKeepAlive(chunk)) continue;
      yield [chunk];
      if (format.isLast(chunk)) return;
    }
  } catch (error) {
    // Only the SDK's parser throws these: the connection has ended inside an event.
    if (hasBegun && error instanceof SyntaxError)
      throw new IncompleteCompletionError('interrupted', '', { cause: error });
    throw error;
  }
}
