import { describeCodec } from './readCodec.js';
import type { AnyDecoder, Literal } from './CodecKind.js';

/**
 * The values of a discriminator by which io-ts tells a member of a tagged union. It looks for literals only, and does
 * not mind whether a codec on the way has got another `validate`.
 */
export function listTagValues(codec: AnyDecoder, tag: string): readonly Literal[] {
  return listValues(codec, tag, []) ?? [];
}

/**
 * `undefined` where a codec says nothing of the tag, which is not the same as an empty list: an intersection takes
 * the values of the members that do say something, a union must hear all of them.
 */
function listValues(codec: AnyDecoder, tag: string, visited: readonly AnyDecoder[]): readonly Literal[] | undefined {
  // A recursion that leads back to itself says nothing that was not said before.
  if (visited.includes(codec)) return undefined;
  const listInner = (part: AnyDecoder): readonly Literal[] | undefined => listValues(part, tag, [...visited, codec]);
  const kind = describeCodec(codec);
  switch (kind.kind) {
    case 'props': {
      // io-ts passes over `t.partial`: a key that may be missing cannot tell members apart.
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

/** `t.keyof` has the same kind as literals, but io-ts does not look at it for a tag, so neither does this. */
function listLiterals(codec: AnyDecoder): readonly Literal[] | undefined {
  const kind = describeCodec(codec);
  if (kind.kind !== 'choice' || !kind.isLiteral) return undefined;
  return kind.values.filter((value) => value !== null);
}
