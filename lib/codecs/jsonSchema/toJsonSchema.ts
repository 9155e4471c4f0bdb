import type * as t from 'io-ts';
import type { SchemaDialect } from '../../completions/SchemaDialect.js';
import type { JsonSchema } from './JsonSchema.js';
import { shapeOf } from './shapeOf.js';
import { writeSchema } from './writeSchema.js';

export interface ToJsonSchemaConfig {
  /** The subset of JSON Schema that the provider takes: OpenAI's strict mode, the default; Anthropic's; or all of it. */
  readonly dialect?: SchemaDialect;
}

/**
 * Writes the JSON Schema of a codec, for OpenAI's strict mode as it is.
 *
 * Like `codec.decode` told in advance: a document the codec is written for satisfies the schema.
 *
 * 1. Objects are closed, and their keys in codec order: models write in that order, so put what decides first.
 * 2. Every key is required; one of a `t.partial` is asked for as `null`, which {@link decodeWith} reads as absent.
 * 3. Intersections become one object, literals an `enum`, unions `anyOf`, recursions `$defs` and `$ref`.
 * 4. A codec that decodes one thing into another is described by what it decodes; one with a fallback by what it hopes for.
 * 5. What strict mode cannot restrict is left to the codec: the order of a tuple, a brand, the length of a string.
 * 6. `dialect: 'open'` gives all of JSON Schema 2020-12: any root, open records, unknown values, keys left out, tuples.
 *
 * Errors: {@link SchemaError}, with the path and what to do, where the schema would have to say what nobody knows or
 * strict mode has no word for.
 *
 * @example
 * import * as t from 'io-ts';
 * import { toJsonSchema } from 'rx-structured';
 *
 * const Review = t.type({ stars: t.union([t.literal(1), t.literal(2), t.literal(3)]), text: t.string });
 * console.log(JSON.stringify(toJsonSchema(Review).properties));
 * // Logs:
 * // {"stars":{"type":"number","enum":[1,2,3]},"text":{"type":"string"}}
 *
 * @see {@link withDescription} for titles, descriptions, examples, and for the schema of a codec that is only a function
 * @param codec Of an object, in strict mode.
 * @param config What the provider takes.
 * @returns A new JSON Schema, to be sent as it is.
 * @throws SchemaError
 * @since 0.1.0
 */
export function toJsonSchema(codec: t.Decoder<unknown, unknown>, config: ToJsonSchemaConfig = {}): JsonSchema {
  return writeSchema(shapeOf(codec), { dialect: config.dialect ?? 'openai', reader: 'toJsonSchema' });
}
