import type { CompletionModel, Question } from '../completions/CompletionModel.js';
import { toBase64 } from '../completions/toBase64.js';

/** Parameters by which providers are told keys: for the MCP servers that they are to ask, say. */
const SECRET = /^(headers|.*(authorization|token|api_?key|secret|password))$/i;

/**
 * A string that is the same for the same question to the same model: made of its parameters, the messages and the shape
 * of the answer. Keys of objects count in any order. A store may be anywhere: of the secrets among the parameters, it
 * gets numbers that tell them apart.
 */
export function writeQuestionKey<M>(
  { model, mode, params, dialect }: CompletionModel<M>,
  { messages, answer, tools, steps }: Question<M>,
): string {
  const parts = [messages, answer, tools, steps];
  return JSON.stringify([model, mode, dialect, params], hide) + JSON.stringify(parts, canonicalize);
}

/** `this` is what holds the value: bytes come as they are, before `toJSON` makes something else of them. */
function canonicalize(this: unknown, key: string, value: unknown): unknown {
  const held = (this as Readonly<Record<string, unknown>>)[key];
  if (held instanceof Uint8Array) return toBase64(held);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same for parameters. */
function hide(this: unknown, key: string, value: unknown): unknown {
  const isSecret = SECRET.test(key) && (typeof value === 'string' || (typeof value === 'object' && value !== null));
  if (!isSecret) return canonicalize.call(this, key, value);
  const text = JSON.stringify(value, canonicalize);
  // With 32 bits alone, two users' keys could share a number by chance, and then an answer.
  return [sum(text, 0x811c9dc5), sum(text, 0x1b873593)];
}

/** A number for a text (FNV-1a, from any beginning). A key cannot be made of it. */
function sum(text: string, beginning: number): number {
  let hash = beginning;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
