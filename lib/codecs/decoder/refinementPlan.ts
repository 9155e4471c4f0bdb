import * as t from 'io-ts';
import { isContainer } from '../../partials/Container.js';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import { Cursor, type Plan } from './Cursor.js';
import type { Place } from './Place.js';

/** A codec with a condition: refused as early as the codec is, but shown only when the condition is known to hold. */
export function refinementPlan(plan: Plan, predicate: (value: unknown) => boolean): Plan {
  return {
    open: (place) => new RefinementCursor(place, plan.open(place), predicate),
    claims: (key) => plan.claims(key),
  };
}

class RefinementCursor extends Cursor {
  constructor(
    place: Place,
    private readonly inner: Cursor,
    private readonly predicate: (value: unknown) => boolean,
  ) {
    super(place);
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    if (!this.inner.grow(value, path, depth)) return this.fail(this.inner.errors);
    this.raw = this.inner.raw && !isContainer(value);
    return true;
  }

  close(value: unknown): t.Validation<unknown> {
    const result = this.inner.close(value);
    if (result._tag === 'Left') return result;
    return this.predicate(result.right) ? this.accept(result.right) : t.failures(this.refusalOf(result.right, value));
  }

  /** io-ts reports what the predicate saw, not what was on the wire. */
  private refusalOf(decoded: unknown, value: unknown): t.Errors {
    this.place.actual = value;
    return [{ value: decoded, context: this.place.context() }];
  }
}
