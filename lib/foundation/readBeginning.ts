/** How much is read of a response that came instead of an answer, in characters. */
const LIMIT = 10_000;
/** And for how long, in milliseconds: a body may never end. */
const PATIENCE = 2000;

/**
 * The beginning of a body, as text. The rest is cancelled.
 *
 * @param signal Ends the reading.
 */
export async function readBeginning(body: ReadableStream<Uint8Array> | null, signal: AbortSignal): Promise<string> {
  if (body === null) return '';
  const reader = body.getReader();
  const cancel = (): void => {
    reader.cancel().catch(() => undefined);
  };
  const timer = setTimeout(cancel, PATIENCE);
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();

  const decoder = new TextDecoder();
  let text = '';
  while (text.length < LIMIT) {
    // A body that breaks off ends there.
    const bytes = await reader.read().catch(() => undefined);
    if (bytes?.value === undefined) break;
    text += decoder.decode(bytes.value.subarray(0, 4 * LIMIT), { stream: true });
  }
  clearTimeout(timer);
  signal.removeEventListener('abort', cancel);
  cancel();
  return text.slice(0, LIMIT);
}
