import type { JsonPath } from '../tokens/JsonPath.js';

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type { JsonPath };

/** A JSON document as far as it has been written. */
export interface PartialJson {
  /**
   * An immutable snapshot; `undefined` while there is nothing to show. Parts that did not change since the snapshot
   * before are the same objects.
   */
  readonly value: Json | undefined;
  /**
   * The one branch still being written, ending at the innermost value that is open, a growing string or number
   * included. Everything off it is finished.
   */
  readonly path: JsonPath;
  /** The document is closed: `value` is final. */
  readonly complete: boolean;
}
