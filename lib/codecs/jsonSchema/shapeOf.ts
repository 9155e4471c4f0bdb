import type * as t from 'io-ts';
import type { CodecKind, LaterKind, LeafType, OpaqueKind, PropsKind } from '../ioTs/CodecKind.js';
import { readCodec } from '../ioTs/readCodec.js';
import { descriptionOf } from '../annotations/Description.js';
import { itemOf } from '../ioTs/itemOf.js';
import { knownByName } from './knownByName.js';
import { intersectionOf } from './intersectionOf.js';
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
  resolve,
  scalar,
  type Shape,
} from './Shape.js';
import { shapeOfSchema } from './shapeOfSchema.js';
import { mayBeAbsent, requirePresence, unionOf } from './unionOf.js';

type Codec = t.Decoder<unknown, unknown>;

/**
 * The documents a codec is written for. Other documents that it tolerates (keys it ignores, values it replaces by a
 * fallback) are left out: a model should not be asked for those.
 */
export function shapeOf(codec: Codec): Shape {
  return new CodecReader(true).read(codec);
}

class CodecReader {
  // By what defines it: a described copy of a recursive codec is still the same recursion.
  readonly #recursions = new Map<() => Codec, Definition>();
  readonly #isRead: boolean;
  #forFunctions: CodecReader | undefined;

  /**
   * @param isRead The decoder looks into what is read here, and reads a `null` as a key left out. A codec that is only
   * a function, or validates in its own way, gets its documents as they are: a model should not be asked for a `null`
   * there.
   */
  constructor(isRead: boolean) {
    this.#isRead = isRead;
  }

  readonly read = (codec: Codec): Shape => {
    const { schema, ...note } = descriptionOf(codec) ?? {};
    if (schema !== undefined) return noted(isDecoder(schema) ? this.#inside.read(schema) : shapeOfSchema(schema), note);
    const kind = readCodec(codec);
    if (kind.kind !== 'opaque') return noted(this.#known(codec, kind), note);
    return noted(kind.like === undefined ? this.#unknown(codec) : this.#inside.#known(codec, kind.like), note);
  };

  get #inside(): CodecReader {
    return this.#isRead ? (this.#forFunctions ??= new CodecReader(false)) : this;
  }

  #known(codec: Codec, kind: Exclude<CodecKind, OpaqueKind>): Shape {
    switch (kind.kind) {
      case 'leaf':
        return ofLeaf(codec.name, kind.type);
      case 'choice':
        return enumOf(...kind.values);
      case 'list':
        return arrayOf(requirePresence(this.read(kind.item)));
      case 'tuple':
        return ofTuple(kind.items.map(this.read));
      case 'props':
        return this.#props(kind);
      case 'record':
        return ofRecord(this.read(kind.domain), this.read(kind.value));
      case 'union':
        return unionOf(kind.members.map(this.read));
      case 'intersection':
        return kind.members.map(this.read).reduce(intersectionOf, anything);
      case 'refinement':
        return ofRefinement(codec.name, this.read(kind.inner));
      case 'exact':
      case 'same':
        return this.read(kind.inner);
      case 'later':
        return this.#recursion(codec.name, kind);
      case 'annotated':
        return kind.annotation.kind === 'structure'
          ? this.#inside.read(kind.annotation.structure)
          : this.read(kind.inner);
    }
  }

  #unknown(codec: Codec): Shape {
    const known = knownByName(codec.name);
    if (known !== undefined) return known;
    const list = itemOf(codec);
    if (list === undefined) return { kind: 'opaque', name: codec.name };
    return arrayOf(requirePresence(this.#inside.read(list.item)), list.mayBeEmpty ? {} : { minItems: 1 });
  }

  #recursion(name: string, { definition: read }: LaterKind): Shape {
    const known = this.#recursions.get(read) ?? definition(name, () => this.read(read()));
    this.#recursions.set(read, known);
    return { kind: 'ref', definition: known };
  }

  #props({ props, optional }: PropsKind): Shape {
    return objectOf(
      Object.entries(props).map(([key, codec]) => {
        const property = ofProperty(this.read(codec));
        return [key, { ...property, optional: optional || property.optional, orNull: this.#isRead }];
      }),
    );
  }
}

const isDecoder = (schema: object): schema is Codec => 'decode' in schema;

const ofProperty = (shape: Shape): Property => ({
  shape: requirePresence(shape),
  optional: mayBeAbsent(shape),
  orNull: false,
});

function ofLeaf(name: string, type: LeafType): Shape {
  switch (type) {
    case 'anything':
      return anything;
    case 'array':
      return arrayOf(anything);
    case 'dictionary':
      return objectOf([], anything);
    case 'boolean':
    case 'number':
    case 'string':
      return scalar(type);
    case 'undefined':
      return absent;
    case 'bigint':
    case 'function':
    case 'never':
      return nothing(name);
    case 'object':
      return { kind: 'opaque', name };
  }
}

/** A record over a finite domain is an object with those keys. */
function ofRecord(domain: Shape, codomain: Shape): Shape {
  if (domain.kind === 'enum') return objectOf(domain.values.map((key) => [String(key), ofProperty(codomain)]));
  return objectOf([], requirePresence(codomain), domain);
}

/** The brands of io-ts and io-ts-types say more than the type they are made of. */
function ofRefinement(name: string, inner: Shape): Shape {
  const known = knownByName(name);
  if (known === undefined) return inner;
  const both = intersectionOf(inner, known);
  return resolve(both).kind === 'none' ? inner : both;
}

/** Trailing items that may be missing are those a tuple can do without. */
function ofTuple(items: readonly Shape[]): Shape {
  const minItems = items.findLastIndex((item) => !mayBeAbsent(item)) + 1;
  const constraints = { ...(minItems > 0 && { minItems }), maxItems: items.length };
  return { ...arrayOf(nothing('an item after the last'), constraints), first: items.map(requirePresence) };
}
