import * as t from 'io-ts';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import { absentKeys } from './absentKeys.js';
import { withheld, type Cursor, type Plan } from './Cursor.js';
import { keepParts } from './keepParts.js';
import { keepSame } from './keepSame.js';
import { isJsonArray, isJsonObject, Overlay, setOwn, type JsonObject } from './Overlay.js';
import type { Place } from './Place.js';
import { RelayingCursor } from './RelayingCursor.js';
import type { Member } from './unionPlan.js';

/**
 * Several codecs that read the same value; what they make of it is put together key by key.
 *
 * @param deep Whether values that several have changed are put together in the same way; for io-ts the last one counts.
 */
export function intersectionPlan(members: readonly Member[], deep = false): Plan {
  return {
    open: (place) => new IntersectionCursor(place, members, deep),
    claims: (key) => members.some(({ plan }) => plan.claims(key)),
    passesOthers: members.every(({ plan }) => plan.passesOthers),
  };
}

/** What a member made of the value, and what partials show of it. */
interface Part {
  readonly result: unknown;
  readonly view: unknown;
}

class IntersectionCursor extends RelayingCursor {
  private readonly cursors: readonly Cursor[];
  private views: readonly unknown[] = [];
  private seen: unknown;

  constructor(
    place: Place,
    private readonly members: readonly Member[],
    private readonly deep: boolean,
  ) {
    super(place);
    this.cursors = members.map((member, index) => this.openMember(member, index));
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    this.place.actual = value;
    for (const cursor of this.cursors) if (!cursor.grow(value, path, depth)) return this.fail(cursor.errors);
    this.look(value);
    return true;
  }

  close(value: unknown): t.Validation<unknown> {
    this.place.actual = value;
    const results = this.cursors.map((cursor) => cursor.close(value));
    const errors = results.flatMap((result) => (result._tag === 'Left' ? result.left : []));
    if (errors.length > 0) return t.failures(errors);
    const parts = results.flatMap((result, index) =>
      result._tag === 'Right' ? [{ result: result.right, view: this.cursors[index]?.view }] : [],
    );
    const absent = new Set(parts.flatMap(({ result }) => [...absentKeys.of(result)]));
    if (absent.size > 0 && isJsonObject(value)) return this.closeWithout(absent, value, parts);
    const { result, view } = this.merge(value, parts);
    return this.accept(result, view);
  }

  private openMember({ codec, plan }: Member, index: number): Cursor {
    return plan.open(this.place.within(String(index), codec, undefined));
  }

  /**
   * Keys that one member read as "not there" are not there for the others either: those that know one of them, and
   * have made something of its `null`, read the object again; so do those that look at the whole of it.
   */
  private closeWithout(absent: ReadonlySet<string>, value: JsonObject, parts: readonly Part[]): t.Validation<unknown> {
    const rest = new Overlay();
    for (const key of absent) rest.drop(key);
    const wire = rest.over(value);
    const errors: t.Errors = [];
    const again = parts.map((part, index): Part => {
      const member = this.members[index];
      const kept = [...absent].filter((key) => isJsonObject(part.result) && Object.hasOwn(part.result, key));
      if (member === undefined || kept.length === 0) return part;
      const isPassing = member.plan.passesOthers === true && !kept.some((key) => member.plan.claims(key));
      if (isPassing) return mapPart(part, (object) => rest.over(object));
      const cursor = this.openMember(member, index);
      const result = cursor.close(wire);
      if (result._tag === 'Right') return { result: result.right, view: cursor.view };
      errors.push(...result.left);
      return part;
    });
    if (errors.length > 0) return t.failures(errors);
    const { result, view } = this.merge(wire, again);
    // What was read again has been shown before.
    const kept = keepParts(result, this.view);
    absentKeys.mark(kept, absent);
    return this.accept(kept, view === result ? kept : keepParts(view, this.view));
  }

  private merge(value: unknown, parts: readonly Part[]): Part {
    const results = parts.map(({ result }) => result);
    const views = parts.map(({ view }) => view);
    const merged = mergeResults(value, results, this.deep);
    const isPlain = views.every((view, index) => view === results[index]);
    if (!isPlain) return { result: merged, view: this.mergeViews(value, views) };
    const result = merged !== value && isJsonObject(merged) ? keepSame(merged, this.view) : merged;
    return { result, view: result };
  }

  private look(value: Json): void {
    this.raw = true;
    let changed: number | undefined;
    let isOne = true;
    for (const [index, { raw, view }] of this.cursors.entries()) {
      this.raw &&= raw;
      if (view === value) continue;
      isOne = changed === undefined;
      changed = index;
    }
    // Where the others show the wire's own value, what one makes of the keys that it knows is all there is to it.
    const only = changed !== undefined && isOne && this.members[changed]?.plan.passesOthers ? changed : undefined;
    if (changed === undefined) this.relay(value, undefined);
    else if (only === undefined) this.relay(this.mergeAnew(value), this);
    else this.relay(this.cursors[only]?.view, this.cursors[only]);
  }

  private mergeAnew(value: Json): unknown {
    const views = this.cursors.map(({ view }) => view);
    if (value === this.seen && views.every((view, index) => view === this.views[index])) return this.view;
    this.seen = value;
    this.views = views;
    return this.mergeViews(value, views);
  }

  /**
   * A key is shown when none of the members that know it withholds it, and as the one shows it that shows it otherwise
   * than the wire has it. Where two do, nobody knows yet what will come of it.
   */
  private mergeViews(value: unknown, views: readonly unknown[]): unknown {
    if (!isJsonObject(value) || !views.every(isJsonObject)) return withheld;
    const merged = {};
    for (const key of new Set([value, ...views].flatMap((view) => Object.keys(view)))) {
      const knowing = views.filter((_, index) => this.members[index]?.plan.claims(key));
      const having = knowing.length === 0 ? views : knowing;
      const shown = having.filter((view) => Object.hasOwn(view, key));
      const others = shown.filter((view) => view[key] !== value[key]);
      if (shown.length === 0 || (knowing.length > 0 && shown.length < knowing.length) || others.length > 1) continue;
      setOwn(merged, key, (others[0] ?? value)[key]);
    }
    return keepSame(merged, this.view);
  }
}

function mapPart({ result, view }: Part, f: (object: JsonObject) => object): Part {
  const mapped = isJsonObject(result) ? f(result) : result;
  if (view === result) return { result: mapped, view: mapped };
  return { result: mapped, view: isJsonObject(view) ? f(view) : view };
}

/**
 * What io-ts makes of the results: of each key the last one that is not as it was on the wire. If `deep`, of two such
 * what either has changed within.
 */
function mergeResults(value: unknown, results: readonly unknown[], deep: boolean): unknown {
  if (results.every((result) => result === value)) return value;
  if (!results.some(isJsonObject)) return results.at(-1);
  const wire = isJsonObject(value) ? value : undefined;
  const merged: Record<string, unknown> = {};
  for (const result of results)
    for (const [key, inner] of Object.entries((result ?? {}) as Readonly<Record<string, unknown>>)) {
      const isSecond = Object.hasOwn(merged, key) && wire !== undefined;
      if (isSecond && inner === wire[key]) continue;
      const isConflict = deep && isSecond && merged[key] !== wire[key];
      setOwn(merged, key, isConflict ? mergeChanges(wire[key], merged[key], inner) : inner);
    }
  return merged;
}

function mergeChanges(value: unknown, a: unknown, b: unknown): unknown {
  if (isJsonArray(value) && isJsonArray(a) && isJsonArray(b) && a.length === b.length)
    return b.map((item, index) => mergeChanges(value[index], a[index], item));
  if (isJsonObject(a) && isJsonObject(b)) return mergeResults(value, [a, b], true);
  return b === value ? a : b;
}
