import { isArray, isObject } from '../../partials/Container.js';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import { reject, type Cursor, type NullReading, type Plan, type Verdict } from './Cursor.js';
import { keepParts, keepSame } from './keepSame.js';
import { haveCommonParts, MembersCursor, joinParts, type Member } from './MembersCursor.js';
import { Node } from './Node.js';
import { setUnlessWithheld, withoutAbsent } from './Overlay.js';
import type { AbsentKeys, Place } from './Place.js';
import { blameMember, type Rejection } from './Rejection.js';
import { ShownMerger } from './ShownMerger.js';

/** The facts that all values of an intersection have in common. Computed once, as for unions. */
interface Layout {
  readonly members: readonly Member[];
  /** Whether values that several members have changed are put together key by key; for io-ts the last one counts. */
  readonly deep: boolean;
  readonly sharesParts: boolean;
  readonly readNull: (key: string) => NullReading;
}

/**
 * Several codecs that read the same value; what they make of it is put together key by key.
 *
 * Each member shows keys that it does not know as the wire has them, so a key has to be asked of the members that know
 * it: one that withholds it outweighs others that let it pass.
 *
 * ```text
 *  wire       { at: '2020-01-01', n: 1, kind: 'a' }     { at: Date } & { n: number, kind: 'ab' }
 *  member 0   { at: Date,         n: 1, kind: 'a' }
 *  member 1   { at: '2020-01-01', n: 1 }                half a literal is withheld
 *  shown      { at: Date,         n: 1 }
 * ```
 */
export function planIntersection(members: readonly Member[], deep = false): Plan {
  const readNull = (key: string): NullReading => {
    const readings = members.map(({ plan }) => plan.readNull(key));
    return (
      readings.find((reading) => reading === 'absent') ?? readings.find((reading) => reading === 'depends') ?? 'null'
    );
  };
  const layout: Layout = { members, deep, sharesParts: haveCommonParts(members), readNull };
  return {
    open: (place) => new IntersectionCursor(place, layout),
    claims: (key) => members.some(({ plan }) => plan.claims(key)),
    readNull,
    passesOthers: members.every(({ plan }) => plan.passesOthers),
    isShared: members.some(({ plan }) => plan.isShared),
    parts: joinParts(members),
  };
}

class IntersectionCursor extends MembersCursor {
  /** All are open as long as the intersection is: the first rejection ends it. */
  readonly #cursors: readonly Cursor[];
  /** Which nulls mean absent: for one member is for all, because they read the same object. */
  readonly #absent: AbsentKeys;
  /** Made when several members show the value in ways of their own. */
  #merger: ShownMerger | undefined;
  readonly #layout: Layout;

  constructor(place: Place, layout: Layout) {
    super(place);
    this.#layout = layout;
    // An intersection around this one reads the same object, so its nulls are absent here as well.
    const { absent: outer } = place;
    const isAbsent = (key: string): boolean => layout.readNull(key) === 'absent';
    this.#absent = outer === undefined ? isAbsent : (key) => outer(key) || isAbsent(key);
    const node = place.node ?? (layout.sharesParts ? new Node(place.clock, undefined) : undefined);
    this.#cursors = layout.members.map(({ codec, plan }, index) =>
      plan.open(place.enterMember(index, codec, node, this.#absent)),
    );
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    this.place.actual = value;
    // All of them have to accept, so the first rejection is final.
    for (const [index, cursor] of this.#cursors.entries())
      if (!cursor.grow(value, path, depth)) return this.fail(this.#blame(index, value, cursor.rejection));
    this.#show(value);
    return true;
  }

  close(value: unknown): Verdict {
    this.place.actual = value;
    // io-ts asks every member, also after a rejection, and reports all of their errors.
    const verdicts = this.#cursors.map((cursor) => cursor.close(value));
    const rejection = verdicts.flatMap((verdict, index) =>
      verdict._tag === 'Left' ? this.#blame(index, value, verdict.left) : [],
    );
    if (rejection.length > 0) return reject(rejection);
    const results = verdicts.map((verdict) => (verdict._tag === 'Right' ? verdict.right : undefined));
    // The members have read the object without these keys, so this is what their results differ from.
    const wire = withoutAbsent(value, this.#absent);
    const merged = this.#withoutDropped(mergeResults(wire, results, this.#layout.deep), value, results);
    // Without annotations the last partial and the result are one object.
    const isAsDecoded = this.#cursors.every(({ shown }, index) => shown === results[index]);
    if (!isAsDecoded) return this.accept(merged, keepSame(this.#mergeShown(wire), this.shown));
    if (merged === value) return this.accept(value);
    return this.accept(
      this.#merger?.hasConflicts === true ? keepParts(merged, this.shown) : keepSame(merged, this.shown),
    );
  }

  /** Where a member misses a key that is there but reads as absent, its rejection says what the member has read. */
  #blame(index: number, value: unknown, rejection: Rejection): Rejection {
    const codec = this.#layout.members[index]?.codec;
    if (codec === undefined) return rejection;
    const missesKey = rejection.some(
      (reason) => reason.kind === 'within' && isObject(value) && value[reason.key] === null && this.#absent(reason.key),
    );
    const part = missesKey ? { value: withoutAbsent(value, this.#absent) } : undefined;
    return blameMember(index, codec, rejection, part);
  }

  /**
   * The one case that the codecs do not decide beforehand: members of a union read the null in different ways. A key
   * that the taken member has left out is not an entry of the others either, unless one of them asks for it.
   */
  #withoutDropped(merged: unknown, value: unknown, results: readonly unknown[]): unknown {
    if (!isObject(value) || !isObject(merged)) return merged;
    return withoutAbsent(merged, (key) => {
      if (value[key] !== null || this.#layout.readNull(key) !== 'depends') return false;
      const has = results.map((result) => isObject(result) && Object.hasOwn(result, key));
      const isAsked = this.#layout.members.some(({ plan }, index) => has[index] === true && plan.claims(key));
      return !isAsked && has.includes(false);
    });
  }

  /** Mostly none or one of the members shows another thing than the wire, and then there is nothing to merge. */
  #show(value: Json): void {
    // One pass over the members: how many show another thing than the wire, and which is the last of them.
    this.isWire = true;
    let changed: number | undefined;
    let isOne = true;
    for (const [index, { isWire, shown }] of this.#cursors.entries()) {
      this.isWire &&= isWire;
      if (shown === value) continue;
      isOne = changed === undefined;
      changed = index;
    }
    // Where the others show the wire's own value, what one makes of the keys that it knows is all there is to it.
    const only =
      changed !== undefined && isOne && this.#layout.members[changed]?.plan.passesOthers === true ? changed : undefined;
    if (changed === undefined) this.relay(value, undefined);
    else if (only === undefined) this.relay(keepSame(this.#mergeShown(value), this.shown), this);
    else this.relay(this.#cursors[only]?.shown, this.#cursors[only]);
  }

  #mergeShown(value: unknown): unknown {
    this.#merger ??= new ShownMerger(this.#layout.members);
    return this.#merger.merge(
      value,
      this.#cursors.map(({ shown }) => shown),
      this.shown,
    );
  }
}

/**
 * Merges the results as io-ts does: for each key, the last result that differs from the wire. If `deep`, the changes of
 * two such results are put together.
 */
function mergeResults(value: unknown, results: readonly unknown[], deep: boolean): unknown {
  // By identity, as io-ts does: a member that has changed nothing returns the value itself.
  if (results.every((result) => result === value)) return value;
  if (!results.some(isObject)) return results.at(-1);
  const wire = isObject(value) ? value : undefined;
  const merged: Record<string, unknown> = {};
  for (const result of results)
    for (const [key, inner] of Object.entries((result ?? {}) as Readonly<Record<string, unknown>>)) {
      const isSecond = Object.hasOwn(merged, key) && wire !== undefined;
      if (isSecond && inner === wire[key]) continue;
      const isConflict = deep && isSecond && merged[key] !== wire[key];
      setUnlessWithheld(merged, key, isConflict ? mergeChanges(wire[key], merged[key], inner) : inner);
    }
  return merged;
}

/** The changes of two members within the same value; if both changed the same thing, the later one counts. */
function mergeChanges(value: unknown, a: unknown, b: unknown): unknown {
  if (isArray(value) && isArray(a) && isArray(b) && a.length === b.length)
    return b.map((item, index) => mergeChanges(value[index], a[index], item));
  if (isObject(a) && isObject(b)) return mergeResults(value, [a, b], true);
  return b === value ? a : b;
}
