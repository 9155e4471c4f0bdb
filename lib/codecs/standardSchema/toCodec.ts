import type * as t from 'io-ts';
import { describeValue } from '../../foundation/describeValue.js';
import { fromStandardSchema } from './fromStandardSchema.js';
import { isStandardSchema, type StandardOutput, type StandardSchema } from './StandardSchema.js';

/** Decides which values are right: an io-ts codec, or a schema of zod, valibot, arktype or their like. */
export type CodecLike<A> = t.Type<A, unknown> | StandardSchema<unknown, A>;

/** The type of the values that are right. */
export type OutputOf<C> = C extends t.Mixed ? t.TypeOf<C> : C extends StandardSchema ? StandardOutput<C> : never;

/**
 * The codec itself, or the one that {@link fromStandardSchema} makes.
 *
 * @throws TypeError where it is neither, as JavaScript allows: a JSON Schema, say, or nothing.
 */
export function toCodec<A>(codec: CodecLike<A>): t.Type<A, unknown> {
  if (isStandardSchema(codec)) return fromStandardSchema<StandardSchema<unknown, A>>(codec);
  if (isCodec(codec)) return codec;
  throw new TypeError(
    `expected a codec of io-ts, or a schema of zod, valibot, arktype or their like, got ${describeCodec(codec)}`,
  );
}

/** By its methods and not by its class: io-ts may be there twice, as ESM and as CommonJS. */
function isCodec(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { validate, decode } = value as { readonly validate?: unknown; readonly decode?: unknown };
  return typeof validate === 'function' && typeof decode === 'function';
}

/** Keywords by which a JSON Schema is known. */
const keywords = ['$schema', '$ref', 'type', 'properties', 'items', 'enum', 'const', 'anyOf', 'oneOf', 'allOf'];

/** The mistakes that are made: a schema of an old zod, one of Effect, and a JSON Schema in place of a codec. */
function describeCodec(value: unknown): string {
  if (typeof value === 'function' && 'ast' in value)
    return 'a schema of Effect: Schema.toStandardJSONSchemaV1(Schema.toStandardSchemaV1(schema)) is taken';
  if (typeof value !== 'object' || value === null) return describeValue(value);
  if ('safeParse' in value) return 'a schema that does not follow Standard Schema, as zod does from 3.24 on';
  // An instance of a class is a schema of some other library.
  if (Object.getPrototypeOf(value) === Object.prototype && keywords.some((keyword) => keyword in value))
    return 'a JSON Schema: withDescription(t.unknown, { schema }) makes a codec of it that takes any value';
  return describeValue(value);
}
