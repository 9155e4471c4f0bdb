import type * as t from 'io-ts';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import { Cursor, withheld, type Plan } from './Cursor.js';
import type { Place } from './Place.js';

/** Shows partials in another way than the codec does; the verdict stays the codec's. */
export abstract class ShowingCursor extends Cursor {
  constructor(
    place: Place,
    protected readonly inner: Cursor,
  ) {
    super(place);
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    if (!this.inner.grow(value, path, depth)) return this.fail(this.inner.errors);
    this.view = this.show(this.inner.view);
    this.raw = this.inner.raw && this.view !== withheld;
    return true;
  }

  close(value: unknown): t.Validation<unknown> {
    const result = this.inner.close(value);
    return result._tag === 'Left' ? result : this.accept(result.right, this.showWhole(result.right, this.inner.view));
  }

  protected abstract show(view: unknown): unknown;

  /** What partials of a document show of the value when it has closed. */
  protected abstract showWhole(result: unknown, view: unknown): unknown;
}

/** The plan of a value that is read as before, and shown by another cursor. */
export function showing(plan: Plan, open: Plan['open']): Plan {
  return { open, claims: (key) => plan.claims(key) };
}
