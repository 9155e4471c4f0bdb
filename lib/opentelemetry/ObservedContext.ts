import type { Context } from '@opentelemetry/api';

/**
 * A context that tells of the GenAI spans that are put into it, or into a context made from it: someone further down
 * traces the request to the model as well. Spans of other kinds, such as HTTP, do not matter to it.
 */
export class ObservedContext implements Context {
  readonly #inner: Context;
  readonly #onGenAiSpan: () => void;

  constructor(inner: Context, onGenAiSpan: () => void) {
    this.#inner = inner;
    this.#onGenAiSpan = onGenAiSpan;
  }

  getValue(key: symbol): unknown {
    return this.#inner.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    if (isGenAiSpan(value)) this.#onGenAiSpan();
    return new ObservedContext(this.#inner.setValue(key, value), this.#onGenAiSpan);
  }

  deleteValue(key: symbol): Context {
    return new ObservedContext(this.#inner.deleteValue(key), this.#onGenAiSpan);
  }
}

/** The API does not let spans be read; those of the SDK, which are the ones that are exported, can be. */
function isGenAiSpan(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('attributes' in value)) return false;
  const { attributes } = value;
  return typeof attributes === 'object' && attributes !== null && 'gen_ai.operation.name' in attributes;
}
