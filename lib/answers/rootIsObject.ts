import type * as t from 'io-ts';
import { isRecord, resolved } from '../codecs/jsonSchema/Shape.js';
import { shapeOf } from '../codecs/jsonSchema/shapeOf.js';
import type { ToJsonSchemaConfig } from '../codecs/jsonSchema/toJsonSchema.js';

/**
 * A codec whose documents can be the root of a schema: objects, and for strict mode neither a union of objects nor one
 * with keys of any name. Others have to be wrapped, and unwrapped again.
 */
export function rootIsObject(codec: t.Decoder<unknown, unknown>, config: ToJsonSchemaConfig = {}): boolean {
  const { dialect = 'openai' } = config;
  const root = resolved(shapeOf(codec));
  return root.kind === 'object' && (dialect === 'open' || !isRecord(root));
}
