import { isContainer } from '../../partials/Container.js';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import { Cursor, rejectValue, type Plan, type Verdict } from './Cursor.js';
import type { Place } from './Place.js';

/**
 * A codec with a condition: rejected as early as the codec is, but shown only when the condition is known to hold.
 *
 * A condition is a function of the whole value. It might throw at half of one, or hold for a beginning only.
 */
export function planRefinement(plan: Plan, predicate: (value: unknown) => boolean): Plan {
  return {
    ...plan,
    open: (place) => new RefinementCursor(place, plan.open(place), predicate),
    passesOthers: false,
    isShared: true,
    pending: undefined,
  };
}

class RefinementCursor extends Cursor {
  readonly #inner: Cursor;
  readonly #predicate: (value: unknown) => boolean;

  constructor(place: Place, inner: Cursor, predicate: (value: unknown) => boolean) {
    super(place);
    this.#inner = inner;
    this.#predicate = predicate;
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    if (!this.#inner.grow(value, path, depth)) return this.fail(this.#inner.rejection);
    // The condition is asked once. An object that it rejects is withheld as a whole, so that nothing of it is shown by
    // another member of a union; a scalar may still be shown by one.
    this.isWire = this.#inner.isWire && !isContainer(value);
    return true;
  }

  close(value: unknown): Verdict {
    const verdict = this.#inner.close(value);
    // A condition is never asked about a value that its codec rejects.
    if (verdict._tag === 'Left') return verdict;
    // io-ts reports what the condition saw, not what was on the wire.
    return this.#predicate(verdict.right) ? this.accept(verdict.right) : rejectValue(verdict.right);
  }
}
