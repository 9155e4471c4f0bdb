import { intersectConstraints } from './intersectConstraints.js';
import {
  type ArrayShape,
  type Definition,
  createDefinition,
  type EnumShape,
  addNote,
  createNothing,
  type ObjectShape,
  type Property,
  type RefShape,
  resolve,
  type Scalar,
  type ScalarShape,
  type Shape,
} from './Shape.js';
import { unionOf } from './unionOf.js';

const impossible = createNothing('a combination that no value satisfies');

/**
 * Values of both shapes: what an intersection asks for, in one shape, because strict mode has no `allOf`. Where both
 * cannot be said, the first stands: wider than the truth, never narrower.
 */
export function intersectionOf(a: Shape, b: Shape): Shape {
  if (a.kind === 'any') return addNote(b, a.note);
  if (b.kind === 'any') return addNote(a, b.note);
  // Unions first: a reference met with a member that is a reference too is a pair, and must not be opened.
  if (a.kind === 'union') return addNote(unionOf(a.members.map((member) => intersectionOf(member, b))), a.note);
  if (b.kind === 'union') return addNote(unionOf(b.members.map((member) => intersectionOf(a, member))), b.note);
  if (a.kind === 'ref' && b.kind === 'ref') return intersectReferences(a, b);
  if (a.kind === 'ref') return intersectionOf(resolve(a), b);
  if (b.kind === 'ref') return intersectionOf(a, resolve(b));
  return addNote(addNote(intersectBare(a, b), b.note), a.note);
}

/** The kinds that are left when the others have been opened. */
type Bare = Exclude<Shape, { kind: 'any' | 'ref' | 'union' }>;

function intersectBare(a: Bare, b: Bare): Shape {
  if (a.kind === 'none' || b.kind === 'none') return a.kind === 'none' ? a : b;
  // An opaque part makes the whole opaque: a narrower shape would be a guess.
  if (a.kind === 'opaque' || b.kind === 'opaque') return a.kind === 'opaque' ? a : b;
  if (a.kind === 'enum') return intersectEnum(a, b);
  if (b.kind === 'enum') return intersectEnum(b, a);
  if (a.kind === 'scalar' && b.kind === 'scalar') return intersectScalars(a, b);
  if (a.kind === 'array' && b.kind === 'array') return intersectArrays(a, b);
  if (a.kind === 'object' && b.kind === 'object') return intersectObjects(a, b);
  return impossible;
}

/** By the definitions of both sides. Weak, because definitions live as long as the codec that they were read from. */
const pairs = new WeakMap<Definition, WeakMap<Definition, Definition>>();

/** Two recursions met give a recursion: one definition for each pair, or reading it would never end. */
function intersectReferences(a: RefShape, b: RefShape): Shape {
  const both = a.definition === b.definition ? a.definition : pairDefinitions(a.definition, b.definition);
  return addNote(addNote({ kind: 'ref', definition: both }, b.note), a.note);
}

function pairDefinitions(a: Definition, b: Definition): Definition {
  const ofA = pairs.get(a) ?? new WeakMap<Definition, Definition>();
  pairs.set(a, ofA);
  const both =
    ofA.get(b) ?? createDefinition(`${a.name}_${b.name}`, () => intersectionOf(resolve(a.shape), resolve(b.shape)));
  // Set before it is read: reading it leads back to this very pair.
  ofA.set(b, both);
  return both;
}

function hasType(value: Scalar, type: ScalarShape['type']): boolean {
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}

/** Those of the values that the other shape has too. */
function intersectEnum(a: EnumShape, b: Bare): Shape {
  const values = a.values.filter((value) => {
    if (b.kind === 'enum') return b.values.includes(value);
    return b.kind === 'scalar' && hasType(value, b.type);
  });
  return values.length === 0 ? impossible : { kind: 'enum', values };
}

/** Integer and number have the integers in common; every other pair of types has no value. */
function intersectScalars(a: ScalarShape, b: ScalarShape): Shape {
  const constraints = intersectConstraints(a.constraints, b.constraints);
  if (a.type === b.type) return { kind: 'scalar', type: a.type, constraints };
  const numbers = [a.type, b.type].every((type) => type === 'integer' || type === 'number');
  return numbers ? { kind: 'scalar', type: 'integer', constraints } : impossible;
}

/** Position by position, as far as either names positions. */
function intersectArrays(a: ArrayShape, b: ArrayShape): Shape {
  const first = Array.from({ length: Math.max(a.first.length, b.first.length) }, (_, index) =>
    intersectionOf(a.first[index] ?? a.rest, b.first[index] ?? b.rest),
  );
  return {
    kind: 'array',
    first,
    rest: intersectionOf(a.rest, b.rest),
    constraints: intersectConstraints(a.constraints, b.constraints),
  };
}

/** All keys of both. On the values of other keys both must agree, if both have them. */
function intersectObjects(a: ObjectShape, b: ObjectShape): Shape {
  const properties = new Map<string, Property>();
  for (const key of new Set([...a.properties.keys(), ...b.properties.keys()]))
    properties.set(key, intersectProperties(findProperty(a, key), findProperty(b, key)));
  const rest = a.rest !== undefined && b.rest !== undefined ? intersectionOf(a.rest, b.rest) : (a.rest ?? b.rest);
  const closed = a.closed === true || b.closed === true;
  return { kind: 'object', properties, rest, keys: a.keys ?? b.keys, ...(closed && { closed }) };
}

/** A key that an object does not name is held to what the object says of all others, if it says anything. */
function findProperty({ properties, rest }: ObjectShape, key: string): Property {
  return properties.get(key) ?? { shape: rest ?? { kind: 'any' }, optional: true, orNull: true };
}

/** Required by either is required: the object must satisfy both. */
function intersectProperties(a: Property, b: Property): Property {
  return { shape: intersectionOf(a.shape, b.shape), optional: a.optional && b.optional, orNull: a.orNull && b.orNull };
}
