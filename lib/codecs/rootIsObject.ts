import type * as t from 'io-ts';
import { resolved } from './shapes/Shape.js';
import { shapeOf } from './shapes/shapeOf.js';
import type { ToJsonSchemaConfig } from './toJsonSchema.js';

/**
 * A codec whose documents can be the root of a schema: objects, and for strict mode neither a union of objects nor one
 * with keys of any name. Others have to be wrapped, and unwrapped again.
 */
export function rootIsObject(codec: t.Decoder<unknown, unknown>, config: ToJsonSchemaConfig = {}): boolean {
  const { strict = true } = config;
  const root = resolved(shapeOf(codec));
  return root.kind === 'object' && !(strict && root.rest !== undefined);
}
