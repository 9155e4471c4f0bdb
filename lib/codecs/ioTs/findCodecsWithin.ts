import type * as t from 'io-ts';
import { readCodec } from './readCodec.js';

/**
 * The codecs that may read what stands within a value, at a key or, without one, anywhere. An opaque codec is returned
 * itself: it may read all there is.
 */
export function findCodecsWithin(codec: t.Mixed, key: string | undefined): readonly t.Mixed[] {
  const kind = readCodec(codec);
  switch (kind.kind) {
    case 'annotated':
      return kind.annotation.kind === 'structure' ? [codec] : findCodecsWithin(kind.inner, key);
    case 'props':
      return Object.entries(kind.props).flatMap(([name, prop]) => (key === undefined || name === key ? [prop] : []));
    case 'list':
      return [kind.item];
    case 'record':
      return [kind.value];
    case 'tuple':
      return kind.items;
    case 'intersection':
    case 'union':
      return kind.members.flatMap((member) => findCodecsWithin(member, key));
    case 'exact':
    case 'same':
    case 'refinement':
      return findCodecsWithin(kind.inner, key);
    case 'later':
      return findCodecsWithin(kind.definition(), key);
    default:
      return [codec];
  }
}
