import type * as t from 'io-ts';
import { isArray } from '../../partials/Container.js';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import { Cursor, wholly, reject, rejectValue, withheld, type Plan, type Verdict } from './Cursor.js';
import { keepSame } from './keepSame.js';
import { openAt } from './Node.js';
import type { Place } from './Place.js';
import { createProblem, blamePart, type Reason, type Rejection } from './Rejection.js';

export interface Item {
  readonly codec: t.Mixed;
  readonly plan: Plan;
}

/**
 * Like an object whose keys are indexes and come in order, which makes it simpler: what has closed is a number.
 *
 * An array, of which `itemAt` tells what each element is read by.
 *
 * @param least How many elements are decoded even where there are fewer.
 * @param most How many there may be; io-ts cuts off what there is more.
 */
export function planItems(itemAt: (index: number) => Item | undefined, least = 0, most = Infinity): Plan {
  return { ...wholly, parts: 'all', open: (place) => new ItemsCursor(place, itemAt, least, most) };
}

class ItemsCursor extends Cursor {
  /** How many elements have closed; they are decoded. It only grows. */
  #settled = 0;
  /**
   * The elements decoded, and the elements that partials show. Each is `undefined` until its first element that is not
   * the wire's, and holds all closed elements from then on.
   */
  #result: unknown[] | undefined;
  #shownItems: unknown[] | undefined;
  /** The element that was open in the last snapshot, and its cursor: set and cleared as in `ObjectCursor`. */
  #openIndex: number | undefined;
  #child: Cursor | undefined;
  /**
   * The parts of which `shown` was made: what the open element showed, and the count of closed elements. Set by `#show`
   * alone.
   */
  #shownChild: unknown = withheld;
  #shownCount = -1;
  readonly #itemAt: (index: number) => Item | undefined;
  readonly #least: number;
  readonly #most: number;

  constructor(place: Place, itemAt: (index: number) => Item | undefined, least: number, most: number) {
    super(place);
    this.#itemAt = itemAt;
    this.#least = least;
    this.#most = most;
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    if (!isArray(value)) return this.fail(createProblem(value));
    this.place.actual = value;
    const step = path[depth];
    const index = step === undefined ? undefined : Number(step);
    if (index === undefined || index !== this.#openIndex) {
      // The open element itself has not closed, but all before it have.
      const rejection = this.#closeUntil(Math.min(index ?? value.length, this.#most), value, true);
      if (rejection.length > 0) return this.fail(rejection);
      this.#openIndex = index;
      this.#child = undefined;
    }
    const inner = index === undefined ? undefined : value[index];
    if (index !== undefined && inner !== undefined) {
      this.#child ??= this.#openItem(index, inner);
      if (this.#child !== undefined && !this.#child.grow(inner, path, depth + 1))
        return this.fail(this.#rejectItem(index, inner, this.#child.rejection));
    }
    this.#show(value, inner);
    return true;
  }

  close(value: unknown): Verdict {
    if (!isArray(value)) return rejectValue(value);
    this.place.actual = value;
    // A tuple that is too short is decoded to its end: some codecs make something of nothing.
    const rejection = this.#closeUntil(Math.min(Math.max(value.length, this.#least), this.#most), value, false);
    if (rejection.length > 0) return reject(rejection);
    const result = this.#result ?? (value.length > this.#most ? value.slice(0, this.#most) : value);
    if (this.#shownItems !== undefined) return this.accept(result, keepSame(this.#shownItems, this.shown));
    return this.accept(result === value ? value : keepSame(result, this.shown));
  }

  #openItem(index: number, value: unknown): Cursor | undefined {
    const item = this.#itemAt(index);
    return item && openAt(item.plan, this.place.enter(String(index), item.codec, value));
  }

  #rejectItem(index: number, value: unknown, rejection: Rejection): Rejection {
    const codec = this.#itemAt(index)?.codec;
    return codec === undefined ? rejection : blamePart(String(index), codec, value, rejection);
  }

  #closeUntil(end: number, value: readonly Json[], stopAtFirst: boolean): Rejection {
    // While the array is open the first rejection is enough; when it closes all of them are wanted.
    const rejection: Reason[] = [];
    for (; this.#settled < end; this.#settled++) {
      const index = this.#settled;
      const wire = value[index];
      const cursor = (index === this.#openIndex ? this.#child : undefined) ?? this.#openItem(index, wire);
      if (cursor === undefined) continue;
      const verdict = cursor.close(wire);
      if (verdict._tag === 'Right') this.#put(index, verdict.right, cursor.shown, value);
      else {
        rejection.push(...this.#rejectItem(index, wire, verdict.left));
        if (stopAtFirst) break;
      }
    }
    return rejection;
  }

  /** Copies the array when the first element differs from the wire, and not before. */
  #put(index: number, item: unknown, shown: unknown, value: readonly Json[]): void {
    // io-ts adds no element that its codec made to nothing.
    if (index >= value.length && item === undefined) return;
    if (shown !== item) this.#shownItems ??= (this.#result ?? value).slice(0, index);
    // A tuple that ends early has the elements that its codecs made of nothing.
    if (item !== value[index]) this.#result ??= value.slice(0, index);
    if (this.#result !== undefined) this.#result[index] = item;
    if (this.#shownItems !== undefined) this.#shownItems[index] = shown;
  }

  #show(value: readonly Json[], inner: Json | undefined): void {
    const child = this.#child;
    const closed = this.#shownItems ?? this.#result;
    this.isWire = closed === undefined && value.length <= this.#most && (child === undefined || child.isWire);
    const shownChild = child === undefined ? withheld : child.shown;
    // The wire's own array is shown as long as each of its elements is shown as it is.
    const isUnchanged = closed === undefined && (shownChild === inner || value.length === this.#settled);
    if (isUnchanged) this.shown = value;
    else if (this.#shownCount !== this.#settled || shownChild !== this.#shownChild || this.shown === withheld) {
      // Arrays copy at the speed of memory: what is shown is a copy of what has closed, and the open element.
      const shown: unknown[] = (closed ?? value).slice(0, this.#settled);
      if (shownChild !== withheld) shown.push(shownChild);
      this.shown = isSameList(shown, this.shown) ? this.shown : shown;
    }
    this.#shownCount = this.#settled;
    this.#shownChild = shownChild;
  }
}

/** Whether two states of a list have the same elements. Only the last element of a list may ever be another. */
function isSameList(now: readonly unknown[], before: unknown): boolean {
  return Array.isArray(before) && before.length === now.length && before.at(-1) === now.at(-1);
}
