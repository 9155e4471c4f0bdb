import type { Json, JsonPath } from '../../partials/PartialJson.js';
import { Cursor, type Plan, type Verdict } from './Cursor.js';
import type { Place } from './Place.js';

/** Counts the snapshots that a decoder has read. */
export interface Clock {
  now: number;
}

/**
 * A value of the document below a union or an intersection: several codecs read it, and those that read it with the
 * same plan share one cursor. Without that, a recursion through a union with two open members would read each level
 * twice as often as the level above.
 *
 * ```text
 *  { filters: Filter[], op: 'and' } | { filters: Filter[], op: 'or' }        reads {"filters":[{"filters":[…
 *
 *  node             members 0 and 1, which both open `filters`
 *  node.at(filters) two cursors: the codecs Array<Filter> are two
 *  … .at(0)         one cursor: both read the element with Filter
 * ```
 *
 * 1. The table lives for one snapshot. All codecs that read a value at the same time come to a part of it in the same
 *    snapshot, and from then on keep their cursors themselves; so nothing has to be remembered, and members that have
 *    been rejected are forgotten.
 * 2. A codec that comes later gets a cursor of its own. That is right as well: cursors may miss snapshots.
 */
export class Node {
  /** The value as far as it was read. */
  value: unknown;
  readonly #clock: Clock;
  /** Set when the node is first asked in a snapshot, for that snapshot. */
  #snapshot = -1;
  #cursors: Map<Plan, Cursor> | undefined;
  #parts: Map<string, Node> | undefined;

  constructor(clock: Clock, value: unknown) {
    this.#clock = clock;
    this.value = value;
  }

  /** The node of a part. */
  openPart(step: string): Node {
    this.#forget();
    const parts = (this.#parts ??= new Map<string, Node>());
    let node = parts.get(step);
    if (node === undefined) parts.set(step, (node = new Node(this.#clock, undefined)));
    return node;
  }

  /** The cursor that reads this value by a plan: the same for all who ask in one snapshot. */
  share(plan: Plan, place: Place): Cursor {
    // The place is that of the first reader. Only codecs that ask for their context see that.
    this.#forget();
    const cursors = (this.#cursors ??= new Map<Plan, Cursor>());
    let cursor = cursors.get(plan);
    if (cursor === undefined) cursors.set(plan, (cursor = new SharedCursor(place, plan.open(place), this.#clock)));
    return cursor;
  }

  #forget(): void {
    if (this.#snapshot === this.#clock.now) return;
    this.#snapshot = this.#clock.now;
    this.#cursors = undefined;
    this.#parts = undefined;
  }
}

/** Begins to read a value: with the cursor of another codec that reads it by the same plan, if there is one. */
export function openAt(plan: Plan, place: Place): Cursor {
  const { node, absent } = place;
  // In an intersection the same plan may read an object without some of its keys.
  if (node === undefined || !plan.isShared || absent !== undefined) return plan.open(place);
  return node.share(plan, place);
}

/** A cursor with several readers. Each of them shows it every snapshot; it looks at each once. */
class SharedCursor extends Cursor {
  /** The snapshot that `grow` has read last. */
  #grown = -1;
  #goesOn = true;
  /** Set when the value closes. */
  #verdict: Verdict | undefined;
  readonly #inner: Cursor;
  readonly #clock: Clock;

  constructor(place: Place, inner: Cursor, clock: Clock) {
    super(place);
    this.#inner = inner;
    this.#clock = clock;
    this.#adopt();
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    // A rejected cursor is not asked again: a reader that comes late to it is told the same.
    if (this.#grown === this.#clock.now || !this.#goesOn) return this.#goesOn;
    this.#grown = this.#clock.now;
    this.#goesOn = this.#inner.grow(value, path, depth);
    this.#adopt();
    return this.#goesOn;
  }

  close(value: unknown): Verdict {
    if (this.#verdict === undefined) {
      this.#verdict = this.#inner.close(value);
      this.#adopt();
    }
    return this.#verdict;
  }

  /** Readers look at properties, so they are copied instead of asked for. */
  #adopt(): void {
    const { shown, isWire, rejection } = this.#inner;
    this.shown = shown;
    this.isWire = isWire;
    this.rejection = rejection;
  }
}
