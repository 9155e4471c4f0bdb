import { ProviderError } from '../../completions/ProviderError.js';
import { IncompleteCompletionError } from '../../deltas/IncompleteCompletionError.js';
import { GrowingText } from '../../foundation/GrowingText.js';
import { isObject } from '../../foundation/isObject.js';
import { drainBody } from '../drainBody.js';
import { toUnstreamedError } from '../toUnstreamedError.js';
import type { OllamaChunk } from './OllamaChunk.js';

/** Characters of a page before it is known for one. */
const LONGEST_PAGE = 4_000;
const PAGE = /^\s*</;

/**
 * The chunks of a body, a document per line. A line may come in any number of pieces, and so may a character.
 *
 * Ends with the line that ends the answer. A connection that breaks after its first byte is an interruption, and so is
 * one that ends within a line.
 *
 * @param isTold The server says that these are lines of JSON: none at all is an interruption, too.
 */
export async function* readLines(body: ReadableStream<Uint8Array>, isTold: boolean): AsyncGenerator<OllamaChunk> {
  const decoder = new TextDecoder();
  // Not `for await`: Safari's streams have no iterator.
  const reader = body.getReader();
  /** The line that is open. */
  const rest = new GrowingText();
  /** Bytes have come. */
  let hasBegun = false;
  /** A chunk has come: what is no chunk is not another server's page, but a fault within the answer. */
  let hasChunk = false;
  /** The beginning was seen, and is not that of a page. */
  let isSeen = false;

  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw hasBegun ? new IncompleteCompletionError('interrupted', '', { cause: error }) : error;
    });
    hasBegun ||= value !== undefined;
    const [more = '', ...begun] = decoder.decode(value, { stream: !done }).split('\n');
    rest.append(more);
    for (const next of begun) {
      const line = rest.toString();
      rest.reset(next);
      const chunk = readLine(line, hasChunk);
      if (chunk === undefined) continue;
      hasChunk = true;
      yield chunk;
      if (chunk.done !== true) continue;
      void drainBody(reader);
      return;
    }
    if (done) break;
    if (hasChunk || isSeen || rest.length <= LONGEST_PAGE) continue;
    isSeen = true;
    if (PAGE.test(rest.toString())) throw toUnstreamedError(rest.toString(), 'host');
  }
  const text = rest.toString();
  const last = parse(text);
  if (isObject(last)) yield last;
  // A line that was cut says nothing: the answer has no end, and that is how it is told.
  else if (!hasChunk && !(isTold && text === '') && !/^\s*\{/.test(text)) throw toUnstreamedError(text, 'host');
}

/** The chunk of a line; `undefined` for a blank one, and for a `null` and the like. */
function readLine(line: string, hasChunk: boolean): OllamaChunk | undefined {
  if (line.trim() === '') return undefined;
  const value = parse(line);
  if (isObject(value)) return value;
  if (value !== undefined) return undefined;
  if (!hasChunk) throw toUnstreamedError(line, 'host');
  // It may be a part of the answer, and is not quoted.
  throw new ProviderError(line, undefined, `A line of ${line.length} characters in the answer is not JSON.`);
}

/** The JSON value of a text, `undefined` if it is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
