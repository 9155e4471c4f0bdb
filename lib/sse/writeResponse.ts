import { expectArgument, hasMethod } from '../foundation/expectArgument.js';

/** The needed part of Node's `ServerResponse`, which is Express' `res` as well, or of its HTTP/2 sibling. */
export interface NodeResponse {
  /** HTTP/2 says it of the stream. */
  readonly destroyed?: boolean;
  readonly stream?: { readonly destroyed: boolean } | undefined;
  readonly req?: { readonly method?: string | undefined };
  writeHead(status: number, headers: Record<string, string>): unknown;
  write(chunk: Uint8Array): boolean;
  end(): unknown;
  destroy(): unknown;
  once(event: 'close' | 'drain', listener: () => void): unknown;
  removeListener(event: 'close' | 'drain', listener: () => void): unknown;
}

/**
 * Writes a web `Response` to a response of Node's `http`, or of Express.
 *
 * Like `pipeline(Readable.fromWeb(response.body), res)`, with the headers, and without an error when the client leaves.
 *
 * 1. No faster than the client reads.
 * 2. When the client leaves, the body is cancelled at once, though nothing may be there to be written: `for await`
 *    would notice with the next chunk only, and until then the model goes on. So it is where the client has left
 *    before.
 * 3. A `HEAD` request gets the headers; the body is cancelled, and the model is not asked.
 * 4. Over HTTP/2 as over HTTP/1.
 *
 * @example
 * import { createServer } from 'node:http';
 * import { of } from 'rxjs';
 * import { toSseResponse, writeResponse } from 'rx-structured/sse';
 *
 * const server = createServer((request, response) => {
 *   writeResponse(toSseResponse(of({ type: 'text', text: '{}' })), response);
 * });
 * server.listen(0, async () => {
 *   const { port } = server.address() as { port: number };
 *   const response = await fetch(`http://127.0.0.1:${port}/`);
 *   console.log(response.status, response.headers.get('content-type'));
 *   await response.text();
 *   server.close();
 * });
 * // Logs:
 * // 200 text/event-stream; charset=utf-8
 *
 * @see {@link toSseResponse} for the response
 * @param response What is written.
 * @param to Where to. Nothing may have been written there.
 * @since 0.1.0
 */
export function writeResponse(response: Response, to: NodeResponse): void {
  const isResponse = hasMethod((response as Response | null | undefined)?.headers, 'get');
  expectArgument('writeResponse', isResponse, 'a Response, as toSseResponse(events) makes one', response);
  const { status, headers, body } = response;
  const isGone = isClosed(to);
  // HTTP/2 throws if the client is gone.
  if (!isGone) to.writeHead(status, Object.fromEntries(headers));
  if (isGone || body === null || to.req?.method === 'HEAD') {
    body?.cancel().catch(() => undefined);
    if (!isGone) to.end();
    return;
  }
  write(body.getReader(), to).catch(() => {
    to.destroy();
  });
}

function isClosed({ destroyed, stream }: NodeResponse): boolean {
  return destroyed === true || stream?.destroyed === true;
}

async function write(body: ReadableStreamDefaultReader<Uint8Array>, to: NodeResponse): Promise<void> {
  const leave = (): void => {
    body.cancel().catch(() => undefined);
  };
  to.once('close', leave);
  for (;;) {
    const { value } = await body.read();
    if (value === undefined || isClosed(to)) break;
    if (!to.write(value)) await waitForDrain(to);
  }
  to.removeListener('close', leave);
  if (isClosed(to)) leave();
  else to.end();
}

/** Drained, or closed and never to be. */
function waitForDrain(to: NodeResponse): Promise<void> {
  if (isClosed(to)) return Promise.resolve();
  return new Promise((resolve) => {
    const settle = (): void => {
      to.removeListener('drain', settle);
      to.removeListener('close', settle);
      resolve();
    };
    to.once('drain', settle);
    to.once('close', settle);
  });
}
