import { isObject } from '../../partials/Container.js';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import type { Annotation } from '../annotations/Annotation.js';
import { Cursor, withheld, type Plan, type Verdict } from './Cursor.js';
import { keepParts } from './keepSame.js';
import type { Place } from './Place.js';

/** A codec of which partials show less, or something else, than is decoded. */
export function planAnnotated(
  plan: Plan,
  annotation: Extract<Annotation, { readonly kind: 'complete' | 'present' | 'state' }>,
): Plan {
  switch (annotation.kind) {
    case 'complete':
      return showWith(plan, (place) => new WhenCompleteCursor(place, plan.open(place)));
    case 'present':
      return showWith(plan, (place) => new WhenPresentCursor(place, plan.open(place), annotation.key));
    case 'state':
      return {
        ...showWith(plan, (place) => new WithStateCursor(place, plan.open(place))),
        pending: Object.freeze({ state: 'pending' }),
      };
  }
}

/** The plan of a value that is read as before, and shown by another cursor. */
function showWith(plan: Plan, open: Plan['open']): Plan {
  return { ...plan, open, passesOthers: false, isShared: true, pending: undefined };
}

/** Shows partials in another way than the codec does; the verdict stays the codec's. */
abstract class ShowingCursor extends Cursor {
  readonly #inner: Cursor;

  constructor(place: Place, inner: Cursor) {
    super(place);
    this.#inner = inner;
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    if (!this.#inner.grow(value, path, depth)) return this.fail(this.#inner.rejection);
    this.shown = this.show(this.#inner.shown);
    // A value that is withheld here may be shown later, and another member of a union must not show it before.
    this.isWire = this.#inner.isWire && this.shown !== withheld;
    return true;
  }

  close(value: unknown): Verdict {
    // The verdict stays the codec's: annotations are about partials alone.
    const verdict = this.#inner.close(value);
    if (verdict._tag === 'Left') return verdict;
    return this.accept(verdict.right, this.showWhole(verdict.right, this.#inner.shown));
  }

  /** The value for partials while it is open. */
  protected abstract show(shown: unknown): unknown;

  /** The value for partials of a document when it has closed. */
  protected abstract showWhole(result: unknown, shown: unknown): unknown;
}

/** Nothing is shown before the value is whole. */
class WhenCompleteCursor extends ShowingCursor {
  protected show(): unknown {
    return withheld;
  }

  protected showWhole(result: unknown): unknown {
    return result;
  }
}

/** An object is shown when it has the key. */
class WhenPresentCursor extends ShowingCursor {
  readonly #key: string;

  constructor(place: Place, inner: Cursor, key: string) {
    super(place, inner);
    this.#key = key;
  }

  protected show(shown: unknown): unknown {
    // The shown object is asked, and not the wire: a literal that is still open is on the wire, but not yet there.
    return isObject(shown) && Object.hasOwn(shown, this.#key) ? shown : withheld;
  }

  /** An object that closes without the key is shown all the same. */
  protected showWhole(_: unknown, shown: unknown): unknown {
    return shown;
  }
}

/** The value is shown in a box that says how far it is. */
class WithStateCursor extends ShowingCursor {
  /** A box is never what the wire has. */
  override isWire = false;
  /** The value in the box. Set by `show`: while the value is the same, so is the box. */
  #boxed: unknown;

  override grow(value: Json, path: JsonPath, depth: number): boolean {
    const goesOn = super.grow(value, path, depth);
    this.isWire = false;
    return goesOn;
  }

  protected show(shown: unknown): unknown {
    if (shown === this.#boxed) return this.shown;
    this.#boxed = shown;
    return shown === withheld ? { state: 'growing' } : { state: 'growing', value: shown };
  }

  protected showWhole(result: unknown): unknown {
    // The final value, plain: its parts that were shown before stay the same objects.
    return { state: 'complete', value: keepParts(result, this.#boxed) };
  }
}
