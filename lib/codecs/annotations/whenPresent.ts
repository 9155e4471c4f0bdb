import type * as t from 'io-ts';
import { expectArgument } from '../../foundation/expectArgument.js';
import { annotate } from './Annotation.js';
import { toCodec, type CodecLike } from '../standardSchema/toCodec.js';
import type { StandardOutput, StandardSchema } from '../standardSchema/StandardSchema.js';
import type { PresentOf, Shown } from './PartialOf.js';

/** The keys of an object, or of any member of a union of objects. */
type KeyOf<A> = A extends unknown ? keyof A & string : never;

/**
 * A codec of objects that partials show from the moment on that a key is there: a discriminator, an id to render by.
 *
 * Like `skipWhile`, for the states of one object.
 *
 * ```text
 *  text       {"ty   pe":"cir   cle"   ,"r":   1}
 *  partials   nothing           {type:'circle'}   …   {type:'circle',r:1}
 *             decodeWith(whenPresent(Shape, 'type'))
 * ```
 *
 * 1. The key is there when partials show anything of its value: a growing string from its first character, a literal
 *    when it is whole.
 * 2. An object that closes without the key is shown then.
 * 3. Verdicts and final values are the codec's own; in `PartialOf` the key is not optional.
 *
 * @example
 * import { of } from 'rxjs';
 * import * as t from 'io-ts';
 * import { accumulatePartial, decodeWith, toJsonTokens, whenPresent } from 'rx-structured';
 *
 * const Circle = t.type({ type: t.literal('circle'), radius: t.number });
 * const Square = t.type({ type: t.literal('square'), side: t.number });
 * of('[{"ty', 'pe":"square"', ',"side":2}]')
 *   .pipe(toJsonTokens(), accumulatePartial(), decodeWith(t.array(whenPresent(t.union([Circle, Square]), 'type'))))
 *   .subscribe((either) => {
 *     if (either._tag === 'Right') console.log(either.right.value.map(({ type }) => type));
 *   });
 * // Logs:
 * // []
 * // [ 'square' ]
 * // [ 'square' ]
 * // [ 'square' ]
 *
 * @see {@link whenComplete} to wait for the whole value
 * @param codec A codec of objects, or a schema of zod, valibot, arktype or their like.
 * @param key The key to wait for.
 * @returns A codec of the same type.
 * @since 0.1.0
 */
export function whenPresent<A, O, K extends KeyOf<A>>(
  codec: t.Type<A, O>,
  key: K,
): t.Type<Shown<A, PresentOf<A, K>>, O>;
export function whenPresent<S extends StandardSchema, K extends KeyOf<StandardOutput<S>>>(
  schema: S,
  key: K,
): t.Type<Shown<StandardOutput<S>, PresentOf<StandardOutput<S>, K>>, unknown>;
export function whenPresent(codec: CodecLike<unknown>, key: string): t.Mixed {
  expectArgument('whenPresent', typeof key === 'string', 'the name of a key after the codec', key);
  return annotate(toCodec(codec), { kind: 'present', key });
}
