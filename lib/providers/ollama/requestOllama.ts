import { ProviderError } from '../../completions/ProviderError.js';
import type { OllamaChunk } from './OllamaChunk.js';

/** Where Ollama listens. */
const PORT = 11434;

/** A request to `/api/chat`. */
export interface OllamaRequest {
  readonly host: string | undefined;
  readonly fetch: typeof globalThis.fetch | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly body: object;
  readonly signal: AbortSignal;
}

/** An answer under way. */
export interface OllamaResponse {
  readonly headers: Headers;
  readonly chunks: AsyncIterable<OllamaChunk | string>;
}

/**
 * Asks Ollama.
 *
 * @throws ProviderError for an HTTP error, with its status and its body. Errors of `fetch` pass unchanged.
 */
export async function requestOllama({ host, fetch, headers, body, signal }: OllamaRequest): Promise<OllamaResponse> {
  const ask = fetch ?? globalThis.fetch;
  const response = await ask(`${toBaseUrl(host)}/api/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok || response.body === null) throw new ProviderError(parse(await response.text()), response.status);
  return { headers: response.headers, chunks: readLines(response.body) };
}

/** As OLLAMA_HOST has it: with or without a scheme, a port, a slash at its end. */
export function toBaseUrl(host = '127.0.0.1'): string {
  if (/^https?:\/\//i.test(host)) return host.replace(/\/+$/, '');
  const bare = host.replace(/\/+$/, '');
  return /:\d+(\/|$)/.test(bare) ? `http://${bare}` : `http://${bare.replace(/(?=\/|$)/, `:${PORT}`)}`;
}

/** A document per line; a line may come in any number of pieces, and so may a character. */
async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<OllamaChunk | string> {
  const decoder = new TextDecoder();
  // Not `for await`: Safari's streams have no iterator.
  const reader = body.getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield parse(line) as OllamaChunk | string;
    if (done) break;
  }
  if (rest.trim() === '') return;
  const last = parse(rest);
  // A line that was cut says nothing: the answer has no end, and that is how it is told.
  if (typeof last !== 'string') yield last as OllamaChunk;
}

/** JSON, or else the text itself. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
