import * as t from 'io-ts';
import type { Json } from '../../partials/PartialJson.js';
import type { LeafType } from '../ioTs/CodecKind.js';
import { Cursor, type Plan } from './Cursor.js';
import { isObject } from './keepSame.js';
import { isJsonObject } from './Overlay.js';
import type { Place } from './Place.js';

type Test = (value: unknown) => boolean;

const tests: Readonly<Record<LeafType, Test>> = {
  anything: () => true,
  array: Array.isArray,
  bigint: (value) => typeof value === 'bigint',
  boolean: (value) => typeof value === 'boolean',
  dictionary: isJsonObject,
  function: (value) => typeof value === 'function',
  never: () => false,
  number: (value) => typeof value === 'number',
  object: isObject,
  string: (value) => typeof value === 'string',
  undefined: (value) => value === undefined,
};

const anyKey: readonly LeafType[] = ['anything', 'dictionary', 'object'];

/**
 * A codec whose values grow and come out as they went in, and which can be told by their type alone: a string, a
 * number, anything at all.
 */
export function leafPlan(type: LeafType): Plan {
  const accepts = tests[type];
  const claims = anyKey.includes(type);
  return { open: (place) => new LeafCursor(place, accepts), claims: () => claims };
}

class LeafCursor extends Cursor {
  constructor(
    place: Place,
    private readonly accepts: Test,
  ) {
    super(place);
  }

  grow(value: Json): boolean {
    if (!this.accepts(value)) return this.fail(this.refusal(value));
    this.view = value;
    return true;
  }

  close(value: unknown): t.Validation<unknown> {
    return this.accepts(value) ? this.accept(value) : t.failures(this.refusal(value));
  }
}
