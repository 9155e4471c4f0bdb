import type * as t from 'io-ts';
import { readCodec } from './readCodec.js';

/**
 * The codecs that may read what stands within a value, at a key or, without one, anywhere. An opaque codec is returned
 * itself: it may read all there is.
 */
export function findCodecsWithin(codec: t.Mixed, key: string | undefined): readonly t.Mixed[] {
  const kind = readCodec(codec);
  switch (kind.kind) {
    // A structure describes the value, but its codec, which is only a function, has the last word on every key.
    case 'annotated':
      return kind.annotation.kind === 'structure' ? [codec] : findCodecsWithin(kind.inner, key);
    case 'props':
      return Object.entries(kind.props).flatMap(([name, prop]) => (key === undefined || name === key ? [prop] : []));
    // Which index it is does not matter: all elements are read by one codec.
    case 'list':
      return [kind.item];
    case 'record':
      return [kind.value];
    // The index is not used: a codec too many may let an extra key pass, a codec too few would reject a known one.
    case 'tuple':
      return kind.items;
    case 'intersection':
    case 'union':
      return kind.members.flatMap((member) => findCodecsWithin(member, key));
    case 'exact':
    case 'same':
    case 'refinement':
      return findCodecsWithin(kind.inner, key);
    // The definition is called here: who stands beside a recursion is looked into when the plan is made.
    case 'later':
      return findCodecsWithin(kind.definition(), key);
    // Leaves have no parts; they are returned like opaque codecs, because `t.unknown` may hold anything.
    default:
      return [codec];
  }
}
