import type * as t from 'io-ts';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import type { StructurePartials } from '../Annotation.js';
import { Cursor, withheld, type Plan } from './Cursor.js';
import { isJsonObject } from './Overlay.js';
import type { Place } from './Place.js';

/** Shows partials in another way than the codec does; the verdict stays the codec's. */
abstract class ShowingCursor extends Cursor {
  constructor(
    place: Place,
    protected readonly inner: Cursor,
  ) {
    super(place);
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    if (!this.inner.grow(value, path, depth)) return this.fail(this.inner.errors);
    this.raw = this.inner.raw;
    this.view = this.show(this.inner.view);
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

/** Nothing is shown before the value is whole. */
export function whenCompletePlan(plan: Plan): Plan {
  return showing(plan, (place) => new WhenCompleteCursor(place, plan.open(place)));
}

class WhenCompleteCursor extends ShowingCursor {
  protected show(): unknown {
    return withheld;
  }

  protected showWhole(result: unknown): unknown {
    return result;
  }
}

/** An object is shown when it has the key. */
export function whenPresentPlan(plan: Plan, key: string): Plan {
  return showing(plan, (place) => new WhenPresentCursor(place, plan.open(place), key));
}

class WhenPresentCursor extends ShowingCursor {
  constructor(
    place: Place,
    inner: Cursor,
    private readonly key: string,
  ) {
    super(place, inner);
  }

  protected show(view: unknown): unknown {
    return isJsonObject(view) && Object.hasOwn(view, this.key) ? view : withheld;
  }

  protected showWhole(_: unknown, view: unknown): unknown {
    return view;
  }
}

/** The value is shown in a box that says how far it is. */
export function withStatePlan(plan: Plan): Plan {
  return {
    ...showing(plan, (place) => new WithStateCursor(place, plan.open(place))),
    pending: Object.freeze({ state: 'pending' }),
  };
}

class WithStateCursor extends ShowingCursor {
  override raw = false;
  private seen: unknown;

  override grow(value: Json, path: JsonPath, depth: number): boolean {
    const goesOn = super.grow(value, path, depth);
    this.raw = false;
    return goesOn;
  }

  protected show(view: unknown): unknown {
    if (view === this.seen) return this.view;
    this.seen = view;
    return view === withheld ? { state: 'growing' } : { state: 'growing', value: view };
  }

  protected showWhole(result: unknown): unknown {
    return { state: 'complete', value: result };
  }
}

/** A codec that is only a function, with the structure of the values that it accepts. */
export function structurePlan(structure: Plan, codec: Plan, partials: StructurePartials): Plan {
  return {
    open: (place) => new StructureCursor(place, structure.open(place), codec.open(place), partials),
    claims: () => true,
  };
}

class StructureCursor extends Cursor {
  override raw = false;

  constructor(
    place: Place,
    private readonly structure: Cursor,
    private readonly whole: Cursor,
    private readonly partials: StructurePartials,
  ) {
    super(place);
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    if (!this.structure.grow(value, path, depth)) return this.fail(this.structure.errors);
    if (this.partials === 'show') this.view = this.structure.view;
    return true;
  }

  close(value: unknown): t.Validation<unknown> {
    // What is hidden is decoded further out; all there is to be said of it here the structure says.
    const isHidden = this.partials === 'hide';
    const result = isHidden ? this.structure.close(value) : this.whole.close(value);
    return result._tag === 'Left' ? result : this.accept(result.right, isHidden ? withheld : result.right);
  }
}

function showing(plan: Plan, open: Plan['open']): Plan {
  return { open, claims: (key) => plan.claims(key) };
}
