import type { Json } from './PartialJson.js';

/** An object or array that can still be written to. */
export type Container = Json[] | Record<string, Json>;

/**
 * Sets an own property, `__proto__` included. An object that is built with `object[key] = value` becomes a slow one
 * at some twenty keys; built with `Reflect.set` it stays fast, and fast to copy, up to a thousand.
 */
export function setChild(container: Container, position: string | number, value: Json): void {
  if (position === '__proto__')
    Object.defineProperty(container, position, { value, writable: true, enumerable: true, configurable: true });
  else Reflect.set(container, position, value);
}

export function copyOf(container: Container): Container {
  return Array.isArray(container) ? container.slice() : { ...container };
}
