import type * as t from 'io-ts';
import { annotationOf } from '../annotations/Annotation.js';
import { isOwnCodec } from '../ioTs/isOwnCodec.js';
import type { TaggedCodec } from '../ioTs/TaggedCodec.js';
import { descriptionOf } from '../annotations/withDescription.js';
import { itemOf } from '../ioTs/itemOf.js';
import { knownByName } from './knownByName.js';
import { meet } from './meet.js';
import {
  absent,
  anything,
  arrayOf,
  type Definition,
  definition,
  enumOf,
  noted,
  nothing,
  objectOf,
  type Property,
  resolved,
  scalar,
  type Shape,
} from './Shape.js';
import { shapeOfSchema } from './shapeOfSchema.js';
import { mayBeAbsent, present, unionOf } from './unionOf.js';

type Codec = t.Decoder<unknown, unknown>;

/**
 * The documents a codec is written for. What it tolerates besides (keys it ignores, values it replaces by a fallback)
 * is left out: nobody should ask a model for those.
 */
export function shapeOf(codec: Codec): Shape {
  return new CodecReader(true).read(codec);
}

class CodecReader {
  // By what defines it: a described copy of a recursive codec is still the same recursion.
  readonly #recursions = new Map<() => Codec, Definition>();
  readonly #isSeen: boolean;
  #unseen: CodecReader | undefined;

  /**
   * @param isSeen The decoder looks into what is read here, and reads a `null` as a key left out. A codec that is only
   * a function, or validates in its own way, gets its documents as they are: nobody should be asked for a `null` there.
   */
  constructor(isSeen: boolean) {
    this.#isSeen = isSeen;
  }

  readonly read = (codec: Codec): Shape => {
    const { schema, ...note } = descriptionOf(codec) ?? {};
    if (schema !== undefined) return noted(isDecoder(schema) ? this.#inside.read(schema) : shapeOfSchema(schema), note);
    if (!('_tag' in codec)) return noted(this.#untagged(codec), note);
    const reader = isType(codec) && isOwnCodec(codec) ? this : this.#inside;
    return noted(reader.#tagged(codec as Codec & TaggedCodec), note);
  };

  get #inside(): CodecReader {
    return this.#isSeen ? (this.#unseen ??= new CodecReader(false)) : this;
  }

  #tagged(codec: Codec & TaggedCodec): Shape {
    switch (codec._tag) {
      case 'AnyArrayType':
        return arrayOf(anything);
      case 'AnyDictionaryType':
        return objectOf([], anything);
      case 'AnyType':
      case 'UnknownType':
        return anything;
      case 'ArrayType':
      case 'ReadonlyArrayType':
        return arrayOf(present(this.read(codec.type)));
      case 'BigIntType':
      case 'FunctionType':
      case 'NeverType':
        return nothing(codec.name);
      case 'BooleanType':
        return scalar('boolean');
      case 'DictionaryType':
        return ofRecord(this.read(codec.domain), this.read(codec.codomain));
      case 'ExactType':
      case 'ReadonlyType':
        return this.read(codec.type);
      case 'InterfaceType':
        return this.#props(codec.props, false);
      case 'IntersectionType':
        return codec.types.map(this.read).reduce(meet, anything);
      case 'KeyofType':
        return enumOf(...Object.keys(codec.keys));
      case 'LiteralType':
        return enumOf(codec.value);
      case 'NullType':
        return enumOf(null);
      case 'NumberType':
        return scalar('number');
      case 'PartialType':
        return this.#props(codec.props, true);
      case 'RecursiveType':
        return this.#recursion(codec);
      case 'RefinementType':
        return ofRefinement(codec.name, this.read(codec.type));
      case 'StringType':
        return scalar('string');
      case 'TupleType':
        return ofTuple(codec.types.map(this.read));
      case 'UndefinedType':
      case 'VoidType':
        return absent;
      case 'UnionType':
        return unionOf(codec.types.map(this.read));
      default:
        return this.#untagged(codec);
    }
  }

  #untagged(codec: Codec): Shape {
    const annotated = isType(codec) ? annotationOf(codec) : undefined;
    if (annotated !== undefined) {
      const { annotation } = annotated;
      return annotation.kind === 'structure' ? this.#inside.read(annotation.structure) : this.read(annotated.codec);
    }
    const known = knownByName(codec.name);
    if (known !== undefined) return known;
    const list = itemOf(codec);
    if (list === undefined) return { kind: 'hidden', name: codec.name };
    return arrayOf(present(this.#inside.read(list.item)), list.mayBeEmpty ? {} : { minItems: 1 });
  }

  #recursion({ name, runDefinition }: t.RecursiveType<t.Mixed>): Shape {
    const known = this.#recursions.get(runDefinition) ?? definition(name, () => this.read(runDefinition()));
    this.#recursions.set(runDefinition, known);
    return { kind: 'ref', definition: known };
  }

  #props(props: t.AnyProps, optional: boolean): Shape {
    return objectOf(
      Object.entries(props).map(([key, codec]) => {
        const property = ofProperty(this.read(codec));
        return [key, { ...property, optional: optional || property.optional, orNull: this.#isSeen }];
      }),
    );
  }
}

const isType = (codec: Codec): codec is t.Mixed => 'encode' in codec;

const isDecoder = (schema: object): schema is Codec => 'decode' in schema;

const ofProperty = (shape: Shape): Property => ({ shape: present(shape), optional: mayBeAbsent(shape), orNull: false });

/** A record over a finite domain is an object with those keys. */
function ofRecord(domain: Shape, codomain: Shape): Shape {
  if (domain.kind === 'enum') return objectOf(domain.values.map((key) => [String(key), ofProperty(codomain)]));
  return objectOf([], present(codomain), domain);
}

/** The brands of io-ts and io-ts-types say more than the type they are made of. */
function ofRefinement(name: string, inner: Shape): Shape {
  const known = knownByName(name);
  if (known === undefined) return inner;
  const both = meet(inner, known);
  return resolved(both).kind === 'none' ? inner : both;
}

/** Trailing items that may be missing are those a tuple can do without. */
function ofTuple(items: readonly Shape[]): Shape {
  const minItems = items.findLastIndex((item) => !mayBeAbsent(item)) + 1;
  const constraints = { ...(minItems > 0 && { minItems }), maxItems: items.length };
  return { ...arrayOf(nothing('an item after the last'), constraints), first: items.map(present) };
}
