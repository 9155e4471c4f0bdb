import type * as t from 'io-ts';
import { Cursor, type Plan } from './Cursor.js';

/** A codec that cannot be looked into: it is shown the whole value, once. */
export function opaquePlan(codec: t.Mixed): Plan {
  return { open: (place) => new OpaqueCursor(place, codec), claims: () => true };
}

class OpaqueCursor extends Cursor {
  override raw = false;

  constructor(
    place: Cursor['place'],
    private readonly codec: t.Mixed,
  ) {
    super(place);
  }

  grow(): boolean {
    return true;
  }

  close(value: unknown): t.Validation<unknown> {
    this.place.actual = value;
    const result = this.codec.validate(value, this.place.context());
    return result._tag === 'Left' ? result : this.accept(result.right);
  }
}
