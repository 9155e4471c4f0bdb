import { isArray, isContainer, isObject } from '../../partials/Container.js';
import type { Json } from '../../partials/PartialJson.js';
import type { LeafType } from '../ioTs/CodecKind.js';
import { Cursor, wholly, rejectValue, type Plan, type Verdict } from './Cursor.js';
import { withoutAbsent } from './Overlay.js';
import type { Place } from './Place.js';
import { createProblem } from './Rejection.js';

type Test = (value: unknown) => boolean;

/** The test of io-ts for each type. */
const tests: Readonly<Record<LeafType, Test>> = {
  anything: () => true,
  array: isArray,
  bigint: (value) => typeof value === 'bigint',
  boolean: (value) => typeof value === 'boolean',
  dictionary: isObject,
  function: (value) => typeof value === 'function',
  never: () => false,
  number: (value) => typeof value === 'number',
  object: isContainer,
  string: (value) => typeof value === 'string',
  undefined: (value) => value === undefined,
};

/** Types of objects with any keys: beside them in an intersection no key is extra. */
const takingAnyKey: readonly LeafType[] = ['anything', 'dictionary', 'object'];

/**
 * A codec whose values grow and come out as they went in, and which can be told by their type alone: a string, a
 * number, anything at all.
 */
export function planLeaf(type: LeafType): Plan {
  const accepts = tests[type];
  const claims = takingAnyKey.includes(type);
  return { ...wholly, open: (place) => new LeafCursor(place, accepts), claims: () => claims, isShared: false };
}

/** The most frequent cursor by far, so it holds nothing but what it asks. */
class LeafCursor extends Cursor {
  readonly #accepts: Test;

  constructor(place: Place, accepts: Test) {
    super(place);
    this.#accepts = accepts;
  }

  grow(value: Json): boolean {
    // A string stays a string however it goes on, so the type of an open value is that of the whole one.
    if (!this.#accepts(value)) return this.fail(createProblem(value));
    this.shown = value;
    return true;
  }

  close(value: unknown): Verdict {
    return this.#accepts(value) ? this.accept(withoutAbsent(value, this.place.absent)) : rejectValue(value);
  }
}
