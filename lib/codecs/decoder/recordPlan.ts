import type * as t from 'io-ts';
import { Cursor, type Plan } from './Cursor.js';
import { ObjectCursor } from './ObjectCursor.js';
import type { JsonObject } from './Overlay.js';
import type { Place } from './Place.js';

/** An object with any keys of a domain, which may translate them; keys that are not of the domain are left out. */
export function recordPlan(domain: t.Mixed, codec: t.Mixed, plan: Plan): Plan {
  return {
    open: (place) => new RecordCursor(place, domain, codec, plan),
    claims: (key) => domain.validate(key, [])._tag === 'Right',
  };
}

class RecordCursor extends ObjectCursor {
  /** What each key that was met is called in the result; `undefined` for those that are left out. */
  private readonly names = new Map<string, string | undefined>();
  private readonly settled = new Set<string>();

  constructor(
    place: Place,
    private readonly domain: t.Mixed,
    private readonly codec: t.Mixed,
    private readonly plan: Plan,
  ) {
    super(place);
  }

  protected closedKeys(value: JsonObject, openKey: string | undefined): readonly string[] {
    const keys = Object.keys(value);
    const isOpen = openKey !== undefined && Object.hasOwn(value, openKey);
    const closed: string[] = [];
    let missing = keys.length - this.settled.size - (isOpen ? 1 : 0);
    // The newest keys are the last, but for those that look like indexes: V8 lists them first.
    for (let at = keys.length - 1; at >= 0 && missing > 0; at--) {
      const key = keys[at];
      if (key === undefined || key === openKey || this.settled.has(key)) continue;
      closed.unshift(key);
      missing--;
    }
    for (const key of closed) this.settled.add(key);
    return closed;
  }

  protected lastKeys(value: JsonObject): readonly string[] {
    return this.closedKeys(value, undefined);
  }

  protected openMember(key: string, value: unknown): Cursor | undefined {
    const name = this.nameOf(key);
    return name === undefined ? undefined : this.plan.open(this.place.within(name, this.codec, value));
  }

  protected settle(key: string, cursor: Cursor, value: JsonObject): t.Errors | undefined {
    const wire = value[key];
    const result = cursor.close(wire);
    if (result._tag === 'Left') return result.left;
    const name = this.nameOf(key) ?? key;
    this.put(name, result.right, cursor.view, result.right !== wire || name !== key || this.result.has(name));
    return undefined;
  }

  private nameOf(key: string): string | undefined {
    if (this.names.has(key)) return this.names.get(key);
    const result = this.domain.validate(key, this.place.within(key, this.domain, key).context());
    const name = result._tag === 'Right' ? String(result.right) : undefined;
    if (name !== key && !this.result.has(key)) {
      this.result.drop(key);
      if (this.shown !== this.result) this.shown.drop(key);
    }
    this.names.set(key, name);
    return name;
  }
}
