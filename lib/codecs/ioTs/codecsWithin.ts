import type * as t from 'io-ts';
import { annotationOf } from '../annotations/Annotation.js';
import { isOwnCodec } from './isOwnCodec.js';

/**
 * The codecs that may read what stands within a value, at a key or, without one, anywhere. Of a codec that nobody can
 * look into it is the codec itself: it knows all there is.
 */
export function codecsWithin(codec: t.Mixed, key: string | undefined): readonly t.Mixed[] {
  const annotated = annotationOf(codec);
  if (annotated !== undefined && annotated.annotation.kind !== 'structure') return codecsWithin(annotated.codec, key);
  if (annotated !== undefined || !isOwnCodec(codec)) return [codec];
  switch (codec._tag) {
    case 'InterfaceType':
    case 'PartialType':
      return Object.entries<t.Mixed>(codec.props).flatMap(([name, prop]) =>
        key === undefined || name === key ? [prop] : [],
      );
    case 'ArrayType':
    case 'ReadonlyArrayType':
      return [codec.type];
    case 'DictionaryType':
      return [codec.codomain];
    case 'TupleType':
      return codec.types;
    case 'IntersectionType':
    case 'UnionType':
      return codec.types.flatMap((type) => codecsWithin(type, key));
    case 'ExactType':
    case 'ReadonlyType':
    case 'RecursiveType':
    case 'RefinementType':
      return codecsWithin(codec.type, key);
    default:
      return [codec];
  }
}
