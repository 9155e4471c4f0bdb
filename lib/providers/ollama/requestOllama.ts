import { ProviderError } from '../../completions/ProviderError.js';
import { toBase64 } from '../../completions/toBase64.js';
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
  const { url, headers: sent } = takeCredentials(`${toBaseUrl(host)}/api/chat`, headers);
  const response = await ask(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...sent },
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

/** A name and a password in an address are sent as a header: `fetch` takes none, and its error would show them. */
function takeCredentials(address: string, headers: OllamaRequest['headers'] = {}) {
  const [whole, scheme = '', credentials] = /^(https?:\/\/)([^/?#]*)@/i.exec(address) ?? [];
  if (whole === undefined || credentials === undefined) return { url: address, headers };
  const url = scheme + address.slice(whole.length);
  if (Object.keys(headers).some((name) => name.toLowerCase() === 'authorization')) return { url, headers };
  const bytes = new TextEncoder().encode(decode(credentials));
  return { url, headers: { ...headers, authorization: `Basic ${toBase64(bytes)}` } };
}

function decode(credentials: string): string {
  try {
    return decodeURIComponent(credentials);
  } catch {
    return credentials;
  }
}

/** JSON, or else the text itself. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
