import type * as t from 'io-ts';
import { isRecord, resolve } from '../codecs/jsonSchema/Shape.js';
import { readShape } from '../codecs/jsonSchema/readShape.js';
import type { ToJsonSchemaConfig } from '../codecs/jsonSchema/toJsonSchema.js';
import { remember } from '../foundation/remember.js';

const rootOf = remember((codec: t.Decoder<unknown, unknown>): 'other' | 'record' | 'object' => {
  const root = resolve(readShape(codec));
  if (root.kind !== 'object') return 'other';
  return isRecord(root) ? 'record' : 'object';
});

/**
 * A codec whose documents can be the root of a schema: objects, and for strict mode neither a union of objects nor one
 * with keys of any name. Others have to be wrapped, and unwrapped again.
 */
export function hasObjectRoot(codec: t.Decoder<unknown, unknown>, config: ToJsonSchemaConfig = {}): boolean {
  const { dialect = 'openai' } = config;
  const root = rootOf(codec);
  return root === 'object' || (root === 'record' && dialect === 'open');
}
