import * as t from 'io-ts';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import { Cursor, withheld, type Plan } from './Cursor.js';
import { keepSame } from './keepSame.js';
import { isJsonArray } from './Overlay.js';
import type { Place } from './Place.js';

export interface Item {
  readonly codec: t.Mixed;
  readonly plan: Plan;
}

/**
 * An array, of which `itemAt` tells what each element is read by.
 *
 * @param least How many elements are decoded even where there are fewer.
 * @param most How many there may be; io-ts cuts off what there is more.
 */
export function itemsPlan(itemAt: (index: number) => Item | undefined, least = 0, most = Infinity): Plan {
  return { open: (place) => new ItemsCursor(place, itemAt, least, most), claims: () => false };
}

class ItemsCursor extends Cursor {
  /** How many elements have closed. */
  private settled = 0;
  /** The elements decoded, and those that partials show; `undefined` while they are those on the wire. */
  private result: unknown[] | undefined;
  private shown: unknown[] | undefined;
  private openIndex: number | undefined;
  private child: Cursor | undefined;
  private shownChild: unknown = withheld;
  /** How many of the closed elements the view has. */
  private viewed = -1;

  constructor(
    place: Place,
    private readonly itemAt: (index: number) => Item | undefined,
    private readonly least: number,
    private readonly most: number,
  ) {
    super(place);
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    if (!isJsonArray(value)) return this.fail(this.refusal(value));
    this.place.actual = value;
    const step = path[depth];
    const index = step === undefined ? undefined : Number(step);
    if (index === undefined || index !== this.openIndex) {
      const errors = this.closeUntil(Math.min(index ?? value.length, this.most), value, true);
      if (errors.length > 0) return this.fail(errors);
      this.openIndex = index;
      this.child = undefined;
    }
    const inner = index === undefined ? undefined : value[index];
    if (index !== undefined && inner !== undefined) {
      this.child ??= this.openItem(index, inner);
      if (this.child !== undefined && !this.child.grow(inner, path, depth + 1)) return this.fail(this.child.errors);
    }
    this.look(value, inner);
    return true;
  }

  close(value: unknown): t.Validation<unknown> {
    if (!isJsonArray(value)) return t.failures(this.refusal(value));
    this.place.actual = value;
    const errors = this.closeUntil(Math.min(Math.max(value.length, this.least), this.most), value, false);
    if (errors.length > 0) return t.failures(errors);
    const result = this.result ?? (value.length > this.most ? value.slice(0, this.most) : value);
    if (this.shown !== undefined) return this.accept(result, keepSame(this.shown, this.view));
    return this.accept(result === value ? value : keepSame(result, this.view));
  }

  private openItem(index: number, value: unknown): Cursor | undefined {
    const item = this.itemAt(index);
    return item?.plan.open(this.place.within(String(index), item.codec, value));
  }

  private closeUntil(end: number, value: readonly Json[], stopAtFirst: boolean): t.Errors {
    const errors: t.Errors = [];
    for (; this.settled < end; this.settled++) {
      const index = this.settled;
      const cursor = (index === this.openIndex ? this.child : undefined) ?? this.openItem(index, value[index]);
      const result = cursor?.close(value[index]);
      if (cursor === undefined || result === undefined) continue;
      if (result._tag === 'Right') this.put(index, result.right, cursor.view, value);
      else if (stopAtFirst) return result.left;
      else errors.push(...result.left);
    }
    return errors;
  }

  private put(index: number, item: unknown, view: unknown, value: readonly Json[]): void {
    if (index >= value.length && item === undefined) return;
    if (view !== item) this.shown ??= (this.result ?? value).slice(0, index);
    // A tuple that ends early has the elements that its codecs made of nothing.
    if (item !== value[index]) this.result ??= value.slice(0, index);
    if (this.result !== undefined) this.result[index] = item;
    if (this.shown !== undefined) this.shown[index] = view;
  }

  private look(value: readonly Json[], inner: Json | undefined): void {
    const { child } = this;
    const closed = this.shown ?? this.result;
    this.raw = closed === undefined && value.length <= this.most && (child === undefined || child.raw);
    const shownChild = child === undefined ? withheld : child.view;
    const isWire = closed === undefined && (shownChild === inner || value.length === this.settled);
    if (isWire) this.view = value;
    else if (this.viewed !== this.settled || shownChild !== this.shownChild || this.view === withheld) {
      const view: unknown[] = (closed ?? value).slice(0, this.settled);
      if (shownChild !== withheld) view.push(shownChild);
      this.view = isSameList(view, this.view) ? this.view : view;
    }
    this.viewed = this.settled;
    this.shownChild = shownChild;
  }
}

/** Of lists of the same elements as they close; only the last one of a list may ever be another. */
function isSameList(now: readonly unknown[], before: unknown): boolean {
  return Array.isArray(before) && before.length === now.length && before.at(-1) === now.at(-1);
}
