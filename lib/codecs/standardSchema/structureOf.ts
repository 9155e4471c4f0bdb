import * as t from 'io-ts';
import { withDescription } from '../annotations/withDescription.js';
import { withStructure } from './withStructure.js';
import {
  anything,
  type ArrayShape,
  type Definition,
  type EnumShape,
  type ObjectShape,
  type Property,
  resolved,
  type Scalar,
  type ScalarShape,
  type Shape,
  type UnionShape,
} from '../jsonSchema/Shape.js';

/**
 * A codec that accepts every document of a shape, for the decoder to look into. A part that becomes something else
 * (`output` has another shape there) is checked early, but shown by no partial: what it becomes is known at the end.
 */
export function structureOf(input: Shape, output: Shape): t.Mixed {
  return visible(new Builder().build(input, output));
}

interface Structure {
  readonly codec: t.Mixed;
  /** What is written is what it will be. */
  readonly isShown: boolean;
}

/** Everything that makes an array's element be no element yet makes the array wait, so it is decided further out. */
function visible({ codec, isShown }: Structure): t.Mixed {
  return isShown ? codec : withStructure(asFunction(codec), codec, { partials: 'hide' });
}

const asFunction = ({ name, is, validate, encode }: t.Mixed): t.Mixed => new t.Type(name, is, validate, encode);

class Builder {
  readonly #recursions = new Map<Definition, Map<Definition, t.Mixed>>();
  readonly #open = new Set<t.Mixed>();

  build(input: Shape, output: Shape): Structure {
    if (input.kind === 'ref' && output.kind === 'ref') return this.#reference(input.definition, output.definition);
    return this.#resolved(resolved(input), resolved(output));
  }

  #resolved(from: Shape, to: Shape): Structure {
    switch (from.kind) {
      case 'scalar':
        return { codec: ofScalar(from), isShown: to.kind === 'scalar' && to.type === from.type };
      case 'enum':
        return { codec: ofEnum(from), isShown: to.kind === 'enum' && String(to.values) === String(from.values) };
      case 'array':
        return to.kind === 'array' ? this.#array(from, to) : { ...this.#array(from, from), isShown: false };
      case 'object':
        return to.kind === 'object' ? this.#object(from, to) : { ...this.#object(from, from), isShown: false };
      case 'union':
        return to.kind === 'union' && to.members.length === from.members.length
          ? this.#union(from, to)
          : { ...this.#union(from, from), isShown: false };
      default:
        return { codec: t.unknown, isShown: false };
    }
  }

  #reference(from: Definition, to: Definition): Structure {
    const ofFrom = this.#recursions.get(from) ?? new Map<Definition, t.Mixed>();
    this.#recursions.set(from, ofFrom);
    const [source, target] = [resolved(from.shape), resolved(to.shape)];
    const codec =
      ofFrom.get(to) ??
      // io-ts renames what a recursion is defined as, so it had better be a copy.
      t.recursion<unknown, unknown>(from.name, () => withDescription(visible(this.#resolved(source, target)), {}));
    ofFrom.set(to, codec);
    if (source.kind === 'object' && target.kind === 'object') return { codec, isShown: true };
    // Not an object, so no parts of it are left to be decided: it is opened, unless it is being opened.
    if (this.#open.has(codec)) return { codec, isShown: false };
    this.#open.add(codec);
    const structure = this.#resolved(source, target);
    this.#open.delete(codec);
    return structure;
  }

  #array({ first, rest, constraints }: ArrayShape, to: ArrayShape): Structure {
    const items = first.map((item, index) => this.build(item, to.first[index] ?? to.rest));
    if (items.length === 0) {
      const item = this.build(rest, to.first.length === 0 ? to.rest : anything);
      return { codec: t.array(item.codec), isShown: item.isShown };
    }
    // io-ts's tuples are of one length.
    if (rest.kind !== 'none' || constraints['minItems'] !== items.length)
      return { codec: t.UnknownArray, isShown: false };
    const codecs = items.map(({ codec }) => codec) as [t.Mixed];
    return { codec: t.tuple(codecs), isShown: items.every(({ isShown }) => isShown) };
  }

  #object({ properties, rest }: ObjectShape, to: ObjectShape): Structure {
    if (rest !== undefined && properties.size === 0)
      return { codec: t.record(t.string, visible(this.build(rest, to.rest ?? anything))), isShown: true };
    const codecs = (isOptional: (property: Property) => boolean): t.Props =>
      Object.fromEntries(
        [...properties]
          .filter(([, property]) => isOptional(property))
          .map(([key, { shape }]) => [key, visible(this.build(shape, to.properties.get(key)?.shape ?? anything))]),
      );
    const required = t.type(codecs(({ optional }) => !optional));
    const optional = t.partial(codecs((property) => property.optional));
    // What becomes of keys that nobody named, the whole value says.
    return { codec: t.exact(t.intersection([required, optional])), isShown: true };
  }

  #union({ members }: UnionShape, to: UnionShape): Structure {
    const structures = members.map((member, index) => this.build(member, to.members[index] ?? anything));
    return {
      codec: unionOfAll(structures.map(({ codec }) => codec)),
      isShown: structures.every(({ isShown }) => isShown),
    };
  }
}

function ofScalar({ type, constraints }: ScalarShape): t.Mixed {
  if (type !== 'string') return type === 'boolean' ? t.boolean : t.number;
  // Half an address is none.
  const wantsAll = 'pattern' in constraints || 'format' in constraints;
  return wantsAll ? withStructure(asFunction(t.string), t.string, { partials: 'withhold' }) : t.string;
}

const ofEnum = ({ values }: EnumShape): t.Mixed => unionOfAll(values.map(ofValue));

const ofValue = (value: Scalar): t.Mixed => (value === null ? t.null : t.literal(value));

function unionOfAll(codecs: readonly t.Mixed[]): t.Mixed {
  const [first, second, ...others] = codecs;
  if (first === undefined) return t.unknown;
  return second === undefined ? first : t.union([first, second, ...others]);
}
