import type * as t from 'io-ts';
import { annotate } from './Annotation.js';
import { toCodec, type CodecLike } from '../standardSchema/toCodec.js';
import type { StandardOutput, StandardSchema } from '../standardSchema/StandardSchema.js';
import type { Shown, StateOf } from './PartialOf.js';

/**
 * A codec whose values partials show with their state: `{ state, value }`.
 *
 * Like `materialize`, for a value that grows.
 *
 * ```text
 *  text       {"title":"Mo   by"   ,"body":"Call"   }
 *  partials   title: growing 'Mo'   complete 'Moby'      complete 'Moby'
 *             body:  pending        pending              growing 'Call'
 *             decodeWith(t.type({ title: withState(t.string), body: withState(t.string) }))
 * ```
 *
 * 1. `pending`: its object is open, and nothing of the value is shown. An optional key that does not come is gone
 *    when the object closes.
 * 2. `growing`: the value has begun; `value` is the part that partials may show, if any.
 * 3. `complete`: `value` is the final value, plain, also where parts of it have states of their own.
 * 4. Partials alone show states: verdicts and final values are the codec's own. In types, `PartialOf` has a `StateOf`
 *    where the codec has a value; next to a `null` that the codec takes it stands beside it.
 *
 * @example
 * import { of } from 'rxjs';
 * import * as t from 'io-ts';
 * import { accumulatePartial, decodeWith, toJsonTokens, withState } from 'rx-structured';
 *
 * const Book = t.type({ title: withState(t.string), body: withState(t.string) });
 * of('{"title":"Moby', '","body":"Call me"}')
 *   .pipe(toJsonTokens(), accumulatePartial(), decodeWith(Book))
 *   .subscribe((either) => {
 *     if (either._tag === 'Right') console.log(either.right.value);
 *   });
 * // Logs:
 * // {
 * //   title: { state: 'growing', value: 'Moby' },
 * //   body: { state: 'pending' }
 * // }
 * // {
 * //   title: { state: 'complete', value: 'Moby' },
 * //   body: { state: 'complete', value: 'Call me' }
 * // }
 * // { title: 'Moby', body: 'Call me' }
 *
 * @see {@link whenComplete} to show nothing before the value is complete
 * @param codec Any codec, or a schema of zod, valibot, arktype or their like.
 * @returns A codec of the same type.
 * @since 0.1.0
 */
export function withState<A, O>(codec: t.Type<A, O>): t.Type<Shown<A, StateOf<A>>, O>;
export function withState<S extends StandardSchema>(
  schema: S,
): t.Type<Shown<StandardOutput<S>, StateOf<StandardOutput<S>>>, unknown>;
export function withState(codec: CodecLike<unknown>): t.Mixed {
  return annotate(toCodec(codec), { kind: 'state' });
}
