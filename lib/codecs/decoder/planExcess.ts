import * as t from 'io-ts';
import { isObject, type JsonObject } from '../../partials/Container.js';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import { Cursor, reject, rejectValue, withheld, type Plan, type Verdict } from './Cursor.js';
import { keepSame } from './keepSame.js';
import { setUnlessWithheld } from './Overlay.js';
import type { Place } from './Place.js';
import { createProblem, blamePart, type Rejection } from './Rejection.js';

type Knows = (key: string) => boolean;

/**
 * An object from which keys that no codec knows are taken away, or that is rejected for having them.
 *
 * Known are the keys of the codec and of its siblings in an intersection, which read the same object.
 */
export function planExcess(plan: Plan, excess: 'strip' | 'error', knows: Knows): Plan {
  return guard(plan, knows, (place) =>
    excess === 'strip'
      ? new StrippingCursor(place, plan.open(place), knows)
      : new RejectingCursor(place, plan.open(place), knows),
  );
}

/** `t.exact`: the same, and other values are rejected before the codec within looks at them. */
export function planExact(plan: Plan, knows: Knows): Plan {
  return guard(plan, knows, (place) => new ExactCursor(place, plan.open(place), knows));
}

function guard(plan: Plan, claims: Knows, open: Plan['open']): Plan {
  return { ...plan, open, claims, passesOthers: false, isShared: true, pending: undefined };
}

abstract class ExcessCursor extends Cursor {
  /** The key that was open in the last snapshot, and so has been looked at. */
  #openKey: string | undefined;
  /** The keys that were there. Filled by `takeNewKeys`. */
  readonly #met = new Set<string>();

  constructor(
    place: Place,
    protected readonly inner: Cursor,
    protected readonly knows: Knows,
  ) {
    super(place);
  }

  /** Keys that were not there before. Looking at all keys whenever one is new would be quadratic. */
  protected takeNewKeys(value: JsonObject): readonly string[] {
    const keys = Object.keys(value);
    const fresh: string[] = [];
    let missing = keys.length - this.#met.size;
    // The newest keys are the last, but for those that look like indexes.
    for (let at = keys.length - 1; at >= 0 && missing > 0; at--) {
      const key = keys[at];
      if (key === undefined || this.#met.has(key)) continue;
      this.#met.add(key);
      fresh.push(key);
      missing--;
    }
    return fresh.reverse();
  }

  /** Extra keys are looked for before the codec within reads the value: a key that is not allowed is wrong at once. */
  grow(value: Json, path: JsonPath, depth: number): boolean {
    const step = path[depth];
    const key = step === undefined ? undefined : String(step);
    // As long as the same key is open, the other keys are the same as before.
    const isNew = key === undefined || key !== this.#openKey;
    const rejection = isNew && isObject(value) ? this.rejectExcess(value, key) : undefined;
    this.#openKey = key;
    if (rejection !== undefined) return this.fail(rejection);
    if (!this.inner.grow(value, path, depth)) return this.fail(this.inner.rejection);
    this.show();
    return true;
  }

  /** Looks at the keys there are: the reasons for which the object is rejected, if any. */
  protected abstract rejectExcess(value: JsonObject, openKey: string | undefined): Rejection | undefined;

  protected abstract show(): void;
}

class StrippingCursor extends ExcessCursor {
  /** There are keys that no codec knows. Set when a key begins; it is never cleared, as keys never go. */
  #hasExcess = false;
  /** The value shown by the codec within when it was stripped last. Set by `show` alone. */
  #stripped: unknown = withheld;

  close(value: unknown): Verdict {
    const verdict = this.inner.close(value);
    if (verdict._tag === 'Left') return verdict;
    // The result is stripped and not the wire: what the codec has made of a key stays.
    const stripped = this.#strip(verdict.right);
    return this.accept(stripped, this.inner.shown === verdict.right ? stripped : this.#strip(this.inner.shown));
  }

  protected rejectExcess(value: JsonObject, openKey: string | undefined): undefined {
    this.#hasExcess = !this.takeNewKeys(value).every(this.knows) || this.#hasExcess;
    this.#hasExcess ||= openKey !== undefined && !this.knows(openKey);
  }

  protected show(): void {
    const { shown, isWire } = this.inner;
    this.isWire = isWire && !this.#hasExcess;
    // The codec within still reads extra keys as they grow, and shows a new object for each.
    if (shown !== this.#stripped) this.shown = this.#hasExcess ? this.#strip(shown) : shown;
    this.#stripped = shown;
  }

  /** Extra keys are not shown: where only they have come or grown, the shown object stays the same. */
  #strip(value: unknown): unknown {
    if (!isObject(value) || Object.keys(value).every(this.knows)) return value;
    const stripped = {};
    for (const key of Object.keys(value)) if (this.knows(key)) setUnlessWithheld(stripped, key, value[key]);
    return keepSame(stripped, this.shown);
  }
}

/** io-ts checks that there is an object before the codec within is asked, so it alone complains of another value. */
class ExactCursor extends StrippingCursor {
  override grow(value: Json, path: JsonPath, depth: number): boolean {
    return isObject(value) ? super.grow(value, path, depth) : this.fail(createProblem(value));
  }

  override close(value: unknown): Verdict {
    return isObject(value) ? super.close(value) : rejectValue(value);
  }
}

/** Extra keys are errors: each is told as a key that never has a value. */
class RejectingCursor extends ExcessCursor {
  close(value: unknown): Verdict {
    const verdict = this.inner.close(value);
    const excess = isObject(value) ? this.rejectExcess(value) : undefined;
    if (excess !== undefined) return reject(verdict._tag === 'Left' ? [...verdict.left, ...excess] : excess);
    return verdict._tag === 'Left' ? verdict : this.accept(verdict.right, this.inner.shown);
  }

  protected rejectExcess(value: JsonObject, openKey?: string): Rejection | undefined {
    const keys = [...this.takeNewKeys(value)];
    // A key is read before anything of its value is there.
    if (openKey !== undefined && !Object.hasOwn(value, openKey)) keys.push(openKey);
    const unknown = keys.filter((key) => !this.knows(key));
    if (unknown.length === 0) return undefined;
    // As io-ts would say it of a key whose codec is t.never.
    return unknown.flatMap((key) => blamePart(key, t.never, value[key], createProblem(value[key])));
  }

  protected show(): void {
    this.shown = this.inner.shown;
    this.isWire = this.inner.isWire;
  }
}
