import * as t from 'io-ts';
import type { TaggedCodec, TaggedUnion } from './TaggedCodec.js';

interface Validating {
  readonly validate: (...args: never) => unknown;
}

/**
 * Whether a codec does what its tag says. `withFallback`, `withMessage` and other clones keep the tag of the codec they
 * were made of and validate in their own way; so may a codec that was made with one of io-ts's constructors. They are
 * known by their functions: `decode` is not the bound one, or the text of `validate` is not io-ts's.
 */
export function isOwnCodec(codec: t.Mixed): codec is t.Mixed & TaggedCodec {
  if (!('_tag' in codec) || !codec.decode.name.startsWith('bound ')) return false;
  return specimensOf(codec as t.Mixed & TaggedCodec).some((specimen) => hasSameText(specimen, codec));
}

/** Whether a union goes by a discriminator, as io-ts decided when it was made. */
export function isTaggedUnion(codec: t.Mixed): codec is TaggedUnion {
  return 'tag' in codec && hasSameText(taggedUnion, codec);
}

function hasSameText(a: Validating, b: Validating): boolean {
  return Function.prototype.toString.call(a.validate) === Function.prototype.toString.call(b.validate);
}

const taggedUnion = t.union([t.type({ tag: t.literal('a') }), t.type({ tag: t.literal('b') })]);

/** Codecs made by io-ts itself: their functions are closures of the same text. */
function specimensOf(codec: TaggedCodec): readonly Validating[] {
  switch (codec._tag) {
    case 'AnyType':
    case 'UnknownType':
      return [t.unknown];
    case 'ArrayType':
    case 'ReadonlyArrayType':
      return [t.array(t.string)];
    case 'DictionaryType':
      return [t.record(t.string, t.string), t.strict({})];
    case 'ExactType':
      return [t.strict({})];
    case 'InterfaceType':
      return [t.type({})];
    case 'IntersectionType':
      return [t.intersection([t.string, t.string])];
    case 'KeyofType':
      return [t.keyof({})];
    case 'LiteralType':
      return [t.literal('')];
    case 'NeverType':
      return [t.never];
    case 'PartialType':
      return [t.partial({})];
    case 'ReadonlyType':
      return [codec.type];
    case 'RecursiveType':
      return [t.recursion<string>('', () => t.string)];
    case 'RefinementType':
      return [t.Int];
    case 'TupleType':
      return [t.tuple([t.string])];
    case 'UnionType':
      return [taggedUnion, t.union([t.string, t.number])];
    default:
      return [t.string];
  }
}
