import type * as t from 'io-ts';
import type { JsonObject } from '../../partials/Container.js';
import { wholly, type Cursor, type Plan } from './Cursor.js';
import { openAt } from './Node.js';
import { ObjectCursor } from './ObjectCursor.js';
import type { Place } from './Place.js';
import { blamePart, type Rejection } from './Rejection.js';

/**
 * An object with any keys of a domain, which may translate them; keys that are not of the domain are left out.
 *
 * Every entry is asked for: a `null` in a record is an entry, whatever its codec says of it. Only the props of another
 * member of an intersection can make it a key that is not there.
 */
export function planRecord(domain: t.Mixed, codec: t.Mixed, plan: Plan): Plan {
  return {
    ...wholly,
    open: (place) => new RecordCursor(place, domain, codec, plan),
    claims: (key) => domain.validate(key, [])._tag === 'Right',
    parts: plan.isShared ? 'all' : wholly.parts,
  };
}

/** Its result is made like that of other objects: the wire's object, and what differs from it. */
class RecordCursor extends ObjectCursor {
  /**
   * The name in the result of each key that was met; `undefined` for those that are left out. Filled by `#translate`.
   */
  readonly #names = new Map<string, string | undefined>();
  /** The keys that have closed. Filled by `takeClosedKeys`. */
  readonly #settled = new Set<string>();
  readonly #domain: t.Mixed;
  readonly #codec: t.Mixed;
  readonly #plan: Plan;

  constructor(place: Place, domain: t.Mixed, codec: t.Mixed, plan: Plan) {
    super(place);
    this.#domain = domain;
    this.#codec = codec;
    this.#plan = plan;
  }

  protected takeClosedKeys(value: JsonObject, openKey: string | undefined): readonly string[] {
    // Counted first: in most snapshots no key has closed, and then no key is looked at.
    const keys = Object.keys(value);
    const isOpen = openKey !== undefined && Object.hasOwn(value, openKey);
    const closed: string[] = [];
    let missing = keys.length - this.#settled.size - (isOpen ? 1 : 0);
    // The newest keys are the last, but for those that look like indexes: V8 lists them first.
    for (let at = keys.length - 1; at >= 0 && missing > 0; at--) {
      const key = keys[at];
      if (key === undefined || key === openKey || this.#settled.has(key)) continue;
      closed.push(key);
      missing--;
    }
    closed.reverse();
    for (const key of closed) this.#settled.add(key);
    return closed;
  }

  protected takeLastKeys(value: JsonObject): readonly string[] {
    return this.takeClosedKeys(value, undefined);
  }

  protected openMember(key: string, value: unknown): Cursor | undefined {
    const name = this.#translate(key);
    return name === undefined ? undefined : openAt(this.#plan, this.place.enter(name, this.#codec, value, key));
  }

  protected closeMember(key: string, value: JsonObject, child: Cursor | undefined): Rejection | undefined {
    const wire = value[key];
    if (wire === null && this.place.absent?.(key) === true) {
      // Unless another key was translated to it before.
      if (!this.result.has(key)) this.drop(key);
      return undefined;
    }
    // A key that was not open in any snapshot has no cursor yet.
    const cursor = child ?? this.openMember(key, wire);
    if (cursor === undefined) return undefined;
    const verdict = cursor.close(wire);
    if (verdict._tag === 'Left') return this.rejectMember(key, wire, verdict.left);
    const name = this.#translate(key) ?? key;
    // Two keys may be translated to one name: the later one replaces the value, as in io-ts.
    this.put(name, verdict.right, cursor.shown, verdict.right !== wire || name !== key || this.result.has(name));
    return undefined;
  }

  protected rejectMember(key: string, value: unknown, rejection: Rejection): Rejection {
    return blamePart(this.#translate(key) ?? key, this.#codec, value, rejection);
  }

  /** Asked once for each key: a domain is a codec, and may be costly. */
  #translate(key: string): string | undefined {
    if (this.#names.has(key)) return this.#names.get(key);
    const result = this.#domain.validate(key, this.place.enterAbsent(key, this.#domain, key).writeContext());
    const name = result._tag === 'Right' ? String(result.right) : undefined;
    // The wire's key goes, unless another key was translated to it before.
    if (name !== key && !this.result.has(key)) this.drop(key);
    this.#names.set(key, name);
    return name;
  }
}
