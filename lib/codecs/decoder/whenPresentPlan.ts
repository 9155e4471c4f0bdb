import { withheld, type Cursor, type Plan } from './Cursor.js';
import { isJsonObject } from './Overlay.js';
import type { Place } from './Place.js';
import { showing, ShowingCursor } from './ShowingCursor.js';

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
