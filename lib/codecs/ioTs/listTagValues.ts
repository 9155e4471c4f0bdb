import { describeCodec } from './readCodec.js';
import type { AnyDecoder, Literal } from './CodecKind.js';

/**
 * The values of a discriminator by which io-ts tells a member of a tagged union. It looks for literals only, and does
 * not mind whether a codec on the way has got another `validate`.
 */
export function listTagValues(codec: AnyDecoder, tag: string): readonly Literal[] {
  return listValues(codec, tag, []) ?? [];
}

function listValues(codec: AnyDecoder, tag: string, visited: readonly AnyDecoder[]): readonly Literal[] | undefined {
  if (visited.includes(codec)) return undefined;
  const listInner = (part: AnyDecoder): readonly Literal[] | undefined => listValues(part, tag, [...visited, codec]);
  const kind = describeCodec(codec);
  switch (kind.kind) {
    case 'props': {
      const prop = kind.optional ? undefined : kind.props[tag];
      return prop && listLiterals(prop);
    }
    case 'exact':
    case 'same':
    case 'refinement':
      return listInner(kind.inner);
    case 'later':
      return listInner(kind.definition());
    case 'intersection':
      return kind.members.map(listInner).reduce((a, b) => (a && b ? a.filter((value) => b.includes(value)) : (a ?? b)));
    case 'union':
      // One that says nothing of the tag leaves the whole union without it.
      return kind.members.map(listInner).reduce((a, b) => (a && b ? [...a, ...b] : undefined));
    default:
      return undefined;
  }
}

function listLiterals(codec: AnyDecoder): readonly Literal[] | undefined {
  const kind = describeCodec(codec);
  if (kind.kind !== 'choice' || !kind.isLiteral) return undefined;
  return kind.values.filter((value) => value !== null);
}
