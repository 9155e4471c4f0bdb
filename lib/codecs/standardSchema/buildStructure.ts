import * as t from 'io-ts';
import { annotate, type Judge } from '../annotations/Annotation.js';
import { describe } from '../annotations/Description.js';

import { withStructure } from './withStructure.js';
import {
  anything,
  type ArrayShape,
  type Definition,
  type EnumShape,
  type ObjectShape,
  type Property,
  resolve,
  type Scalar,
  type ScalarShape,
  type Shape,
  type UnionShape,
} from '../jsonSchema/Shape.js';

/**
 * A codec that accepts every document of a shape, for the decoder to look into. A part that becomes something else
 * (`output` has another shape there) is checked early, but shown by no partial: what it becomes is known at the end.
 *
 * @param judges Who judges the values of a shape that has constraints.
 */
export function buildStructure(
  input: Shape,
  output: Shape,
  judges: ReadonlyMap<Shape, Judge> = new Map<Shape, Judge>(),
): t.Mixed {
  return new Builder(judges).buildVisible(input, output);
}

/** The same codec without its tag: the decoder cannot look into it, and so shows nothing before it is whole. */
const toFunction = ({ name, is, validate, encode }: t.Mixed): t.Mixed => new t.Type(name, is, validate, encode);

class Builder {
  readonly #judges: ReadonlyMap<Shape, Judge>;
  /** By what goes in and what comes out: the same input may be shown with one output and withheld with another. */
  readonly #recursions = new Map<Definition, Map<Definition, t.Mixed>>();

  constructor(judges: ReadonlyMap<Shape, Judge>) {
    this.#judges = judges;
  }

  /** An element that may not be an element yet makes the array wait, so an outer codec decides it. */
  buildVisible(input: Shape, output: Shape): t.Mixed {
    const codec = this.#build(input, output);
    if (isShown(input, output)) return codec;
    return withStructure(toFunction(codec), codec, { partials: 'never' });
  }

  #build(input: Shape, output: Shape): t.Mixed {
    if (input.kind === 'ref' && output.kind === 'ref') return this.#buildReference(input.definition, output.definition);
    return this.#buildResolved(resolve(input), resolve(output));
  }

  #buildResolved(from: Shape, to: Shape): t.Mixed {
    switch (from.kind) {
      case 'scalar':
        return this.#addJudge(buildScalar(from), from);
      case 'enum':
        return buildEnum(from);
      case 'array':
        return this.#addJudge(this.#buildArray(from, to.kind === 'array' ? to : from), from);
      case 'object':
        return this.#buildObject(from, to.kind === 'object' ? to : from);
      case 'union':
        return this.#buildUnion(from, isUnionLike(to, from) ? to : from);
      // Opaque and any: the decoder lets every value pass, and the vendor decides when the document is whole.
      default:
        return t.unknown;
    }
  }

  #addJudge(codec: t.Mixed, shape: Shape): t.Mixed {
    const judge = this.#judges.get(shape);
    return judge === undefined ? codec : annotate(codec, { kind: 'judged', judge });
  }

  #buildReference(from: Definition, to: Definition): t.Mixed {
    const ofFrom = this.#recursions.get(from) ?? new Map<Definition, t.Mixed>();
    this.#recursions.set(from, ofFrom);
    const codec =
      ofFrom.get(to) ??
      // io-ts renames what a recursion is defined as, so it had better be a copy.
      t.recursion<unknown, unknown>(from.name, () =>
        describe(this.#buildResolved(resolve(from.shape), resolve(to.shape)), {}),
      );
    ofFrom.set(to, codec);
    return codec;
  }

  #buildArray(shape: ArrayShape, to: ArrayShape): t.Mixed {
    const items = listItems(shape, to).map(([item, become]) => this.#build(item, become)) as [t.Mixed];
    if (shape.first.length === 0) return t.array(items[0]);
    // io-ts's tuples are of one length.
    return isTuple(shape) ? t.tuple(items) : t.UnknownArray;
  }

  #buildObject(shape: ObjectShape, to: ObjectShape): t.Mixed {
    const { properties, rest, closed } = shape;
    if (rest !== undefined && properties.size === 0)
      return t.record(createKeysBeside(properties), this.buildVisible(rest, to.rest ?? anything));
    const buildProps = (isOptional: (property: Property) => boolean): t.Props =>
      Object.fromEntries(
        [...properties]
          .filter(([, property]) => isOptional(property))
          .map(([key, { shape: inner }]) => [key, this.buildVisible(inner, to.properties.get(key)?.shape ?? anything)]),
      );
    const required = t.type(buildProps(({ optional }) => !optional));
    const optional = t.partial(buildProps((property) => property.optional));
    // Messages name members of unions so, and their readers do not know io-ts.
    const name = nameObject(required.props, optional.props);
    if (rest !== undefined) {
      const others = t.record(createKeysBeside(properties), this.buildVisible(rest, to.rest ?? anything));
      return t.intersection([required, t.partial({ ...optional.props, [PROTO]: t.unknown }), others], name);
    }
    const named = joinProps(required.props, optional.props, name);
    // How extra keys are treated is decided by the complete value.
    return closed === true ? annotate(named, { kind: 'closed' }) : t.exact(named, name);
  }

  /** Member by member: `isUnionLike` has made sure that there are as many. */
  #buildUnion({ members }: UnionShape, to: UnionShape): t.Mixed {
    return uniteAll(members.map((member, index) => this.#build(member, to.members[index] ?? anything)));
  }
}

/** Most objects have no optional key: an intersection would merge what its parts show, at every delta, for nothing. */
function joinProps(required: t.Props, optional: t.Props, name: string): t.HasProps {
  if (Object.keys(optional).length === 0) return t.type(required, name);
  if (Object.keys(required).length === 0) return t.partial(optional, name);
  return t.intersection([t.type(required), t.partial(optional)], name);
}

function nameObject(required: t.Props, optional: t.Props): string {
  const write = (props: t.Props, mark: string): readonly string[] =>
    Object.entries(props).map(([key, { name }]) => `${key}${mark}: ${name}`);
  const keys = [...write(required, ''), ...write(optional, '?')];
  return keys.length === 0 ? '{}' : `{ ${keys.join(', ')} }`;
}

/**
 * Whether a part is on the wire what it comes out as.
 *
 * @param compared Pairs of recursions. None is compared twice: one difference anywhere decides.
 */
function isShown(from: Shape, to: Shape, compared: [Definition, Definition][] = []): boolean {
  if (from.kind === 'ref' && to.kind === 'ref') {
    const [a, b] = [from.definition, to.definition];
    if (compared.some(([ofFrom, ofTo]) => ofFrom === a && ofTo === b)) return true;
    compared.push([a, b]);
  }
  const [own, other] = [resolve(from), resolve(to)];
  switch (own.kind) {
    case 'scalar':
      return other.kind === 'scalar' && other.type === own.type;
    // As text: the values of an enum are scalars, and a changed order is a changed enum as well.
    case 'enum':
      return other.kind === 'enum' && String(other.values) === String(own.values);
    case 'array':
      return (
        other.kind === 'array' &&
        (own.first.length === 0 || isTuple(own)) &&
        listItems(own, other).every(([item, become]) => isShown(item, become, compared))
      );
    case 'object':
      // Its parts are shown, or not, on their own.
      return other.kind === 'object';
    case 'union':
      return (
        isUnionLike(other, own) &&
        own.members.every((member, index) => isShown(member, other.members[index] ?? anything, compared))
      );
    default:
      return false;
  }
}
/** Members can only be compared in pairs where there are as many on both sides. */
const isUnionLike = (to: Shape, from: UnionShape): to is UnionShape =>
  to.kind === 'union' && to.members.length === from.members.length;

/** Only a tuple of one length: with optional items the vendor decides how many there are. */
const isTuple = ({ first, rest, constraints }: ArrayShape): boolean =>
  rest.kind === 'none' && constraints['minItems'] === first.length;

/** The items of a tuple, or the one that stands for all items of a list, and what they become. */
function listItems({ first, rest }: ArrayShape, to: ArrayShape): readonly (readonly [Shape, Shape])[] {
  if (first.length === 0) return [[rest, to.first.length === 0 ? to.rest : anything]];
  return first.map((item, index) => [item, to.first[index] ?? to.rest]);
}

/** The key that vendors leave out unread, lest it become the prototype of what they make. */
const PROTO = '__proto__';

/** The keys that an object has no names for. */
function createKeysBeside(properties: ReadonlyMap<string, unknown>): t.Type<string> {
  const isOther = (key: unknown): key is string => typeof key === 'string' && key !== PROTO && !properties.has(key);
  return new t.Type(
    'another key',
    isOther,
    (key, context) => (isOther(key) ? t.success(key) : t.failure(key, context)),
    t.identity,
  );
}

/** Lengths and ranges are not built in: judges ask the vendor about them, so that the words are the vendor's. */
function buildScalar({ type, constraints }: ScalarShape): t.Mixed {
  if (type !== 'string') return type === 'boolean' ? t.boolean : t.number;
  // Half an address does not match.
  const wantsAll = 'pattern' in constraints || 'format' in constraints;
  return wantsAll ? withStructure(toFunction(t.string), t.string, { partials: 'withhold' }) : t.string;
}

const buildEnum = ({ values }: EnumShape): t.Mixed => uniteAll(values.map(buildValue));

const buildValue = (value: Scalar): t.Mixed => (value === null ? t.null : t.literal(value));

/** io-ts wants two members at least. A union of none takes any value: the vendor rejects it in its own words. */
function uniteAll(codecs: readonly t.Mixed[]): t.Mixed {
  const [first, second, ...others] = codecs;
  if (first === undefined) return t.unknown;
  return second === undefined ? first : t.union([first, second, ...others]);
}
