import type * as t from 'io-ts';
import { expectArgument } from '../../foundation/expectArgument.js';
import type { StandardOutput, StandardSchema } from '../standardSchema/StandardSchema.js';
import { toCodec, type CodecLike } from '../standardSchema/toCodec.js';
import { describe, type Description } from './Description.js';

/** Any codec, whatever it decodes from. */
type Codec = t.Decoder<never, unknown>;

/**
 * Describes a value to the model: a copy of the codec whose JSON Schema carries a title, a description, examples.
 *
 * Like a comment that the model reads. The copy has the same type, the same `props` and the same verdicts; the codec
 * given is left as it is.
 *
 * 1. Descriptions compose: the outer one wins; the fields that it leaves out stay.
 * 2. `schema` gives a form to a codec that is only a function, for which `toJsonSchema` has none.
 *
 * @example
 * import * as t from 'io-ts';
 * import { withDescription, toJsonSchema } from 'rx-structured';
 *
 * const Weather = t.type({
 *   city: t.string,
 *   celsius: withDescription(t.number, { description: 'The temperature at noon.', examples: [21.5] }),
 * });
 * console.log(JSON.stringify(toJsonSchema(Weather).properties?.['celsius']));
 * // Logs:
 * // {"type":"number","description":"The temperature at noon. Examples: 21.5."}
 *
 * @see {@link toJsonSchema}
 * @param codec Any codec, or a schema of zod, valibot, arktype or their like.
 * @param about The words to tell. Examples reach strict mode as words of the description: not every deployment of it
 * takes the keyword.
 * @returns A codec of the same type.
 * @since 0.1.0
 */
export function withDescription<C extends Codec>(codec: C, about: Description): C;
export function withDescription<S extends StandardSchema>(
  schema: S,
  about: Description,
): t.Type<StandardOutput<S>, unknown>;
export function withDescription(codec: Codec | StandardSchema, about: Description): Codec {
  const isObject = typeof about === 'object' && (about as unknown) !== null;
  expectArgument('withDescription', isObject, '{ title, description, examples, schema }', about);
  return describe(toCodec(codec as CodecLike<unknown>), about);
}
