import * as t from 'io-ts';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import { absentKeys } from './absentKeys.js';
import { Cursor, withheld, type Plan } from './Cursor.js';
import { keepSame } from './keepSame.js';
import { isJsonObject, setOwn, type JsonObject } from './Overlay.js';
import type { Place } from './Place.js';

type Knows = (key: string) => boolean;

/** An object from which keys that nobody knows are taken away, or that is refused for having them. */
export function excessPlan(plan: Plan, excess: 'strip' | 'error', knows: Knows): Plan {
  return {
    open: (place) =>
      excess === 'strip'
        ? new StrippingCursor(place, plan.open(place), knows)
        : new RefusingCursor(place, plan.open(place), knows),
    claims: knows,
  };
}

/** `t.exact`: the same, and other values are refused before anybody looks at them. */
export function exactPlan(plan: Plan, knows: Knows): Plan {
  return { open: (place) => new ExactCursor(place, plan.open(place), knows), claims: knows };
}

abstract class ExcessCursor extends Cursor {
  private openKey: string | undefined;

  constructor(
    place: Place,
    protected readonly inner: Cursor,
    protected readonly knows: Knows,
  ) {
    super(place);
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    const step = path[depth];
    const key = step === undefined ? undefined : String(step);
    // As long as the same key is open there are no others than before.
    const isNew = key === undefined || key !== this.openKey;
    const excess = isNew && isJsonObject(value) ? this.excessIn(value, key) : undefined;
    this.openKey = key;
    if (excess !== undefined) return this.fail(excess);
    if (!this.inner.grow(value, path, depth)) return this.fail(this.inner.errors);
    this.look();
    return true;
  }

  /** Looks at the keys there are: the reasons for which the object is refused, if any. */
  protected abstract excessIn(value: JsonObject, openKey: string | undefined): t.Errors | undefined;

  protected abstract look(): void;
}

class StrippingCursor extends ExcessCursor {
  private hasExcess = false;
  private seen: unknown = withheld;

  close(value: unknown): t.Validation<unknown> {
    const result = this.inner.close(value);
    if (result._tag === 'Left') return result;
    const stripped = this.strip(result.right);
    return this.accept(stripped, this.inner.view === result.right ? stripped : this.strip(this.inner.view));
  }

  protected excessIn(value: JsonObject, openKey: string | undefined): undefined {
    this.hasExcess = !Object.keys(value).every(this.knows) || (openKey !== undefined && !this.knows(openKey));
  }

  protected look(): void {
    const { view, raw } = this.inner;
    this.raw = raw && !this.hasExcess;
    if (view !== this.seen) this.view = this.hasExcess ? this.strip(view) : view;
    this.seen = view;
  }

  /** Extra keys that come and grow are nothing to be seen. */
  private strip(value: unknown): unknown {
    if (!isJsonObject(value) || Object.keys(value).every(this.knows)) return value;
    const stripped = {};
    for (const key of Object.keys(value)) if (this.knows(key)) setOwn(stripped, key, value[key]);
    const kept = keepSame(stripped, this.view);
    absentKeys.mark(kept, absentKeys.of(value));
    return kept;
  }
}

class ExactCursor extends StrippingCursor {
  override grow(value: Json, path: JsonPath, depth: number): boolean {
    return isJsonObject(value) ? super.grow(value, path, depth) : this.fail(this.refusal(value));
  }

  override close(value: unknown): t.Validation<unknown> {
    return isJsonObject(value) ? super.close(value) : t.failures(this.refusal(value));
  }
}

class RefusingCursor extends ExcessCursor {
  close(value: unknown): t.Validation<unknown> {
    const result = this.inner.close(value);
    const excess = isJsonObject(value) ? this.excessIn(value) : undefined;
    if (excess !== undefined) return t.failures(result._tag === 'Left' ? [...result.left, ...excess] : excess);
    return result._tag === 'Left' ? result : this.accept(result.right, this.inner.view);
  }

  protected excessIn(value: JsonObject, openKey?: string): t.Errors | undefined {
    const keys = Object.keys(value);
    if (openKey !== undefined && !Object.hasOwn(value, openKey)) keys.push(openKey);
    const unknown = keys.filter((key) => !this.knows(key));
    if (unknown.length === 0) return undefined;
    this.place.actual = value;
    return unknown.map((key) => ({
      value: value[key],
      context: this.place.within(key, t.never, value[key]).context(),
    }));
  }

  protected look(): void {
    this.view = this.inner.view;
    this.raw = this.inner.raw;
  }
}
