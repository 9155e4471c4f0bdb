import type { StartEvent } from './CompletionEvent.js';

/**
 * Tells a start that names the answer from one that says it begins anew. Some servers name id or model only after the
 * first text, or one at a time; a proxy that lost the server behind it may begin a second answer in one response.
 */
export class Naming {
  /** Whether a start has come. */
  #named = false;
  #id: string | undefined;
  #model: string | undefined;

  /** Whether the answer begins anew with this start: it is not the first, and adds no name that was missing. */
  beginsAnew({ id, model }: StartEvent): boolean {
    const adds = (id !== undefined && this.#id === undefined) || (model !== undefined && this.#model === undefined);
    const agrees = (id ?? this.#id) === (this.#id ?? id) && (model ?? this.#model) === (this.#model ?? model);
    const anew = this.#named && !(adds && agrees);
    this.#named = true;
    this.#id = anew ? id : (this.#id ?? id);
    this.#model = anew ? model : (this.#model ?? model);
    return anew;
  }
}
