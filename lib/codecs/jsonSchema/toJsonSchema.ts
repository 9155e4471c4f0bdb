import type * as t from 'io-ts';
import { expectOptions } from '../../foundation/expectArgument.js';
import type { SchemaDialect } from '../../completions/SchemaDialect.js';
import { describeValue } from '../../foundation/describeValue.js';
import type { StandardSchema } from '../standardSchema/StandardSchema.js';
import { toCodec, type CodecLike } from '../standardSchema/toCodec.js';
import { dialects } from './Dialect.js';
import type { JsonSchema } from './JsonSchema.js';
import { readShape } from './readShape.js';
import { writeSchema } from './writeSchema.js';

export interface ToJsonSchemaConfig {
  /**
   * The subset of JSON Schema that the provider takes: OpenAI's strict mode, the default; Anthropic's; or all of it.
   */
  readonly dialect?: SchemaDialect;
}

/**
 * Writes the JSON Schema of a codec, for OpenAI's strict mode as it is, or for another provider.
 *
 * Like `codec.decode` told in advance: a document the codec is written for satisfies the schema.
 *
 * 1. Objects are closed, and their keys in codec order: models write in that order, so put what decides first.
 * 2. Every key is required; one of a `t.partial` is asked for as `null`, which {@link decodeWith} reads as absent.
 * 3. Intersections become one object, literals an `enum`, unions `anyOf`, recursions `$defs` and `$ref`.
 * 4. A codec that decodes one thing into another is described by what it decodes; one with a fallback by what it hopes
 *    for.
 * 5. Constraints that strict mode cannot express are left to the codec: the order of a tuple, a brand, the length of a
 *    string.
 * 6. `dialect: 'open'` gives all of JSON Schema 2020-12: any root, open records, unknown values, keys left out, tuples.
 *    Patterns are written as llama.cpp's grammars can read them.
 * 7. `dialect: 'anthropic'` keeps to Anthropic's structured outputs: constraints are told in descriptions, keys may be
 *    left out, nothing contains itself.
 *
 * Errors: {@link SchemaError}, with the path and advice, if the schema would have to express something unknown, or
 * something that the provider cannot express. `TypeError`, where it is not given a codec or a dialect.
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
 * @see {@link withDescription} for titles, descriptions, examples, and for the schema of a codec that is only a
 * function
 * @param codec An io-ts codec or a schema of zod, valibot, arktype or their like; of an object, save for `open`.
 * @param config What the provider takes.
 * @returns A new JSON Schema, to be sent as it is.
 * @throws SchemaError
 * @since 0.1.0
 */
export function toJsonSchema(
  codec: t.Decoder<unknown, unknown> | StandardSchema,
  config: ToJsonSchemaConfig = {},
): JsonSchema {
  expectOptions('toJsonSchema', config);
  const { dialect = 'openai' } = config;
  if (!(dialect in dialects))
    throw new TypeError(
      `toJsonSchema: expected a dialect of ${Object.keys(dialects).join(', ')}, got ${describeValue(dialect)}`,
    );
  return writeSchema(readShape(toCodec(codec as CodecLike<unknown>)), { dialect, reader: 'toJsonSchema' });
}
