import { isObject, setChild, type JsonObject } from '../../partials/Container.js';
import { withheld } from './Cursor.js';
import type { AbsentKeys } from './Place.js';

const NO_CHANGES: ReadonlyMap<string, unknown> = new Map();

/**
 * Where an object that was decoded differs from the wire's. While it does not, the wire's own object is the result.
 *
 * Most codecs change little or nothing, so a copy of each object would cost the most and say the least.
 */
export class Overlay {
  /** By key: another value, or {@link withheld} where the result has no such key. */
  #changes: Map<string, unknown> | undefined;

  get isEmpty(): boolean {
    return this.#changes === undefined || this.#changes.size === 0;
  }

  has(key: string): boolean {
    return this.#changes !== undefined && this.#changes.has(key);
  }

  set(key: string, value: unknown): void {
    this.#changes ??= new Map();
    this.#changes.set(key, value);
  }

  /** The result has no such key. */
  drop(key: string): void {
    this.set(key, withheld);
  }

  /** The result has of this key what the wire has. */
  forget(key: string): void {
    this.#changes?.delete(key);
  }

  /** For the shown object, from the moment on that it is another than the result. */
  clone(): Overlay {
    const copy = new Overlay();
    if (this.#changes !== undefined) copy.#changes = new Map(this.#changes);
    return copy;
  }

  /** The result; of the key that is still open, what is shown of it. */
  applyTo(value: JsonObject, openKey?: string, shown?: unknown): object {
    if (this.isEmpty && (openKey === undefined || shown === value[openKey])) return value;
    // The wire's keys first, in its order; then keys that codecs have added.
    const changes = this.#changes ?? NO_CHANGES;
    const result = {};
    for (const key of Object.keys(value)) {
      if (changes.has(key)) setUnlessWithheld(result, key, changes.get(key));
      else setUnlessWithheld(result, key, key === openKey ? shown : value[key]);
    }
    for (const [key, change] of changes) if (!Object.hasOwn(value, key)) setUnlessWithheld(result, key, change);
    return result;
  }
}

/** Sets an own property, unless the value is withheld. */
export function setUnlessWithheld(target: Record<string, unknown>, key: string, value: unknown): void {
  if (value !== withheld) setChild(target, key, value);
}

/** An object without the keys of which a `null` means that they are not there. */
export function withoutAbsent(value: unknown, absent: AbsentKeys | undefined): unknown {
  if (absent === undefined || !isObject(value)) return value;
  const rest = new Overlay();
  for (const key of Object.keys(value)) if (value[key] === null && absent(key)) rest.drop(key);
  return rest.applyTo(value);
}
