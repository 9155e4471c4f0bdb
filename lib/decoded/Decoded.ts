import type { JsonPath } from '../partials/PartialJson.js';
import type { PartialOf } from '../codecs/annotations/PartialOf.js';

/** A value that is still being written: everything in it is true already, but there may be more. */
export interface DecodedPartial<A> {
  readonly _tag: 'Partial';
  readonly value: PartialOf<A>;
  /** The one branch still being written. */
  readonly path: JsonPath;
}

/** The whole value, as `codec.decode` gives it. */
export interface DecodedComplete<A> {
  readonly _tag: 'Complete';
  readonly value: A;
}

/** A typed view of an answer while it is written, and at its end. */
export type Decoded<A> = DecodedPartial<A> | DecodedComplete<A>;
