import * as t from 'io-ts';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import type { Place } from './Place.js';

/** What partials show of a value of which nothing may be shown yet. */
export const withheld: unique symbol = Symbol('withheld');

const NONE: t.Errors = [];

/** How a codec reads values: made once for each codec. */
export interface Plan {
  /** Begins to read one value. */
  open(place: Place): Cursor;
  /** Whether the codec knows this key of an object: where extra keys are not wanted, this one is none. */
  claims(key: string): boolean;
  /** Keys that it does not know come out of an object as they went in. */
  readonly passesOthers?: boolean;
  /** What partials of an object show of the value before it has begun, where that is anything. */
  readonly pending?: unknown;
}

/**
 * One codec reading one value, while it is being written.
 *
 * It may be shown any of the value's states, or none, before `close` shows the last.
 */
export abstract class Cursor {
  /** What partials show: a part of the codec's output, or {@link withheld}. */
  view: unknown = withheld;
  /**
   * What is shown is the wire's own value, and nothing that is withheld can turn out to be anything else, or may stay
   * hidden when another codec for the same value, which shows it, has refused it.
   */
  raw = true;
  /** Why the value was refused while it was open. */
  errors: t.Errors = NONE;

  constructor(protected readonly place: Place) {}

  /**
   * Reads a value that is still open. `path` is the document's open path, and `depth` how much of it led here.
   *
   * @returns False if no continuation of the value can be right; the cursor is of no use afterwards.
   */
  abstract grow(value: Json, path: JsonPath, depth: number): boolean;

  /** Reads the whole value; `undefined` where there is none. */
  abstract close(value: unknown): t.Validation<unknown>;

  protected accept(value: unknown, view = value): t.Validation<unknown> {
    this.view = view;
    return t.success(value);
  }

  /** What io-ts says of a value that is not what the codec at this place asks for. */
  protected refusal(value: unknown): t.Errors {
    this.place.actual = value;
    return [{ value, context: this.place.context() }];
  }

  /** Keeps the reason for the caller of `grow`. */
  protected fail(errors: t.Errors): false {
    this.errors = errors;
    return false;
  }
}
