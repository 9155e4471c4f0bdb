import { toList } from '../../partials/Container.js';
import { intersectionOf } from './intersectionOf.js';
import {
  absent,
  anything,
  createArray,
  type Constraints,
  type Definition,
  createDefinition,
  createEnum,
  type Note,
  addNote,
  createNothing,
  createObject,
  type Scalar,
  createScalar,
  type Shape,
} from './Shape.js';
import { marks } from './marks.js';
import { mayBeAbsent, requirePresence, unionOf } from './unionOf.js';

type Keywords = Readonly<Record<string, unknown>>;
type Read = (schema: unknown) => Shape;

/**
 * Reads a JSON Schema, 2020-12 or draft 7. A keyword that is not understood is left out: every keyword restricts, so
 * the shape is at most wider than the schema, never narrower.
 */
export function readSchemaShape(root: Keywords): Shape {
  const definitions = new Map<string, Definition>();

  const read: Read = (schema) => {
    if (schema === false) return createNothing('false');
    if (!isKeywords(schema)) return anything;
    const { $ref, allOf, anyOf, oneOf, not } = schema;
    if (schema[marks.absent] === true) return absent;
    // zod's `never`.
    if (isKeywords(not) && Object.keys(not).length === 0) return createNothing('never');
    let shape = readOwnKeywords(schema, read);
    if (typeof $ref === 'string') shape = intersectionOf(shape, readRef($ref));
    for (const part of toList(allOf)) shape = intersectionOf(shape, read(withType(part, schema)));
    // `oneOf` is read as `anyOf`: wider, and which member it is the validator says.
    for (const union of [anyOf, oneOf])
      if (Array.isArray(union)) shape = intersectionOf(shape, unionOf(union.map(read)));
    return addNote(shape, readNote(schema));
  };

  const readRef = ($ref: string): Shape => {
    const name = $ref.split('/').pop() ?? $ref;
    // Read when it is first resolved, because the target may contain the reference.
    const known = definitions.get($ref) ?? createDefinition(name === '#' ? 'root' : name, () => readTarget($ref));
    definitions.set($ref, known);
    return { kind: 'ref', definition: known };
  };

  const readTarget = ($ref: string): Shape => {
    const target = findAt(root, $ref);
    return target === undefined ? { kind: 'opaque', name: $ref } : read(target);
  };

  // A root that refers to itself becomes a definition. Looking for the text costs less than a pass of its own.
  return JSON.stringify(root).includes('"$ref":"#"') ? readRef('#') : read(root);
}

/** A pattern says nothing without a type, which a part of `allOf` may leave to the whole. */
function withType(part: unknown, { type }: Keywords): unknown {
  return isKeywords(part) && 'pattern' in part && !('type' in part) && type === 'string' ? { type, ...part } : part;
}

const isKeywords = (value: unknown): value is Keywords =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Enums of objects and arrays are left out: a shape has no place for them, and without them it is only wider. */
const isScalar = (value: unknown): value is Scalar =>
  value === null || ['boolean', 'number', 'string'].includes(typeof value);

/** The target of a local reference. */
function findAt(root: Keywords, $ref: string): unknown {
  if (!$ref.startsWith('#')) return undefined;
  const steps = decodeURIComponent($ref.slice(1)).split('/').slice(1);
  return steps
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (here, step) => (isKeywords(here) || Array.isArray(here) ? Reflect.get(here, step) : undefined),
      root,
    );
}

/** Words only. A note of the wrong type is left out: no validator has checked what users write there. */
function readNote(schema: Keywords): Note {
  const { title, description, examples } = schema;
  return {
    ...(typeof title === 'string' && { title }),
    ...(typeof description === 'string' && { description }),
    ...(Array.isArray(examples) && { examples }),
    ...('default' in schema && { default: schema['default'] }),
  };
}

/** The keywords of this place alone, each type of several as a member of a union. */
function readOwnKeywords(schema: Keywords, read: Read): Shape {
  const opaque = schema[marks.opaque];
  if (isKeywords(opaque)) return { kind: 'opaque', name: String(opaque['name']), gap: String(opaque['gap']) };
  const types = toList(Array.isArray(schema['type']) ? schema['type'] : [schema['type']]);
  const shapes = types.map((type) => readType(type, schema, read));
  const shape = shapes.length === 0 ? anything : unionOf(shapes);
  const values = 'const' in schema ? [schema['const']] : toList(schema['enum']);
  return values.length > 0 && values.every(isScalar) ? intersectionOf(shape, createEnum(...values)) : shape;
}

function readType(type: unknown, schema: Keywords, read: Read): Shape {
  switch (type) {
    case 'null':
      return createEnum(null);
    case 'boolean':
      return createScalar(type);
    case 'integer':
    case 'number':
      return createScalar(
        type,
        pick(schema, ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf']),
      );
    case 'string':
      return createScalar(
        type,
        pick(schema, [
          'minLength',
          'maxLength',
          'pattern',
          'format',
          'contentEncoding',
          'contentMediaType',
          marks.formatPattern,
          marks.flagged,
        ]),
      );
    case 'array':
      return readArray(schema, read);
    case 'object':
      return readObject(schema, read);
    default:
      return anything;
  }
}

/** The keywords that are there, without the `$` of our own marks: a shape has them under plain names. */
const pick = (schema: Keywords, keywords: readonly string[]): Constraints =>
  Object.fromEntries(
    keywords.flatMap((keyword) => (keyword in schema ? [[keyword.replace('$', ''), schema[keyword]]] : [])),
  );

/**
 * Both ways of writing a tuple: `prefixItems`, and before 2020 a list as `items`. Its end is told by `items`, or only by
 * how many there may be.
 */
function readArray(schema: Keywords, read: Read): Shape {
  const { items, prefixItems, additionalItems, maxItems } = schema;
  const first = toList(Array.isArray(items) ? items : prefixItems).map(read);
  const isFull = first.length > 0 && typeof maxItems === 'number' && maxItems <= first.length;
  const rest = isFull ? createNothing('false') : read(Array.isArray(items) ? additionalItems : items);
  const most = first.length > 0 && rest.kind === 'none' ? { maxItems: first.length } : {};
  return { ...createArray(rest, { ...most, ...pick(schema, ['minItems', 'maxItems', 'uniqueItems']) }), first };
}

/** Where other keys are not spoken of, none are asked for; without any keyword, any object will do. */
function readObject(schema: Keywords, read: Read): Shape {
  const isAny = !['properties', 'required', 'propertyNames'].some((keyword) => keyword in schema);
  const { additionalProperties: others = isAny, patternProperties, propertyNames = {} } = schema;
  const required = toList(schema['required']).map(String);
  const own = isKeywords(schema['properties']) ? schema['properties'] : {};
  // Which pattern a key matches is not read, so such a key may hold anything.
  const rest = patternProperties === undefined ? read(others) : anything;
  const keys = read(propertyNames);
  // Names that can be counted are keys like others; nothing else is asked for then.
  const named = keys.kind === 'enum' ? keys.values.map(String) : [];
  const names = new Set([...Object.keys(own), ...named, ...required]);
  const properties = Array.from(names, (name) => {
    // A key that is required and nowhere named may hold anything.
    const shape = Object.hasOwn(own, name) ? read(own[name]) : rest.kind === 'none' ? anything : rest;
    const optional = !required.includes(name) || mayBeAbsent(shape);
    return [name, { shape: requirePresence(shape), optional, orNull: true }] as const;
  });
  const isClosed = named.length > 0 || (rest.kind === 'none' && 'additionalProperties' in schema);
  if (isClosed) return { ...createObject(properties), closed: true };
  if (rest.kind === 'none') return createObject(properties);
  return createObject(properties, rest, keys);
}
