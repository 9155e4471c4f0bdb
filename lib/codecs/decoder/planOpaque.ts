import type * as t from 'io-ts';
import { pending } from '../standardSchema/PendingVerdicts.js';
import { Cursor, wholly, reject, withheld, type Plan, type Verdict } from './Cursor.js';
import { withoutAbsent } from './Overlay.js';
import type { Place } from './Place.js';
import { toReasons } from './Rejection.js';

/**
 * A codec that cannot be looked into: it is shown the whole value, once. It may know any key, so no key beside it is
 * extra.
 */
export function planOpaque(codec: t.Mixed): Plan {
  return { ...wholly, open: (place) => new OpaqueCursor(place, codec), claims: () => true };
}

class OpaqueCursor extends Cursor {
  /** It may make anything of the value. */
  override isWire = false;
  readonly #codec: t.Mixed;

  constructor(place: Place, codec: t.Mixed) {
    super(place);
    this.#codec = codec;
  }

  /** Whether an open value can become right only the codec could tell, and it wants whole values. */
  grow(): boolean {
    return true;
  }

  close(wire: unknown): Verdict {
    const value = withoutAbsent(wire, this.place.absent);
    this.place.actual = value;
    // The real context, and not one that begins here: the codec may look at what is around its value.
    const context = this.place.writeContext();
    const result = this.#codec.validate(value, context);
    if (result._tag === 'Left') return reject(toReasons(result.left, context));
    return result.right === pending ? this.accept(value, withheld) : this.accept(result.right);
  }
}
