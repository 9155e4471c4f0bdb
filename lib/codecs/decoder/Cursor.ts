import type { Json, JsonPath } from '../../partials/PartialJson.js';
import type { Place } from './Place.js';
import { NO_REASON, createProblem, type Rejection } from './Rejection.js';

/** Stands in partials for a value that may not be shown yet. */
export const withheld: unique symbol = Symbol('withheld');

/** The verdict on a complete value: its decoded form, or why it was rejected. */
export type Verdict =
  { readonly _tag: 'Right'; readonly right: unknown } | { readonly _tag: 'Left'; readonly left: Rejection };

/**
 * How a `null` under a key reads. `'absent'`: as if the key were not there, because it may be left out and its codec
 * does not take null. `'depends'`: so it reads for some members of a union. `'null'`: as any other value.
 */
export type NullReading = 'absent' | 'depends' | 'null';

/** Keys of an object, or any keys and indexes. */
export type Parts = ReadonlySet<string> | 'all';

/** How a codec reads values: made once for each codec. */
export interface Plan {
  /** Begins to read one value. */
  readonly open: (place: Place) => Cursor;
  /** Whether the codec knows this key of an object: where extra keys are not wanted, this one is not extra. */
  readonly claims: (key: string) => boolean;
  readonly readNull: (key: string) => NullReading;
  /** Keys that it does not know come out of an object as they went in. */
  readonly passesOthers: boolean;
  /**
   * Codecs that read the same value by this plan share a cursor. Where it looks at the type alone that would not pay.
   */
  readonly isShared: boolean;
  /** The keys under which it reads by plans that are shared. */
  readonly parts: Parts;
  /** The value that partials of an object show before this one has begun, if any. */
  readonly pending?: unknown;
}

const noParts: Parts = new Set();

/** The plan of a value that is read as one, for plans to begin with. */
export const wholly = {
  claims: (): boolean => false,
  readNull: (): NullReading => 'null',
  passesOthers: false,
  isShared: true,
  parts: noParts,
} as const;

/**
 * One codec reading one value while it is written.
 *
 * It may be shown any of the value's states, or none, before `close` shows the last. All four properties are of the
 * state that was shown last: `grow` and `close` set them, and nothing ever clears them.
 */
export abstract class Cursor {
  // Declared here and set in the constructor: there are as many cursors as values, and where fields have initializers V8
  // calls a function of its own for each.
  /** The value for partials: a part of the codec's output, or {@link withheld}. */
  declare shown: unknown;
  /**
   * `shown` is the wire's own value, and what is withheld of it either comes out as the wire has it or is rejected.
   * Where that is so for all members of a union, any of them can speak for the others.
   */
  declare isWire: boolean;
  /** Why the value was rejected while it was open. */
  declare rejection: Rejection;
  declare protected readonly place: Place;

  constructor(place: Place) {
    this.place = place;
    this.shown = withheld;
    this.isWire = true;
    this.rejection = NO_REASON;
  }

  /**
   * Reads a value that is still open. `path` is the document's open path, and `depth` how much of it led here.
   *
   * @returns False if no continuation of the value can be right; the cursor must not be used afterwards.
   */
  abstract grow(value: Json, path: JsonPath, depth: number): boolean;

  /** Reads the complete value; `undefined` for a missing one. */
  abstract close(value: unknown): Verdict;

  protected accept(value: unknown, shown = value): Verdict {
    this.shown = shown;
    return { _tag: 'Right', right: value };
  }

  /** Says that the open value is wrong; the caller of `grow` reads why. */
  protected fail(rejection: Rejection): false {
    this.rejection = rejection;
    return false;
  }
}

export function reject(rejection: Rejection): Verdict {
  return { _tag: 'Left', left: rejection };
}

/** Rejects a value that is not what the codec at its place asks for. */
export function rejectValue(value: unknown): Verdict {
  return reject(createProblem(value));
}
