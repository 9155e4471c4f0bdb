import type { Json, JsonPath } from '../../partials/PartialJson.js';
import { withheld, type Plan } from './Cursor.js';
import { keepParts } from './keepParts.js';
import { showing, ShowingCursor } from './ShowingCursor.js';

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
    return { state: 'complete', value: keepParts(result, this.seen) };
  }
}
