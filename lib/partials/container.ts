import type { Json } from './PartialJson.js';

/** An object or array that can still be written to. */
export type Container = Json[] | Record<string, Json>;

/**
 * Adds an own property, `__proto__` included.
 *
 * An object whose keys were added with `object[key] = value` becomes a slow one at some twenty keys. Added with
 * `Reflect.set` they leave it fast, and fast to copy, up to a thousand.
 */
export function addChild(container: Container, position: string | number, value: Json): void {
  if (typeof position === 'number') replaceChild(container, position, value);
  else if (position === '__proto__')
    Object.defineProperty(container, position, { value, writable: true, enumerable: true, configurable: true });
  else Reflect.set(container, position, value);
}

/** Writes to an own property that is there. */
export function replaceChild(container: Container, position: string | number, value: Json): void {
  if (!Array.isArray(container)) container[position] = value;
  else if (typeof position === 'number') container[position] = value;
}

export function copyOf(container: Container): Container {
  return Array.isArray(container) ? container.slice() : { ...container };
}
