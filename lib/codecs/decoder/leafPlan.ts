import * as t from 'io-ts';
import type { Json } from '../../partials/PartialJson.js';
import { Cursor, type Plan } from './Cursor.js';
import type { Place } from './Place.js';

type Test = (value: unknown) => boolean;

/**
 * A codec whose values grow and come out as they went in, and which can be told by their type alone: a string, a
 * number, anything at all.
 */
export function leafPlan(accepts: Test, claims = false): Plan {
  return { open: (place) => new LeafCursor(place, accepts), claims: () => claims };
}

class LeafCursor extends Cursor {
  constructor(
    place: Place,
    private readonly accepts: Test,
  ) {
    super(place);
  }

  grow(value: Json): boolean {
    if (!this.accepts(value)) return this.fail(this.refusal(value));
    this.view = value;
    return true;
  }

  close(value: unknown): t.Validation<unknown> {
    return this.accepts(value) ? this.accept(value) : t.failures(this.refusal(value));
  }
}
