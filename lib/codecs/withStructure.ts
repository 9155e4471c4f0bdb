import type * as t from 'io-ts';
import { annotate } from './Annotation.js';

/**
 * Lets a codec that is only a function be looked into: `structure` is a codec that accepts every document that `codec`
 * accepts. A document that `structure` refuses is refused while it is still open; the whole value is `codec`'s alone.
 *
 * @param partials Whether partials show what `structure` shows of the value, or nothing before it is whole.
 */
export function withStructure<A, O>(
  codec: t.Type<A, O>,
  structure: t.Mixed,
  { partials }: { readonly partials: 'show' | 'withhold' },
): t.Type<A, O> {
  return annotate(codec, { kind: 'structure', structure, partials }) as t.Type<A, O>;
}
