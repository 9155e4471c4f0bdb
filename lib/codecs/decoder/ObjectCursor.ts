import { isObject, type JsonObject } from '../../partials/Container.js';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import { Cursor, reject, rejectValue, withheld, type Verdict } from './Cursor.js';
import { keepSame } from './keepSame.js';
import { Overlay } from './Overlay.js';
import { createProblem, type Rejection } from './Rejection.js';

/**
 * Reads an object member by member. Its subclasses say what the members are.
 *
 * JSON is written in one place at a time, so at most one member is open: `#child` reads it. When another key opens, all
 * members that are there but for that one have closed. They are closed then, with the child where it has read them,
 * else with a cursor that reads them in one go: a key may have come and gone between two snapshots.
 *
 * The result of a closed member is kept only if it differs from the wire: `result` is the decoded object,
 * `shownOverlay` the object that partials show. As long as neither differs, and the open member is shown as it is, the
 * wire's own object is shown: an object of a hundred strings costs no copy at all.
 */
export abstract class ObjectCursor extends Cursor {
  /** How the result differs from the wire. It only grows: a member writes into it once, when it closes. */
  protected readonly result = new Overlay();
  /**
   * How the shown object differs from the wire. It is the same object as `result` until an annotation shows something
   * else than the result (`showApart`), and from then on a copy that is kept beside it.
   */
  protected shownOverlay = this.result;
  /** The key that was open in the last snapshot. Set by `grow` when another key, or none, is open. */
  #openKey: string | undefined;
  /** The cursor of the open key. Set when there is something of its value; cleared when the key changes. */
  #child: Cursor | undefined;
  /**
   * The child's shown value when `shown` was made last: while it shows the same, so does the object. Set by `#show`
   * alone.
   */
  #shownChild: unknown = withheld;
  /** A member has closed since `shown` was made last. Set when the open key changes, cleared by `#show`. */
  #isStale = true;

  /** Keys that have closed since the last call. */
  protected abstract takeClosedKeys(value: JsonObject, openKey: string | undefined): readonly string[];

  /** The keys that are left when the object closes, whether they are there or not. */
  protected abstract takeLastKeys(value: JsonObject): readonly string[];

  /** The cursor for a member that is there; none where the codec does not read it. */
  protected abstract openMember(key: string, value: unknown): Cursor | undefined;

  /** Closes a member, with the cursor that has read it so far, and takes note of what it was decoded to. */
  protected abstract closeMember(key: string, value: JsonObject, child: Cursor | undefined): Rejection | undefined;

  /** The rejection of the object for one of its members. */
  protected abstract rejectMember(key: string, value: unknown, rejection: Rejection): Rejection;

  grow(value: Json, path: JsonPath, depth: number): boolean {
    if (!isObject(value)) return this.fail(createProblem(value));
    this.place.actual = value;
    const step = path[depth];
    const key = step === undefined ? undefined : String(step);
    if (key === undefined || key !== this.#openKey) {
      // The first rejection is enough for an object that is open: no continuation can put it right.
      for (const closed of this.takeClosedKeys(value, key)) {
        const rejection = this.#closeMember(closed, value);
        if (rejection !== undefined) return this.fail(rejection);
      }
      this.#openKey = key;
      this.#child = undefined;
      this.#isStale = true;
    }
    // The path may have turned to a key of which nothing is there yet.
    const inner =
      key === undefined || (this.#child === undefined && !Object.hasOwn(value, key)) ? undefined : value[key];
    if (key !== undefined && inner !== undefined) {
      this.#child ??= this.openMember(key, inner);
      if (this.#child !== undefined && !this.#child.grow(inner, path, depth + 1))
        return this.fail(this.rejectMember(key, inner, this.#child.rejection));
    }
    this.#show(value, key, inner);
    return true;
  }

  close(value: unknown): Verdict {
    if (!isObject(value)) return rejectValue(value);
    this.place.actual = value;
    // Missing keys are read as well: they are rejected now, or made something of.
    const rejection = this.takeLastKeys(value).flatMap((key) => this.#closeMember(key, value) ?? []);
    if (rejection.length > 0) return reject(rejection);
    if (this.shownOverlay !== this.result)
      return this.accept(this.result.applyTo(value), keepSame(this.shownOverlay.applyTo(value), this.shown));
    return this.accept(this.result.isEmpty ? value : keepSame(this.result.applyTo(value), this.shown));
  }

  #closeMember(key: string, value: JsonObject): Rejection | undefined {
    return this.closeMember(key, value, key === this.#openKey ? this.#child : undefined);
  }

  /** Takes a member's value, and what partials show of it, where it is another than on the wire. */
  protected put(key: string, value: unknown, shown: unknown, hasChanged: boolean): void {
    if (shown !== value) this.showApart();
    if (hasChanged) this.result.set(key, value);
    if (this.shownOverlay !== this.result) this.shownOverlay.set(key, shown);
  }

  /** Neither the result nor the shown object has such a key, whatever the wire has. */
  protected drop(key: string): void {
    this.result.drop(key);
    if (this.shownOverlay !== this.result) this.shownOverlay.drop(key);
  }

  /** From now on partials show another thing than the result. */
  protected showApart(): void {
    if (this.shownOverlay === this.result) this.shownOverlay = this.result.clone();
  }

  #show(value: JsonObject, key: string | undefined, inner: Json | undefined): void {
    const child = this.#child;
    const { shownOverlay } = this;
    const isUnchanged = shownOverlay.isEmpty;
    this.isWire = isUnchanged && this.result.isEmpty && (child === undefined || child.isWire);
    // A key that an annotation or an outer codec has dropped stays out, whatever its cursor shows.
    const isDropped = !isUnchanged && key !== undefined && shownOverlay.has(key);
    const shownChild = isDropped ? withheld : child === undefined ? inner : child.shown;
    if (isUnchanged && shownChild === inner) this.shown = value;
    else if (this.#isStale || shownChild !== this.#shownChild) {
      const shown = child === undefined ? shownOverlay.applyTo(value) : shownOverlay.applyTo(value, key, shownChild);
      // Turning to a key of which nothing is shown changes nothing.
      this.shown = this.#isStale ? keepSame(shown, this.shown) : shown;
    }
    this.#isStale = false;
    this.#shownChild = shownChild;
  }
}
