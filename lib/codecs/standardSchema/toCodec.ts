import type * as t from 'io-ts';
import { fromStandardSchema } from './fromStandardSchema.js';
import { isStandardSchema, type StandardOutput, type StandardSchema } from './StandardSchema.js';

/** What says which values are right: an io-ts codec, or a schema of zod, valibot, arktype or their like. */
export type CodecLike<A> = t.Type<A, unknown> | StandardSchema<unknown, A>;

/** The type of the values that are right. */
export type OutputOf<C> = C extends t.Mixed ? t.TypeOf<C> : C extends StandardSchema ? StandardOutput<C> : never;

/** The codec itself, or the one that {@link fromStandardSchema} makes. */
export function toCodec<A>(codec: CodecLike<A>): t.Type<A, unknown> {
  return isStandardSchema(codec) ? fromStandardSchema<StandardSchema<unknown, A>>(codec) : codec;
}
