import { isArray, isContainer, isObject, type JsonObject } from '../../partials/Container.js';
import { withheld } from './Cursor.js';
import type { Member } from './MembersCursor.js';
import { keepParts, keepSame } from './keepSame.js';
import { setUnlessWithheld } from './Overlay.js';

/** Puts together what the members of an intersection show of an object that they read side by side. */
export class ShownMerger {
  readonly #members: readonly Member[];
  /** By key the members that know it, filled when a key is met: asking a record costs a validation. */
  readonly #knowing = new Map<string, readonly number[]>();
  /**
   * The last arguments of `merge`, and its result. Set by `merge` alone: for the same again it is the same object.
   */
  #value: unknown;
  #shownByMember: readonly unknown[] = [];
  #merged: unknown;
  /** The value shown by the intersection before. Set by `merge`, for the merging of single keys. */
  #before: unknown;
  /** By key what was merged last of a value that several members show in ways of their own. It only grows. */
  readonly #conflicts = new Map<string, Merging>();

  constructor(members: readonly Member[]) {
    this.#members = members;
  }

  /**
   * Some member's values were not shown as they are, so results may be equal to them without being the same objects.
   */
  get hasConflicts(): boolean {
    return this.#conflicts.size > 0;
  }

  /**
   * A key is shown when none of the members that know it withholds it, and as that member shows it that shows it
   * otherwise than the wire has it. Where several do, what they show is put together in the same way.
   *
   * @param before What the intersection has shown so far; its parts are kept where they are the same.
   */
  merge(value: unknown, shownByMember: readonly unknown[], before: unknown): unknown {
    const isSame = value === this.#value && shownByMember.every((shown, index) => shown === this.#shownByMember[index]);
    if (isSame) return this.#merged;
    this.#value = value;
    this.#shownByMember = shownByMember;
    this.#before = before;
    this.#merged =
      isObject(value) && shownByMember.every(isObject) ? this.#mergeObjects(value, shownByMember) : withheld;
    return this.#merged;
  }

  #mergeObjects(value: JsonObject, shownByMember: readonly JsonObject[]): object {
    const merged = {};
    // The wire's keys in its order, then those that members have added.
    for (const key of Object.keys(value))
      setUnlessWithheld(merged, key, this.#mergeKey(key, value[key], shownByMember));
    for (const shown of shownByMember) {
      if (shown === value) continue;
      for (const key of Object.keys(shown))
        if (!Object.hasOwn(value, key) && !Object.hasOwn(merged, key))
          setUnlessWithheld(merged, key, this.#mergeKey(key, undefined, shownByMember));
    }
    return merged;
  }

  #mergeKey(key: string, wire: unknown, shownByMember: readonly JsonObject[]): unknown {
    const knowing = this.#findKnowing(key);
    // A plain loop: this runs for each key of the object in each snapshot that changes it.
    let count = 0;
    let changes = 0;
    let change: unknown;
    for (const index of knowing) {
      const shown = shownByMember[index];
      if (shown === undefined || !Object.hasOwn(shown, key)) continue;
      count++;
      if (shown[key] === wire) continue;
      changes++;
      change = shown[key];
    }
    if (knowing.length === 0) return mergeUnknown(key, wire, shownByMember);
    // A member that knows the key withholds it, and no other may show what may still turn out otherwise.
    if (count < knowing.length) return withheld;
    // Once two members have shown the value in their own ways it is merged for good, or its parts would be copied.
    const known = this.#conflicts.get(key);
    if (known === undefined && changes <= 1) return changes === 0 ? wire : change;
    const parts = knowing.map((index) => shownByMember[index]?.[key]);
    const conflict = mergeShown(wire, parts, known, getPart(this.#before, key));
    this.#conflicts.set(key, conflict);
    return conflict.merged;
  }

  /** The members to ask about a key; none for a key that only passes. */
  #findKnowing(key: string): readonly number[] {
    let knowing = this.#knowing.get(key);
    if (knowing === undefined) {
      knowing = this.#members.flatMap(({ plan }, index) => (plan.claims(key) ? [index] : []));
      this.#knowing.set(key, knowing);
    }
    return knowing;
  }
}

/** A key that no member knows comes out as it went in, unless a member has made something of it all the same. */
function mergeUnknown(key: string, wire: unknown, shownByMember: readonly JsonObject[]): unknown {
  const having = shownByMember.filter((shown) => Object.hasOwn(shown, key));
  if (having.length === 0) return withheld;
  const changed = having.find((shown) => shown[key] !== wire);
  return (changed ?? having[0])?.[key];
}

/**
 * A value that several members show in ways of their own, and what came of it; kept, so that parts stay the same
 * object.
 */
interface Merging {
  readonly wire: unknown;
  readonly shownByMember: readonly unknown[];
  readonly merged: unknown;
  readonly parts: ReadonlyMap<string, Merging>;
}

/**
 * For each part that all members show, takes the one that differs from the wire; for values without parts, the last
 * member's.
 *
 * @param last The merging of this value in the snapshot before.
 * @param before What was shown here before.
 */
function mergeShown(
  wire: unknown,
  shownByMember: readonly unknown[],
  last: Merging | undefined,
  before: unknown,
): Merging {
  if (last !== undefined && last.wire === wire && shownByMember.every((shown, at) => shown === last.shownByMember[at]))
    return last;
  const changed = shownByMember.filter((shown) => shown !== wire);
  if (changed.length <= 1 || !(changed.every(isObject) || changed.every(isArray))) {
    const merged = keepParts(changed.length === 0 ? wire : changed.at(-1), before);
    return { wire, shownByMember, merged, parts: new Map() };
  }
  const parts = new Map<string, Merging>();
  const merged: Record<string, unknown> | unknown[] = isArray(changed[0]) ? [] : {};
  // A part that one of the members withholds is withheld.
  for (const key of new Set(changed.flatMap((shown) => Object.keys(shown as object)))) {
    if (shownByMember.some((shown) => isWithheld(shown, wire, key))) continue;
    const inner = shownByMember.map((shown) => getPart(shown, key));
    const merging = mergeShown(getPart(wire, key), inner, last?.parts.get(key), getPart(before, key));
    parts.set(key, merging);
    setUnlessWithheld(merged as Record<string, unknown>, key, merging.merged);
  }
  return { wire, shownByMember, merged: keepSame(merged, before), parts };
}

function getPart(shown: unknown, key: string): unknown {
  return isContainer(shown) && Object.hasOwn(shown, key) ? Reflect.get(shown, key) : undefined;
}

/** A part that the wire has is not shown. */
function isWithheld(shown: unknown, wire: unknown, key: string): boolean {
  return isContainer(shown) && !Object.hasOwn(shown, key) && isContainer(wire) && Object.hasOwn(wire, key);
}
