import type { CompletionModel, Question } from '../completions/CompletionModel.js';
import { toBase64 } from '../completions/toBase64.js';

/**
 * A string that is the same for the same question to the same model: made of its parameters, the messages and the shape
 * of the answer. Keys of objects count in any order.
 */
export function writeQuestionKey<M>(
  { model, mode, params, dialect }: CompletionModel<M>,
  { messages, answer, tools, steps }: Question<M>,
): string {
  return JSON.stringify([model, mode, dialect, params, messages, answer, tools, steps], canonicalize);
}

/** `this` is what holds the value: bytes come as they are, before `toJSON` makes something else of them. */
function canonicalize(this: unknown, key: string, value: unknown): unknown {
  const held = (this as Readonly<Record<string, unknown>>)[key];
  if (held instanceof Uint8Array) return toBase64(held);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
