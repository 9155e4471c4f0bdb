import * as t from 'io-ts';
import { readAnnotation, isCloneWithState } from '../annotations/Annotation.js';
import type { AnnotatedKind, AnyDecoder, CodecKind, LeafType, OpaqueKind } from './CodecKind.js';

/** The codecs of io-ts that say what they are made of. */
type TaggedCodec =
  | t.AnyArrayType
  | t.AnyDictionaryType
  | t.AnyType
  | t.ArrayType<t.Mixed>
  | t.BigIntType
  | t.BooleanType
  | t.DictionaryType<t.Mixed, t.Mixed>
  | t.ExactType<t.Mixed>
  | t.FunctionType
  | t.InterfaceType<t.AnyProps>
  | t.IntersectionType<t.Mixed[]>
  | t.KeyofType<Record<string, unknown>>
  | t.LiteralType<boolean | number | string>
  | t.NeverType
  | t.NullType
  | t.NumberType
  | (t.Mixed & { readonly _tag: 'ObjectType' })
  | t.PartialType<t.AnyProps>
  | t.ReadonlyArrayType<t.Mixed>
  | t.ReadonlyType<t.Mixed>
  | t.RecursiveType<t.Mixed>
  | t.RefinementType<t.Mixed>
  | t.StringType
  | t.TupleType<t.Mixed[]>
  | t.UndefinedType
  | (t.UnionType<t.Mixed[]> & { readonly tag?: string })
  | t.UnknownType
  | t.VoidType;

const opaque: OpaqueKind = { kind: 'opaque', like: undefined };

// A codec never changes what it is, and telling whether it is io-ts's own compares source text.
const kinds = new WeakMap<AnyDecoder, CodecKind>();

/** How a codec reads values. A codec that is not io-ts's own, or does more than io-ts's own, is opaque. */
export function readCodec(codec: AnyDecoder): CodecKind {
  const known = kinds.get(codec);
  if (known !== undefined) return known;
  const kind = read(codec);
  kinds.set(codec, kind);
  return kind;
}

/**
 * The codec's own tag: for messages, and for everything that io-ts decides by tags alone. A clone that
 * validates in another way (`withFallback`, `withMessage`) counts as the codec that it was made of; annotations are
 * looked through.
 */
export function describeCodec(codec: AnyDecoder): Exclude<CodecKind, { readonly kind: 'annotated' }> {
  const kind = readCodec(codec);
  if (kind.kind === 'annotated') return describeCodec(kind.inner);
  if (kind.kind !== 'opaque' || kind.like === undefined) return kind;
  return kind.like.kind === 'annotated' ? describeCodec(kind.like.inner) : kind.like;
}

/**
 * Annotations come first: an annotated codec keeps the tag of the codec that it was made of, and would be taken for
 * it.
 */
function read(codec: AnyDecoder): CodecKind {
  const annotated = isType(codec) ? readAnnotation(codec) : undefined;
  if (annotated !== undefined) return { kind: 'annotated', inner: annotated.codec, annotation: annotated.annotation };
  return isType(codec) ? liftState(codec, readPlain(codec)) : readPlain(codec);
}

/** The kind of a codec without its annotation. */
function readPlain(codec: AnyDecoder): CodecKind {
  if (!isTagged(codec)) return opaque;
  const kind = readTagged(codec);
  if (kind.kind === 'opaque') return kind;
  return isOwnCodec(codec) && !takesArrays(kind) ? kind : { kind: 'opaque', like: kind };
}

/**
 * The type of a condition on a value with state, and that of a clone of such a codec, say that partials show states. So
 * the state is moved outwards: the value in the box is what the condition or the clone makes of it.
 */
function liftState(codec: t.Mixed, kind: CodecKind): CodecKind {
  if (kind.kind === 'refinement' || kind.kind === 'same') {
    const inner = readCodec(kind.inner);
    return isState(inner) ? withState(codec, { ...kind, inner: inner.inner }) : kind;
  }
  if (kind.kind !== 'opaque') return kind;
  const { like } = kind;
  // A clone of a codec with state (`withFallback` of one) is opaque, and yet the type of its partials is a box.
  const isLikeState = (like?.kind === 'same' || like?.kind === 'refinement') && isState(readCodec(like.inner));
  return isLikeState || isCloneWithState(codec) ? withState(codec, kind) : kind;
}

function isState(kind: CodecKind): kind is AnnotatedKind {
  return kind.kind === 'annotated' && kind.annotation.kind === 'state';
}

function withState(codec: t.Mixed, kind: CodecKind): AnnotatedKind {
  // The same codec once more, to be known by another kind.
  const inner = Object.create(
    Object.getPrototypeOf(codec) as object,
    Object.getOwnPropertyDescriptors(codec),
  ) as t.Mixed;
  kinds.set(inner, kind);
  return { kind: 'annotated', inner, annotation: { kind: 'state' } };
}

/** A decoder alone cannot be annotated: annotations are kept on codecs, which also encode. */
function isType(codec: AnyDecoder): codec is t.Mixed {
  return 'encode' in codec;
}

/** A tag is a claim: who has one is io-ts's own only if `isOwnCodec` says so as well. */
function isTagged(codec: AnyDecoder): codec is AnyDecoder & TaggedCodec {
  return '_tag' in codec;
}

/** io-ts takes an array for a record of `any`. */
function takesArrays(kind: CodecKind): boolean {
  return kind.kind === 'record' && kind.keys === undefined && '_tag' in kind.value && kind.value._tag === 'AnyType';
}

/**
 * The only switch over the tags of io-ts. A combinator that io-ts adds is opaque until it has a case here, a member
 * in `CodecKind` and a plan in the decoder's `compile`; the compiler names every other place.
 */
function readTagged(codec: TaggedCodec): CodecKind {
  switch (codec._tag) {
    case 'AnyArrayType':
      return createLeaf('array');
    case 'AnyDictionaryType':
      return createLeaf('dictionary');
    // `t.any` and `t.unknown` decode alike. They differ as the codomain of a record only: see `takesArrays`.
    case 'AnyType':
    case 'UnknownType':
      return createLeaf('anything');
    case 'ArrayType':
    case 'ReadonlyArrayType':
      return { kind: 'list', item: codec.type };
    case 'BigIntType':
      return createLeaf('bigint');
    case 'BooleanType':
      return createLeaf('boolean');
    case 'DictionaryType':
      return { kind: 'record', domain: codec.domain, value: codec.codomain, keys: listDomainKeys(codec.domain) };
    case 'ExactType':
      return { kind: 'exact', inner: codec.type, keys: listExactKeys(codec.type) };
    case 'FunctionType':
      return createLeaf('function');
    // `t.type`: every key is read, missing ones too, because a codec may make something of `undefined`.
    case 'InterfaceType':
      return { kind: 'props', props: codec.props, optional: false };
    case 'IntersectionType':
      return { kind: 'intersection', members: codec.types };
    case 'KeyofType':
      return { kind: 'choice', values: Object.keys(codec.keys), isLiteral: false };
    case 'LiteralType':
      return { kind: 'choice', values: [codec.value], isLiteral: true };
    case 'NeverType':
      return createLeaf('never');
    case 'NullType':
      return { kind: 'choice', values: [null], isLiteral: false };
    case 'NumberType':
      return createLeaf('number');
    case 'ObjectType':
      return createLeaf('object');
    case 'PartialType':
      return { kind: 'props', props: codec.props, optional: true };
    case 'ReadonlyType':
      return { kind: 'same', inner: codec.type };
    // `runDefinition` itself, uncalled: it is the identity by which copies of one recursion are known.
    case 'RecursiveType':
      return { kind: 'later', definition: codec.runDefinition };
    case 'RefinementType':
      return { kind: 'refinement', inner: codec.type, predicate: codec.predicate };
    case 'StringType':
      return createLeaf('string');
    case 'TupleType':
      return { kind: 'tuple', items: codec.types };
    case 'UndefinedType':
    case 'VoidType':
      return createLeaf('undefined');
    // io-ts sets `tag` on some unions that validate by trying every member: only the text of `validate` tells.
    case 'UnionType':
      return { kind: 'union', members: codec.types, tag: hasSameText(plainUnion, codec) ? undefined : codec.tag };
    // A tag of a later version of io-ts: correct if not early, because the codec decides the whole value itself.
    default:
      return opaque;
  }
}

function createLeaf(type: LeafType): CodecKind {
  return { kind: 'leaf', type };
}

/** The keys that io-ts leaves when it strips. It does not look into recursions. */
function listExactKeys(codec: AnyDecoder): readonly string[] {
  const kind = describeCodec(codec);
  switch (kind.kind) {
    case 'props':
      return Object.keys(kind.props);
    case 'intersection':
      return kind.members.flatMap(listExactKeys);
    case 'same':
    case 'refinement':
      return listExactKeys(kind.inner);
    default:
      return [];
  }
}

/** The keys of a domain, where they are only a few. */
function listDomainKeys(domain: AnyDecoder): readonly string[] | undefined {
  const kind = describeCodec(domain);
  if (kind.kind === 'choice') return kind.values.every((value) => typeof value === 'string') ? kind.values : undefined;
  if (kind.kind !== 'union') return undefined;
  const keys = kind.members.map(listDomainKeys);
  // One member without a finite domain makes the whole record one of any keys.
  return keys.every((ofMember) => ofMember !== undefined) ? [...new Set(keys.flat())] : undefined;
}

interface Validating {
  readonly validate: (...args: never) => unknown;
}

/**
 * Whether a codec does what its tag says. `withFallback`, `withMessage` and other clones keep the tag of the codec they
 * were made of and validate in their own way; so may a codec that was made with one of io-ts's constructors. They are
 * known by their functions: `decode` is not the bound one, or the text of `validate` is not io-ts's.
 */
function isOwnCodec(codec: TaggedCodec): boolean {
  // io-ts binds `decode` in the constructor. Clones copy properties and put a function of their own there.
  if (!codec.decode.name.startsWith('bound ')) return false;
  return createSpecimens(codec).some((specimen) => hasSameText(specimen, codec));
}

/**
 * Functions that io-ts makes anew for each codec are never the same object, but always the same text. A minifier
 * keeps that: it writes both in the same way.
 */
function hasSameText(a: Validating, b: Validating): boolean {
  return Function.prototype.toString.call(a.validate) === Function.prototype.toString.call(b.validate);
}

const plainUnion = t.union([t.string, t.number]);
const taggedUnion = t.union([t.type({ tag: t.literal('a') }), t.type({ tag: t.literal('b') })]);

/** Codecs made by io-ts itself: their functions are closures of the same text. */
function createSpecimens(codec: TaggedCodec): readonly Validating[] {
  switch (codec._tag) {
    case 'AnyType':
    case 'UnknownType':
      return [t.unknown];
    case 'ArrayType':
    case 'ReadonlyArrayType':
      return [t.array(t.string)];
    // Two texts: io-ts takes another way where the domain is finite. `t.strict` has that one inside.
    case 'DictionaryType':
      return [t.record(t.string, t.string), t.strict({})];
    case 'ExactType':
      return [t.strict({})];
    case 'InterfaceType':
      return [t.type({})];
    // An empty intersection validates with another function than all others.
    case 'IntersectionType':
      return [t.intersection([t.string, t.string]), t.intersection([] as never)];
    case 'KeyofType':
      return [t.keyof({})];
    case 'LiteralType':
      return [t.literal('')];
    case 'NeverType':
      return [t.never];
    case 'PartialType':
      return [t.partial({})];
    // `t.readonly` takes the `validate` of the codec within as it is.
    case 'ReadonlyType':
      return [codec.type];
    case 'RecursiveType':
      return [t.recursion<string>('', () => t.string)];
    case 'RefinementType':
      return [t.Int];
    case 'TupleType':
      return [t.tuple([t.string])];
    case 'UnionType':
      return [taggedUnion, plainUnion];
    default:
      return [t.string];
  }
}
