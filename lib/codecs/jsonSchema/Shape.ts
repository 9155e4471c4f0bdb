/**
 * The form of a JSON value. Codecs and JSON Schemas are both read into shapes; JSON Schemas and structural codecs
 * are both written from them, so that each of the four needs to know one thing only.
 */
export type Shape =
  AnyShape | ArrayShape | EnumShape | OpaqueShape | NoShape | ObjectShape | RefShape | ScalarShape | UnionShape;

/** Words about a value for its reader. They restrict nothing. */
export interface Note {
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
}

interface Noted {
  readonly note?: Note;
  /** The library in whose words it was written (`zod`, `valibot` …), so that advice can use them. None for io-ts. */
  readonly library?: string;
}

/** Any value at all. */
export interface AnyShape extends Noted {
  readonly kind: 'any';
}

/** A codec that is only a function: which JSON it takes is not known. */
export interface OpaqueShape extends Noted {
  readonly kind: 'opaque';
  readonly name: string;
  /** Which part of a library it is (`z.date`): what to write instead depends on it. */
  readonly gap?: string;
}

/** No JSON value; `absent` where leaving the key out is meant. */
export interface NoShape extends Noted {
  readonly kind: 'none';
  readonly name: string;
  readonly absent: boolean;
}

/** JSON Schema's keywords as they were written. Values are unchecked: a reader asks for their type. */
export type Constraints = Readonly<Record<string, unknown>>;

export interface ScalarShape extends Noted {
  readonly kind: 'scalar';
  readonly type: 'boolean' | 'integer' | 'number' | 'string';
  /**
   * JSON Schema's keywords for this type (`pattern`, `minimum` …), and three that it has not: `patterns`, those besides
   * `pattern` that must match as well; `formatPattern`, with which a library checks its `format`, and which the user
   * did not write; `flagged`, regular expressions that mean something else without their flags.
   */
  readonly constraints: Constraints;
}

export type Scalar = boolean | number | string | null;

/** One of these values; `null` is an enum of one. */
export interface EnumShape extends Noted {
  readonly kind: 'enum';
  readonly values: readonly Scalar[];
}

/** An array: the first items have shapes of their own where it is a tuple. */
export interface ArrayShape extends Noted {
  readonly kind: 'array';
  readonly first: readonly Shape[];
  readonly rest: Shape;
  readonly constraints: Constraints;
}

/** A named key of an object. */
export interface Property {
  readonly shape: Shape;
  readonly optional: boolean;
  /** A `null` counts as leaving the key out, if it may be left out; some codecs take it so only by being absent. */
  readonly orNull: boolean;
}

export interface ObjectShape extends Noted {
  readonly kind: 'object';
  /** In the order of the codec: models write keys in the order in which they are asked for. */
  readonly properties: ReadonlyMap<string, Property>;
  /** The values of keys without a name of their own; `undefined` if none are asked for. */
  readonly rest: Shape | undefined;
  /** The form of such keys. */
  readonly keys: Shape | undefined;
  /** A JSON Schema said that other keys are wrong, and not only that none are asked for. */
  readonly closed?: boolean;
}

export interface UnionShape extends Noted {
  readonly kind: 'union';
  readonly members: readonly Shape[];
}

/** A shape that may contain itself, resolved when it is needed. */
export interface Definition {
  readonly name: string;
  readonly shape: Shape;
}

export interface RefShape extends Noted {
  readonly kind: 'ref';
  readonly definition: Definition;
}

export const anything: AnyShape = { kind: 'any' };
/** The shape of `t.undefined`: JSON has no such value, so a key with this shape can only be left out. */
export const absent: NoShape = { kind: 'none', name: 'undefined', absent: true };
export const createNothing = (name: string): NoShape => ({ kind: 'none', name, absent: false });
/** Without constraints any value of the type: a codec's own condition has no keyword. */
export const createScalar = (type: ScalarShape['type'], constraints: Constraints = {}): ScalarShape => ({
  kind: 'scalar',
  type,
  constraints,
});
export const createEnum = (...values: readonly Scalar[]): EnumShape => ({ kind: 'enum', values });
export const createArray = (rest: Shape, constraints: Constraints = {}): ArrayShape => ({
  kind: 'array',
  first: [],
  rest,
  constraints,
});

export function createObject(
  properties: Iterable<readonly [string, Property]>,
  rest?: Shape,
  keys: Shape = anything,
): ObjectShape {
  return { kind: 'object', properties: new Map(properties), rest, keys: isAnyKey(keys) ? undefined : keys };
}

/** `propertyNames` for any string would say nothing. */
function isAnyKey(keys: Shape): boolean {
  if (keys.kind !== 'scalar') return keys.kind === 'any';
  return keys.type === 'string' && Object.keys(keys.constraints).length === 0;
}

/**
 * An object whose keys are its entries. One that names keys, and lets any others be there, is not meant so: like a
 * `t.type`, it is loose, and only its own keys are asked for where objects have to be closed.
 */
export function isRecord({ properties, rest }: ObjectShape): boolean {
  if (rest === undefined) return false;
  return properties.size === 0 || resolve(rest).kind !== 'any';
}

/** The same shape with a note. An outer note wins. */
export function addNote(shape: Shape, note: Note | undefined): Shape {
  if (note === undefined || Object.keys(note).length === 0) return shape;
  return { ...shape, note: { ...shape.note, ...note } };
}

/** A definition that is read when it is first looked at; one that only ever leads back to itself has no form. */
export function createDefinition(name: string, read: () => Shape): Definition {
  let shape: Shape | undefined;
  return {
    name,
    get shape() {
      if (shape === undefined) {
        // Stands in while the definition is read: a definition that asks for itself at once would never end.
        shape = { kind: 'opaque', name };
        shape = read();
      }
      return shape;
    },
  };
}

/** The shape at the end of a chain of references. */
export function resolve(shape: Shape): Exclude<Shape, RefShape> {
  const visited = new Set<Definition>();
  let here = shape;
  while (here.kind === 'ref') {
    // References in a circle with nothing in between describe no value.
    if (visited.has(here.definition)) return { kind: 'opaque', name: here.definition.name };
    visited.add(here.definition);
    here = addNote(here.definition.shape, here.note);
  }
  return here;
}
