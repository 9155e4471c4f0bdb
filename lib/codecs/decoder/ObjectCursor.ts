import * as t from 'io-ts';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import { Cursor, withheld } from './Cursor.js';
import { keepSame } from './keepSame.js';
import { isJsonObject, Overlay, type JsonObject } from './Overlay.js';

/** Reads an object member by member. What the members are is for its subclasses to say. */
export abstract class ObjectCursor extends Cursor {
  /** What decoding has changed; and, where annotations show another thing than the result, what that changes. */
  protected readonly result = new Overlay();
  protected shown = this.result;
  private openKey: string | undefined;
  private child: Cursor | undefined;
  /** What the view was made of. */
  private shownChild: unknown = withheld;
  private isStale = true;

  /** Of the keys that have closed those that were not told before. */
  protected abstract closedKeys(value: JsonObject, openKey: string | undefined): readonly string[];

  /** The keys that are left when the object closes, whether they are there or not. */
  protected abstract lastKeys(value: JsonObject): readonly string[];

  /** The cursor for a member; none where nobody is interested in it. */
  protected abstract openMember(key: string, value: unknown): Cursor | undefined;

  /** Takes note of what a member was decoded to. */
  protected abstract settle(key: string, cursor: Cursor, value: JsonObject): t.Errors | undefined;

  grow(value: Json, path: JsonPath, depth: number): boolean {
    if (!isJsonObject(value)) return this.fail(this.refusal(value));
    this.place.actual = value;
    const step = path[depth];
    const key = step === undefined ? undefined : String(step);
    if (key === undefined || key !== this.openKey) {
      for (const closed of this.closedKeys(value, key)) {
        const errors = this.closeMember(closed, value);
        if (errors !== undefined) return this.fail(errors);
      }
      this.openKey = key;
      this.child = undefined;
      this.isStale = true;
    }
    const inner =
      key === undefined || (this.child === undefined && !Object.hasOwn(value, key)) ? undefined : value[key];
    if (key !== undefined && inner !== undefined) {
      this.child ??= this.openMember(key, inner);
      if (this.child !== undefined && !this.child.grow(inner, path, depth + 1)) return this.fail(this.child.errors);
    }
    this.look(value, key, inner);
    return true;
  }

  close(value: unknown): t.Validation<unknown> {
    if (!isJsonObject(value)) return t.failures(this.refusal(value));
    this.place.actual = value;
    const errors = this.lastKeys(value).flatMap((key) => this.closeMember(key, value) ?? []);
    if (errors.length > 0) return t.failures(errors);
    if (this.shown !== this.result)
      return this.accept(this.result.over(value), keepSame(this.shown.over(value), this.view));
    return this.accept(this.result.isEmpty ? value : keepSame(this.result.over(value), this.view));
  }

  private closeMember(key: string, value: JsonObject): t.Errors | undefined {
    const cursor = (key === this.openKey ? this.child : undefined) ?? this.openMember(key, value[key]);
    return cursor && this.settle(key, cursor, value);
  }

  /** Takes a member's value, and what partials show of it, where it is another than on the wire. */
  protected put(key: string, value: unknown, view: unknown, hasChanged: boolean): void {
    if (view !== value) this.showApart();
    if (hasChanged) this.result.set(key, value);
    if (this.shown !== this.result) this.shown.set(key, view);
  }

  /** From now on partials show another thing than the result. */
  protected showApart(): void {
    if (this.shown === this.result) this.shown = this.result.clone();
  }

  private look(value: JsonObject, key: string | undefined, inner: Json | undefined): void {
    const { child, shown } = this;
    const isWire = shown.isEmpty;
    this.raw = isWire && this.result.isEmpty && (child === undefined || child.raw);
    const isHidden = !isWire && key !== undefined && shown.has(key);
    const shownChild = isHidden ? withheld : child === undefined ? inner : child.view;
    if (isWire && shownChild === inner) this.view = value;
    else if (this.isStale || shownChild !== this.shownChild) {
      const view = child === undefined ? shown.over(value) : shown.over(value, key, shownChild);
      // Turning to a key of which nothing is shown changes nothing to be seen.
      this.view = this.isStale ? keepSame(view, this.view) : view;
    }
    this.isStale = false;
    this.shownChild = shownChild;
  }
}
