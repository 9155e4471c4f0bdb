import type * as t from 'io-ts';
import type { Judge } from '../annotations/Annotation.js';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import { Cursor, withheld, type Plan } from './Cursor.js';
import type { Place } from './Place.js';

/** A codec whose values somebody else judges as well, each as it closes. */
export function judgedPlan(plan: Plan, judge: Judge): Plan {
  return { open: (place) => new JudgedCursor(place, plan.open(place), judge), claims: (key) => plan.claims(key) };
}

class JudgedCursor extends Cursor {
  constructor(
    place: Place,
    private readonly inner: Cursor,
    private readonly judge: Judge,
  ) {
    super(place);
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    const messages = this.judge.open(value, path[depth]);
    if (messages.length > 0) return this.fail(this.complain(value, messages));
    if (!this.inner.grow(value, path, depth)) return this.fail(this.inner.errors);
    this.view = this.inner.view;
    this.raw = this.inner.raw;
    return true;
  }

  close(value: unknown): t.Validation<unknown> {
    const result = this.inner.close(value);
    if (result._tag === 'Left') return result;
    const messages = this.judge.whole(value);
    if (messages === undefined) return this.accept(result.right, withheld);
    if (messages.length > 0) return { _tag: 'Left', left: [...this.complain(value, messages)] };
    return this.accept(result.right, this.inner.view);
  }

  private complain(value: unknown, messages: readonly string[]): t.Errors {
    this.place.actual = value;
    const context = this.place.context();
    return messages.map((message) => ({ value, context, message }));
  }
}
