import type * as t from 'io-ts';
import type { JsonObject } from '../../partials/Container.js';
import type { AnyDecoder } from '../ioTs/CodecKind.js';
import type { Cursor, NullReading, Plan, Verdict } from './Cursor.js';
import { openAt } from './Node.js';
import { ObjectCursor } from './ObjectCursor.js';
import type { Place } from './Place.js';
import { blamePart, type Rejection } from './Rejection.js';

export interface Prop {
  readonly key: string;
  readonly codec: t.Mixed;
  readonly plan: Plan;
}

/**
 * An object with keys known beforehand, all of them required or all of them optional: `t.type`, `t.partial`. Other keys
 * come out as they went in.
 */
export function planProps(props: readonly Prop[], optional: boolean): Plan {
  const layout = new Layout(props, optional);
  return {
    open: (place) => new PropsCursor(place, layout),
    claims: (key) => layout.byKey.has(key),
    readNull: (key) => layout.readNull(key),
    passesOthers: true,
    isShared: true,
    parts: new Set(props.flatMap(({ key, plan }) => (plan.isShared ? [key] : []))),
  };
}

/** The facts that all objects of a codec have in common. A list of objects opens one cursor for each, and this once. */
class Layout {
  readonly byKey: ReadonlyMap<string, Prop>;
  /** Props of which partials show something before they have begun. */
  readonly pending: readonly Prop[];
  /** Filled when the first `null` is met at a key: a codec may be asked only when a document is there. */
  readonly #nulls = new Map<string, NullReading>();

  constructor(
    readonly props: readonly Prop[],
    readonly optional: boolean,
  ) {
    this.byKey = new Map(props.map((prop) => [prop.key, prop]));
    this.pending = props.filter(({ plan }) => plan.pending !== undefined);
  }

  /**
   * An optional key whose codec does not take null counts as missing where it has one: OpenAI's strict mode asks for
   * `null` where a key may be left out. Decided by the codec alone, once.
   */
  readNull(key: string): NullReading {
    const prop = this.byKey.get(key);
    if (prop === undefined) return 'null';
    let reading = this.#nulls.get(key);
    if (reading === undefined) {
      const isAbsent = !takes(prop.codec, null) && (this.optional || takes(prop.codec, inherit(key)));
      this.#nulls.set(key, (reading = isAbsent ? 'absent' : 'null'));
    }
    return reading;
  }
}

/** io-ts reads a key that is not there as its prototype has it: `constructor` is a function. */
function inherit(key: string): unknown {
  return Reflect.get(Object.prototype, key);
}

function takes(codec: AnyDecoder, value: unknown): boolean {
  try {
    return codec.validate(value, [{ key: '', type: codec, actual: value }])._tag === 'Right';
  } catch {
    // It takes its context for granted. Let it throw, or not, where it has the real one.
    return true;
  }
}

const NO_KEYS: readonly string[] = [];

class PropsCursor extends ObjectCursor {
  /** The props that have not closed yet, in the codec's order: errors come in that order. */
  #unsettled: readonly Prop[];
  readonly #layout: Layout;

  constructor(place: Place, layout: Layout) {
    super(place);
    this.#layout = layout;
    this.#unsettled = layout.props;
    for (const { key, plan } of layout.pending) {
      this.showApart();
      this.shownOverlay.set(key, plan.pending);
    }
  }

  /** Other keys are only looked at where one of them may have to go. */
  override close(value: unknown): Verdict {
    const { absent } = this.place;
    if (absent !== undefined) this.#dropOthers(value, absent);
    return super.close(value);
  }

  /** Drops keys that only other members of an intersection know, and read as absent. */
  #dropOthers(value: unknown, absent: NonNullable<Place['absent']>): void {
    for (const [key, inner] of Object.entries(value ?? {}))
      if (inner === null && !this.#layout.byKey.has(key) && absent(key)) this.drop(key);
  }

  protected takeClosedKeys(value: JsonObject, openKey: string | undefined): readonly string[] {
    // The unsettled props alone are looked at, not the object: it may have many keys that the codec does not know.
    const unsettled = this.#unsettled;
    const closed = unsettled.filter(({ key }) => key !== openKey && Object.hasOwn(value, key));
    if (closed.length === 0) return NO_KEYS;
    // Most objects are written in the codec's order.
    const isInOrder = closed.at(-1) === unsettled[closed.length - 1];
    this.#unsettled = isInOrder ? unsettled.slice(closed.length) : unsettled.filter((prop) => !closed.includes(prop));
    return closed.map(({ key }) => key);
  }

  /** Keys that never came are closed as well: only then is it known that they are missing. */
  protected takeLastKeys(): readonly string[] {
    return this.#unsettled.map(({ key }) => key);
  }

  protected openMember(key: string, value: unknown): Cursor | undefined {
    const prop = this.#layout.byKey.get(key);
    if (prop === undefined) return undefined;
    // From now on the value is shown, where there is anything of it, and no longer what stood in for it.
    if (prop.plan.pending !== undefined) this.shownOverlay.forget(key);
    return openAt(prop.plan, this.place.enter(key, prop.codec, value));
  }

  protected closeMember(key: string, value: JsonObject, child: Cursor | undefined): Rejection | undefined {
    // Read as io-ts reads it: an object without a key may inherit it.
    if (!Object.hasOwn(value, key)) return this.#closeMissing(key, value[key]);
    const wire = value[key];
    if (wire === null && this.#isAbsent(key)) {
      // The null goes out of the result, unless the codec makes something of a key that is not there.
      const rejection = this.#closeMissing(key, inherit(key));
      if (!this.result.has(key)) this.drop(key);
      return rejection;
    }
    const cursor = child ?? this.openMember(key, wire);
    if (cursor === undefined) return undefined;
    const verdict = cursor.close(wire);
    if (verdict._tag === 'Right') {
      this.put(key, verdict.right, cursor.shown, verdict.right !== wire);
      return undefined;
    }
    // No JSON has undefined, but documents that were made by hand do: for an optional key that is as good as missing.
    return this.#layout.optional && wire === undefined ? undefined : this.rejectMember(key, wire, verdict.left);
  }

  protected rejectMember(key: string, value: unknown, rejection: Rejection): Rejection {
    const codec = this.#layout.byKey.get(key)?.codec;
    return codec === undefined ? rejection : blamePart(key, codec, value, rejection);
  }

  #isAbsent(key: string): boolean {
    return this.#layout.readNull(key) === 'absent' || this.place.absent?.(key) === true;
  }

  /** A codec may make something of a key that is not there. */
  #closeMissing(key: string, inherited: unknown): Rejection | undefined {
    const prop = this.#layout.byKey.get(key);
    if (prop === undefined) return undefined;
    const { optional } = this.#layout;
    if (this.shownOverlay !== this.result) this.shownOverlay.forget(key);
    // Its own place, and no shared cursor: for another codec the same key may hold a null.
    const cursor = prop.plan.open(this.place.enterAbsent(key, prop.codec, inherited));
    const verdict = cursor.close(inherited);
    if (verdict._tag === 'Left')
      return optional && inherited === undefined ? undefined : this.rejectMember(key, inherited, verdict.left);
    // io-ts adds a required key that is undefined, and no optional one.
    const hasChanged = verdict.right !== inherited || (verdict.right === undefined && !optional);
    if (hasChanged) this.put(key, verdict.right, cursor.shown, true);
    return undefined;
  }
}
