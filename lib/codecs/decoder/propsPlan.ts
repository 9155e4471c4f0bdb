import type * as t from 'io-ts';
import { absentKeys } from './absentKeys.js';
import type { Cursor, Plan } from './Cursor.js';
import { ObjectCursor } from './ObjectCursor.js';
import type { JsonObject } from './Overlay.js';
import type { Place } from './Place.js';

export interface Prop {
  readonly key: string;
  readonly codec: t.Mixed;
  readonly plan: Plan;
}

/** An object with keys known beforehand, all of them required or all of them optional: `t.type`, `t.partial`. */
export function propsPlan(props: readonly Prop[], optional: boolean): Plan {
  const byKey = new Map(props.map((prop) => [prop.key, prop]));
  return {
    open: (place) => new PropsCursor(place, props, byKey, optional),
    claims: (key) => byKey.has(key),
    passesOthers: true,
  };
}

class PropsCursor extends ObjectCursor {
  /** In the codec's order. */
  private unsettled: readonly Prop[];
  /** Keys that may be left out and had a `null` that their codec refused. */
  private absent: Set<string> | undefined;

  constructor(
    place: Place,
    props: readonly Prop[],
    private readonly byKey: ReadonlyMap<string, Prop>,
    private readonly optional: boolean,
  ) {
    super(place);
    this.unsettled = props;
    for (const { key, plan } of props) {
      if (plan.pending === undefined) continue;
      this.showApart();
      this.shown.set(key, plan.pending);
    }
  }

  override close(value: unknown): t.Validation<unknown> {
    const result = super.close(value);
    if (this.absent !== undefined && result._tag === 'Right') absentKeys.mark(result.right, this.absent);
    return result;
  }

  protected closedKeys(value: JsonObject, openKey: string | undefined): readonly string[] {
    const closed: string[] = [];
    const unsettled: Prop[] = [];
    for (const prop of this.unsettled) {
      if (prop.key !== openKey && Object.hasOwn(value, prop.key)) closed.push(prop.key);
      else unsettled.push(prop);
    }
    this.unsettled = unsettled;
    return closed;
  }

  protected lastKeys(): readonly string[] {
    return this.unsettled.map(({ key }) => key);
  }

  protected openMember(key: string, value: unknown): Cursor | undefined {
    const prop = this.byKey.get(key);
    if (prop?.plan.pending !== undefined) this.shown.forget(key);
    return prop?.plan.open(this.place.within(key, prop.codec, value));
  }

  protected settle(key: string, cursor: Cursor, value: JsonObject): t.Errors | undefined {
    if (Object.hasOwn(value, key)) return this.read(key, cursor, value[key], true);
    if (this.shown !== this.result) this.shown.forget(key);
    return this.read(key, cursor, value[key], false);
  }

  /** `wire` is read the way io-ts reads it: where the object has no such key, its prototype may have. */
  private read(key: string, cursor: Cursor, wire: unknown, isThere: boolean): t.Errors | undefined {
    const result = cursor.close(wire);
    if (result._tag === 'Right') {
      const hasChanged = result.right !== wire || (result.right === undefined && !isThere && !this.optional);
      if (isThere || hasChanged) this.put(key, result.right, cursor.view, hasChanged);
      return undefined;
    }
    if (wire === null && isThere) return this.readAsAbsent(key) && result.left;
    return this.optional && wire === undefined ? undefined : result.left;
  }

  /** A key that may be left out, and has a `null` that its codec refuses, is none. */
  private readAsAbsent(key: string): t.Errors | undefined {
    this.absent = (this.absent ?? new Set()).add(key);
    const inherited: unknown = Reflect.get(Object.prototype, key);
    const cursor = this.openMember(key, inherited);
    this.result.drop(key);
    if (this.shown !== this.result) this.shown.drop(key);
    return cursor && this.read(key, cursor, inherited, false);
  }
}
