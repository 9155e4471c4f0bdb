import { ProviderError } from '../../completions/ProviderError.js';
import { readBeginning } from '../../foundation/readBeginning.js';
import { readLines } from './readLines.js';
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
  readonly chunks: AsyncIterable<OllamaChunk>;
}

/**
 * Asks Ollama.
 *
 * @throws ProviderError for an HTTP error, with its status and the beginning of its body. Errors of `fetch` pass
 *   unchanged.
 */
export async function requestOllama({ host, fetch, headers, body, signal }: OllamaRequest): Promise<OllamaResponse> {
  const ask = fetch ?? globalThis.fetch;
  const response = await ask(`${toBaseUrl(host)}/api/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok || response.body === null)
    throw new ProviderError(parse(await readBeginning(response.body, signal)), response.status);
  const { headers: received } = response;
  const isTold = received.get('content-type')?.includes('ndjson') === true;
  return { headers: received, chunks: readLines(response.body, isTold) };
}

/** As OLLAMA_HOST has it: with or without a scheme, a port, a slash at its end. */
export function toBaseUrl(host = '127.0.0.1'): string {
  if (/^https?:\/\//i.test(host)) return host.replace(/\/+$/, '');
  const bare = host.replace(/\/+$/, '');
  return /:\d+(\/|$)/.test(bare) ? `http://${bare}` : `http://${bare.replace(/(?=\/|$)/, `:${PORT}`)}`;
}

/** JSON, or else the text itself. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
