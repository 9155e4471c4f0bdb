import { isArray, isContainer } from '../../partials/Container.js';
import { setUnlessWithheld } from './Overlay.js';

/**
 * An object or array that was made anew; or, where it came out with the very members of the one before, that one: what
 * has not changed is to stay the same object, or every reader of partials would draw it anew.
 */
export function keepSame<T>(now: T, before: unknown): T {
  return isContainer(now) && hasMembersOf(before, now) ? before : now;
}

function hasMembersOf<T extends object>(value: unknown, other: T): value is T {
  if (!isContainer(value) || isArray(value) !== isArray(other)) return false;
  const keys = Object.keys(other);
  return (
    keys.length === Object.keys(value).length &&
    keys.every((key) => Object.hasOwn(value, key) && Reflect.get(value, key) === Reflect.get(other, key))
  );
}

/**
 * A value that was decoded anew, made of the parts that it has in common with one that may have been shown. It looks
 * into both as deep as they are, so it is for values that come out once, or are kept where they are the same object.
 */
export function keepParts(now: unknown, before: unknown): unknown {
  if (now === before || !isContainer(now) || !isContainer(before)) return now;
  if (!isPlain(now)) return isSameMoment(now, before) ? before : now;
  const parts = isArray(now) ? [] : {};
  for (const key of Object.keys(now))
    setUnlessWithheld(parts, key, keepParts(Reflect.get(now, key), Reflect.get(before, key)));
  return keepSame(keepSame(parts, now), before);
}

/** Instances of classes are compared by what they are, not by their properties. */
function isPlain(value: object): boolean {
  return isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

/** A date that was decoded again: without this, a comparison by identity would see a change. */
function isSameMoment(now: object, before: object): boolean {
  return now instanceof Date && before instanceof Date && now.getTime() === before.getTime();
}
