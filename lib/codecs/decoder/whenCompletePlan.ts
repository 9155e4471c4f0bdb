import { withheld, type Plan } from './Cursor.js';
import { showing, ShowingCursor } from './ShowingCursor.js';

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
