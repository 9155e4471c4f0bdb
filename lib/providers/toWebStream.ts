/** The part of Node's streams that is needed to read one; `lib/` knows no Node. */
export interface NodeStream extends AsyncIterable<Uint8Array> {
  destroy(): unknown;
}

export function isNodeStream(body: unknown): body is NodeStream {
  return (
    typeof body === 'object' &&
    body !== null &&
    Symbol.asyncIterator in body &&
    'destroy' in body &&
    typeof body.destroy === 'function'
  );
}

/** Reads one of Node's streams as one of the web's. Cancelling it destroys it, so that its connection ends. */
export function toWebStream(body: NodeStream): ReadableStream<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = await chunks.next();
        if (chunk.done === true) controller.close();
        else controller.enqueue(chunk.value);
      },
      cancel() {
        body.destroy();
      },
    },
    // Nothing is read before it is asked for.
    { highWaterMark: 0 },
  );
}
