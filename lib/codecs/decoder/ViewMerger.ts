import { isArray, isContainer, isObject, type JsonObject } from '../../partials/Container.js';
import { withheld } from './Cursor.js';
import type { Member } from './MembersCursor.js';
import { keepParts, keepSame } from './keepSame.js';
import { setShown } from './Overlay.js';

/** Puts together what partials show of an object that the members of an intersection read side by side. */
export class ViewMerger {
  readonly #members: readonly Member[];
  /** By key the members that know it, filled when a key is met: asking a record costs a validation. */
  readonly #knowing = new Map<string, readonly number[]>();
  /** The last merged value. */
  #value: unknown;
  #views: readonly unknown[] = [];
  #merged: unknown;
  #before: unknown;
  /** By key what was merged last of a value that several members show in ways of their own. */
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
   * @param before The view of the intersection so far, whose parts are kept where they are the same.
   */
  merge(value: unknown, views: readonly unknown[], before: unknown): unknown {
    const isSame = value === this.#value && views.every((view, index) => view === this.#views[index]);
    if (isSame) return this.#merged;
    this.#value = value;
    this.#views = views;
    this.#before = before;
    this.#merged = isObject(value) && views.every(isObject) ? this.#mergeObjects(value, views) : withheld;
    return this.#merged;
  }

  #mergeObjects(value: JsonObject, views: readonly JsonObject[]): object {
    const merged = {};
    // The wire's keys in its order, then those that members have added.
    for (const key of Object.keys(value)) setShown(merged, key, this.#mergeKey(key, value[key], views));
    for (const view of views) {
      if (view === value) continue;
      for (const key of Object.keys(view))
        if (!Object.hasOwn(value, key) && !Object.hasOwn(merged, key))
          setShown(merged, key, this.#mergeKey(key, undefined, views));
    }
    return merged;
  }

  #mergeKey(key: string, wire: unknown, views: readonly JsonObject[]): unknown {
    const knowing = this.#knowingOf(key);
    // A plain loop: this runs for each key of the object in each snapshot that changes it.
    let count = 0;
    let changes = 0;
    let change: unknown;
    for (const index of knowing) {
      const view = views[index];
      if (view === undefined || !Object.hasOwn(view, key)) continue;
      count++;
      if (view[key] === wire) continue;
      changes++;
      change = view[key];
    }
    if (knowing.length === 0) return this.#mergeUnknown(key, wire, views);
    // A member that knows the key withholds it, and no other may show what may still turn out otherwise.
    if (count < knowing.length) return withheld;
    // Once two members have shown the value in their own ways it is merged for good, or its parts would be copied.
    const known = this.#conflicts.get(key);
    if (known === undefined && changes <= 1) return changes === 0 ? wire : change;
    const shown = knowing.map((index) => views[index]?.[key]);
    const conflict = mergeShown(wire, shown, known, partOf(this.#before, key));
    this.#conflicts.set(key, conflict);
    return conflict.merged;
  }

  /** A key that no member knows comes out as it went in, unless a member has made something of it all the same. */
  #mergeUnknown(key: string, wire: unknown, views: readonly JsonObject[]): unknown {
    const having = views.filter((view) => Object.hasOwn(view, key));
    if (having.length === 0) return withheld;
    const changed = having.find((view) => view[key] !== wire);
    return (changed ?? having[0])?.[key];
  }

  /** The members to ask about a key; none for a key that only passes. */
  #knowingOf(key: string): readonly number[] {
    let knowing = this.#knowing.get(key);
    if (knowing === undefined) {
      knowing = this.#members.flatMap(({ plan }, index) => (plan.claims(key) ? [index] : []));
      this.#knowing.set(key, knowing);
    }
    return knowing;
  }
}

/**
 * A value that several members show in ways of their own, and what came of it; kept, so that parts stay the same
 * object.
 */
interface Merging {
  readonly wire: unknown;
  readonly views: readonly unknown[];
  readonly merged: unknown;
  readonly parts: ReadonlyMap<string, Merging>;
}

/**
 * For each part that all views have, takes the view that differs from the wire; for values without parts, the last
 * view.
 *
 * @param shown What was shown here before.
 */
function mergeShown(wire: unknown, views: readonly unknown[], before: Merging | undefined, shown: unknown): Merging {
  if (before !== undefined && before.wire === wire && views.every((view, index) => view === before.views[index]))
    return before;
  const changed = views.filter((view) => view !== wire);
  if (changed.length <= 1 || !(changed.every(isObject) || changed.every(isArray))) {
    const merged = keepParts(changed.length === 0 ? wire : changed.at(-1), shown);
    return { wire, views, merged, parts: new Map() };
  }
  const parts = new Map<string, Merging>();
  const merged: Record<string, unknown> | unknown[] = isArray(changed[0]) ? [] : {};
  // A part that one of the views withholds is withheld.
  for (const key of new Set(changed.flatMap((view) => Object.keys(view as object)))) {
    if (views.some((view) => isMissing(view, wire, key))) continue;
    const inner = views.map((view) => partOf(view, key));
    const merging = mergeShown(partOf(wire, key), inner, before?.parts.get(key), partOf(shown, key));
    parts.set(key, merging);
    setShown(merged as Record<string, unknown>, key, merging.merged);
  }
  return { wire, views, merged: keepSame(merged, shown), parts };
}

function partOf(view: unknown, key: string): unknown {
  return isContainer(view) && Object.hasOwn(view, key) ? Reflect.get(view, key) : undefined;
}

/** A view withholds a part that the wire has. */
function isMissing(view: unknown, wire: unknown, key: string): boolean {
  return isContainer(view) && !Object.hasOwn(view, key) && isContainer(wire) && Object.hasOwn(wire, key);
}
