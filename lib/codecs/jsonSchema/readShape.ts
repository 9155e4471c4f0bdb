import type * as t from 'io-ts';
import type { CodecKind, LaterKind, LeafType, OpaqueKind, PropsKind } from '../ioTs/CodecKind.js';
import { readCodec } from '../ioTs/readCodec.js';
import { readDescription } from '../annotations/Description.js';
import { findItem } from '../ioTs/findItem.js';
import { findByName } from './findByName.js';
import { intersectionOf } from './intersectionOf.js';
import {
  absent,
  anything,
  createArray,
  type Definition,
  createDefinition,
  createEnum,
  addNote,
  createNothing,
  createObject,
  type Property,
  resolve,
  createScalar,
  type Shape,
} from './Shape.js';
import { readSchemaShape } from './readSchemaShape.js';
import type { StandardSchema } from '../standardSchema/StandardSchema.js';
import { writeVendorSchema } from '../standardSchema/writeVendorSchema.js';
import { mayBeAbsent, requirePresence, unionOf } from './unionOf.js';

type Codec = t.Decoder<unknown, unknown>;

/**
 * The documents a codec is written for. Other documents that it tolerates (keys it ignores, values it replaces by a
 * fallback) are left out: a model should not be asked for those.
 */
export function readShape(codec: Codec): Shape {
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
    // A schema that the user gave wins over everything that the codec says of itself.
    const { schema, vendorSchema, ...note } = readDescription(codec) ?? {};
    if (schema !== undefined)
      return addNote(isDecoder(schema) ? this.#inside.read(schema) : readSchemaShape(schema), note);
    const ofVendor = vendorSchema && readVendorShape(vendorSchema);
    if (ofVendor !== undefined) return addNote(ofVendor, note);
    const kind = readCodec(codec);
    if (kind.kind !== 'opaque') return addNote(this.#readKnown(codec, kind), note);
    return addNote(
      kind.like === undefined ? this.#readUnknown(codec) : this.#inside.#readKnown(codec, kind.like),
      note,
    );
  };

  /**
   * The reader for everything within a codec that is only a function. It stays the same one all the way down, so that
   * a recursion there finds its own definition.
   */
  get #inside(): CodecReader {
    return this.#isRead ? (this.#forFunctions ??= new CodecReader(false)) : this;
  }

  #readKnown(codec: Codec, kind: Exclude<CodecKind, OpaqueKind>): Shape {
    switch (kind.kind) {
      case 'leaf':
        return toLeafShape(codec.name, kind.type);
      case 'choice':
        return createEnum(...kind.values);
      // An element cannot be left out, so an item that may be `undefined` is asked for without that.
      case 'list':
        return createArray(requirePresence(this.read(kind.item)));
      case 'tuple':
        return toTupleShape(kind.items.map(this.read));
      case 'props':
        return this.#readProps(kind);
      case 'record':
        return toRecordShape(this.read(kind.domain), this.read(kind.value));
      case 'union':
        return unionOf(kind.members.map(this.read));
      case 'intersection':
        return kind.members.map(this.read).reduce(intersectionOf, anything);
      // The condition itself is a function. Its name is the only thing that tells something of it.
      case 'refinement':
        return refineShape(codec.name, this.read(kind.inner));
      case 'exact':
      case 'same':
        return this.read(kind.inner);
      case 'later':
        return this.#readRecursion(codec.name, kind);
      case 'annotated':
        return kind.annotation.kind === 'structure'
          ? // A structure says what its codec accepts. Other annotations are about partials, and a model is not told of
            // those.
            this.#inside.read(kind.annotation.structure)
          : this.read(kind.inner);
    }
  }

  #readUnknown(codec: Codec): Shape {
    const known = findByName(codec.name);
    if (known !== undefined) return known;
    const list = findItem(codec);
    if (list === undefined) return { kind: 'opaque', name: codec.name };
    return createArray(requirePresence(this.#inside.read(list.item)), list.mayBeEmpty ? {} : { minItems: 1 });
  }

  /**
   * One definition for each `definition` function: see `LaterKind`. It is set before it is read, for the inner
   * reference.
   */
  #readRecursion(name: string, { definition: read }: LaterKind): Shape {
    const known = this.#recursions.get(read) ?? createDefinition(name, () => this.read(read()));
    this.#recursions.set(read, known);
    return { kind: 'ref', definition: known };
  }

  #readProps({ props, optional }: PropsKind): Shape {
    return createObject(
      Object.entries(props).map(([key, codec]) => {
        const property = toProperty(this.read(codec));
        return [key, { ...property, optional: optional || property.optional, orNull: this.#isRead }];
      }),
    );
  }
}

/** Nothing if the library does not say what it takes. */
function readVendorShape(schema: StandardSchema): Shape | undefined {
  const written = writeVendorSchema(schema);
  return written && { ...readSchemaShape(written), library: schema['~standard'].vendor };
}

const isDecoder = (schema: object): schema is Codec => 'decode' in schema;

const toProperty = (shape: Shape): Property => ({
  shape: requirePresence(shape),
  optional: mayBeAbsent(shape),
  orNull: false,
});

/** Types without a JSON form are nothing that a model could write, and are told as such with the codec's name. */
function toLeafShape(name: string, type: LeafType): Shape {
  switch (type) {
    case 'anything':
      return anything;
    case 'array':
      return createArray(anything);
    case 'dictionary':
      return createObject([], anything);
    case 'boolean':
    case 'number':
    case 'string':
      return createScalar(type);
    case 'undefined':
      return absent;
    case 'bigint':
    case 'function':
    case 'never':
      return createNothing(name);
    // `t.object` takes objects and arrays alike, for which there is no shape.
    case 'object':
      return { kind: 'opaque', name };
  }
}

/** A record over a finite domain is an object with those keys. */
function toRecordShape(domain: Shape, codomain: Shape): Shape {
  if (domain.kind === 'enum') return createObject(domain.values.map((key) => [String(key), toProperty(codomain)]));
  return createObject([], requirePresence(codomain), domain);
}

/** The brands of io-ts and io-ts-types say more than the type they are made of. */
function refineShape(name: string, inner: Shape): Shape {
  const known = findByName(name);
  if (known === undefined) return inner;
  const both = intersectionOf(inner, known);
  // A user's brand may have the name of a known one and mean something else: then the type alone counts.
  return resolve(both).kind === 'none' ? inner : both;
}

/** Trailing items that may be missing are those a tuple can do without. */
function toTupleShape(items: readonly Shape[]): Shape {
  const minItems = items.findLastIndex((item) => !mayBeAbsent(item)) + 1;
  const constraints = { ...(minItems > 0 && { minItems }), maxItems: items.length };
  return { ...createArray(createNothing('an item after the last'), constraints), first: items.map(requirePresence) };
}
