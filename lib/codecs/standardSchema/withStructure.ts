import type * as t from 'io-ts';
import { annotate, type Annotation } from '../annotations/Annotation.js';

type StructureAnnotation = Extract<Annotation, { readonly kind: 'structure' }>;

/**
 * Lets a codec that is only a function be looked into: `structure` is a codec that accepts every document that `codec`
 * accepts. A document that `structure` refuses is refused while it is still open; the whole value is `codec`'s alone.
 *
 * @param how Whether partials show what `structure` shows of the value, nothing before it is whole, or nothing at
 * all: where somebody further out decodes the value, and `structure` says all there is to be said of it here. And which
 * codecs decode it instead where keys that nobody knows are stripped or refused.
 */
export function withStructure<A, O>(
  codec: t.Type<A, O>,
  structure: t.Mixed,
  how: Pick<StructureAnnotation, 'partials' | 'excess'>,
): t.Type<A, O> {
  return annotate(codec, { kind: 'structure', structure, ...how });
}
