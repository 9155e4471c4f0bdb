import type * as t from 'io-ts';
import { annotate, type Annotation } from '../annotations/Annotation.js';

type StructureAnnotation = Extract<Annotation, { readonly kind: 'structure' }>;

/**
 * Lets a codec that is only a function be looked into: `structure` is a codec that accepts every document that `codec`
 * accepts. A document that `structure` rejects is rejected while it is still open; the complete value is `codec`'s
 * alone.
 *
 * @param how Whether partials show what `structure` shows of the value, nothing before it is complete, or nothing at
 * all: then an outer codec decodes the value, and `structure` decides everything here. And which codecs decode it
 * instead if extra keys are stripped or rejected.
 */
export function withStructure<A, O>(
  codec: t.Type<A, O>,
  structure: t.Mixed,
  how: Pick<StructureAnnotation, 'partials' | 'excess'>,
): t.Type<A, O> {
  return annotate(codec, { kind: 'structure', structure, ...how });
}
