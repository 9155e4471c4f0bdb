/**
 * Milliseconds in which the end of a response may follow the end of its answer, so that the connection is used again.
 */
const DRAIN = 100;

/** Reads on to the end of a response for a moment, and gives it up then. How the connection ends does not matter. */
export async function drainBody(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const timer = setTimeout(() => {
    reader.cancel().catch(() => undefined);
  }, DRAIN);
  try {
    while (!(await reader.read()).done);
  } catch {
    // It broke.
  }
  clearTimeout(timer);
}
