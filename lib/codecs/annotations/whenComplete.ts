import type * as t from 'io-ts';
import { annotate } from './Annotation.js';
import { toCodec, type CodecLike } from '../standardSchema/toCodec.js';
import type { StandardOutput, StandardSchema } from '../standardSchema/StandardSchema.js';
import type { Shown } from './PartialOf.js';

/**
 * A codec whose values partials show whole, or not at all.
 *
 * Like `t.brand`, for when a value may be shown instead of which values there are.
 *
 * ```text
 *  text       {"to":{"st   reet":"Main   St"}   ,"n":   1}
 *  partials   {}           {}            {to:{street:'Main St'}}   …   {to:{street:'Main St'},n:1}
 *             decodeWith(t.type({ to: whenComplete(Address), n: t.number }))
 * ```
 *
 * 1. Verdicts and final values are the codec's own, and so is fail fast: only partials show less.
 * 2. In `PartialOf` the value has its full type.
 *
 * @example
 * import { of } from 'rxjs';
 * import * as t from 'io-ts';
 * import { accumulatePartial, decodeWith, toJsonTokens, whenComplete } from 'rx-structured';
 *
 * const Letter = t.type({ to: whenComplete(t.type({ street: t.string })), text: t.string });
 * of('{"to":{"street":"Main', ' St"}', ',"text":"Dear')
 *   .pipe(toJsonTokens(), accumulatePartial(), decodeWith(Letter))
 *   .subscribe((either) => {
 *     if (either._tag === 'Right') console.log(either.right.value);
 *   });
 * // Logs:
 * // {}
 * // { to: { street: 'Main St' } }
 * // { to: { street: 'Main St' }, text: 'Dear' }
 *
 * @see {@link whenPresent} to wait for one key only
 * @see {@link withState} to show how far a value is
 * @param codec Any codec, or a schema of zod, valibot, arktype or their like.
 * @returns A codec of the same type.
 * @since 0.1.0
 */
export function whenComplete<A, O>(codec: t.Type<A, O>): t.Type<Shown<A, A>, O>;
export function whenComplete<S extends StandardSchema>(
  schema: S,
): t.Type<Shown<StandardOutput<S>, StandardOutput<S>>, unknown>;
export function whenComplete(codec: CodecLike<unknown>): t.Mixed {
  return annotate(toCodec(codec), { kind: 'complete' });
}
