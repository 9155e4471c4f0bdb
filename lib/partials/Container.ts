import { isObject as isAnyObject } from '../foundation/isObject.js';
import type { Json } from './PartialJson.js';

export type JsonObject = Readonly<Record<string, Json>>;

/** An object or array. */
export type JsonContainer = readonly Json[] | JsonObject;

/** One that can still be written to. */
export type Container = Json[] | Record<string, Json>;

/** Sets an own property, `__proto__` included. */
export function setChild<T>(container: T[] | Record<string, T>, position: string | number, value: T): void {
  if (Array.isArray(container)) container[Number(position)] = value;
  else if (position !== '__proto__') container[position] = value;
  else Object.defineProperty(container, position, { value, writable: true, enumerable: true, configurable: true });
}

export function copyContainer(container: JsonContainer): Container {
  return isArray(container) ? container.slice() : { ...container };
}

/** The child at a position of a container, if there is one. */
export function getChild(container: JsonContainer, position: string | number): Json | undefined {
  // The cast: an array has its elements at its indexes, as an object has its members at their keys.
  return Object.hasOwn(container, position) ? (container as Record<string | number, Json>)[position] : undefined;
}

export function isContainer(value: unknown): value is JsonContainer {
  return typeof value === 'object' && value !== null;
}

/** The predicate of every stage, for what is known to be JSON. */
export function isObject(value: unknown): value is JsonObject {
  return isAnyObject(value);
}

/** `Array.isArray` does not know readonly arrays. */
export function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** The elements of a list; anything else counts as an empty one. */
export function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
