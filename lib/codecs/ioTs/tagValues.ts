import type * as t from 'io-ts';
import type { TaggedCodec } from './TaggedCodec.js';

type Literal = boolean | number | string;

/**
 * The values of a discriminator by which io-ts tells a member of a tagged union. It looks for literals only, and does
 * not mind whether a codec on the way has got another `validate`.
 */
export function tagValues(codec: t.Mixed, tag: string): readonly Literal[] {
  return valuesOf(codec as t.Mixed & TaggedCodec, tag, []) ?? [];
}

function valuesOf(codec: TaggedCodec, tag: string, seen: readonly TaggedCodec[]): readonly Literal[] | undefined {
  if (seen.includes(codec)) return undefined;
  const inner = (part: t.Mixed): readonly Literal[] | undefined =>
    valuesOf(part as t.Mixed & TaggedCodec, tag, [...seen, codec]);
  switch (codec._tag) {
    case 'InterfaceType': {
      const prop = codec.props[tag] as TaggedCodec | undefined;
      return prop?._tag === 'LiteralType' ? [prop.value] : undefined;
    }
    case 'ExactType':
    case 'ReadonlyType':
    case 'RecursiveType':
    case 'RefinementType':
      return inner(codec.type);
    case 'IntersectionType':
      return codec.types.map(inner).reduce((a, b) => (a && b ? a.filter((value) => b.includes(value)) : (a ?? b)));
    case 'UnionType':
      // One that says nothing of the tag leaves the whole union without it.
      return codec.types.map(inner).reduce((a, b) => (a && b ? [...a, ...b] : undefined));
    default:
      return undefined;
  }
}
