import type { Json } from '../../partials/PartialJson.js';
import { withheld } from './Cursor.js';

export type JsonObject = Readonly<Record<string, Json>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Array.isArray` does not know readonly arrays. */
export function isJsonArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

const NONE: ReadonlyMap<string, unknown> = new Map();

/** Where an object that was decoded differs from the wire's. While it does not, the wire's own object is the result. */
export class Overlay {
  private changes: Map<string, unknown> | undefined;

  get isEmpty(): boolean {
    return this.changes === undefined || this.changes.size === 0;
  }

  has(key: string): boolean {
    return this.changes !== undefined && this.changes.has(key);
  }

  set(key: string, value: unknown): void {
    this.changes ??= new Map();
    this.changes.set(key, value);
  }

  /** The result has no such key. */
  drop(key: string): void {
    this.set(key, withheld);
  }

  /** The result has of this key what the wire has. */
  forget(key: string): void {
    this.changes?.delete(key);
  }

  clone(): Overlay {
    const copy = new Overlay();
    if (this.changes !== undefined) copy.changes = new Map(this.changes);
    return copy;
  }

  /** The result; of the key that is still open, what is shown of it. */
  over(value: JsonObject, openKey?: string, shown?: unknown): object {
    if (this.isEmpty && (openKey === undefined || shown === value[openKey])) return value;
    const changes = this.changes ?? NONE;
    const result = {};
    for (const key of Object.keys(value)) {
      if (changes.has(key)) setOwn(result, key, changes.get(key));
      else setOwn(result, key, key === openKey ? shown : value[key]);
    }
    for (const [key, change] of changes) if (!Object.hasOwn(value, key)) setOwn(result, key, change);
    return result;
  }
}

/** `__proto__` is a key like any other; and `Reflect.set` keeps an object of many keys fast. */
export function setOwn(target: object, key: string, value: unknown): void {
  if (value === withheld) return;
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  else Reflect.set(target, key, value);
}
