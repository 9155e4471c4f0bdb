import { isObject, keepSame } from './keepSame.js';
import { setOwn } from './Overlay.js';

/** A value that was decoded anew, made of the parts that it has in common with one that may have been shown. */
export function keepParts(now: unknown, before: unknown): unknown {
  if (!isObject(now) || !isObject(before)) return now;
  if (!isPlain(now)) return isSameMoment(now, before) ? before : now;
  const parts = Array.isArray(now) ? [] : {};
  for (const key of Object.keys(now)) setOwn(parts, key, keepParts(Reflect.get(now, key), Reflect.get(before, key)));
  return keepSame(keepSame(parts, now), before);
}

/** Of others nobody knows what they are made of. */
function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

function isSameMoment(now: object, before: object): boolean {
  return now instanceof Date && before instanceof Date && now.getTime() === before.getTime();
}
