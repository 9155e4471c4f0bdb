import { intersectionOf } from './intersectionOf.js';
import {
  absent,
  anything,
  arrayOf,
  type Constraints,
  type Definition,
  definition,
  enumOf,
  type Note,
  noted,
  nothing,
  objectOf,
  type Scalar,
  scalar,
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
export function shapeOfSchema(root: Keywords): Shape {
  const definitions = new Map<string, Definition>();

  const read: Read = (schema) => {
    if (schema === false) return nothing('false');
    if (!isKeywords(schema)) return anything;
    const { $ref, allOf, anyOf, oneOf, not } = schema;
    if (schema[marks.absent] === true) return absent;
    // zod's `never`.
    if (isKeywords(not) && Object.keys(not).length === 0) return nothing('never');
    let shape = ofOwnKeywords(schema, read);
    if (typeof $ref === 'string') shape = intersectionOf(shape, ofRef($ref));
    for (const part of list(allOf)) shape = intersectionOf(shape, read(withType(part, schema)));
    for (const union of [anyOf, oneOf])
      if (Array.isArray(union)) shape = intersectionOf(shape, unionOf(union.map(read)));
    return noted(shape, noteOf(schema));
  };

  const ofRef = ($ref: string): Shape => {
    const name = $ref.split('/').pop() ?? $ref;
    const known = definitions.get($ref) ?? definition(name === '#' ? 'root' : name, () => ofTarget($ref));
    definitions.set($ref, known);
    return { kind: 'ref', definition: known };
  };

  const ofTarget = ($ref: string): Shape => {
    const target = at(root, $ref);
    return target === undefined ? { kind: 'opaque', name: $ref } : read(target);
  };

  const shape = JSON.stringify(root).includes('"$ref":"#"') ? ofRef('#') : read(root);
  const library = root[marks.library];
  return typeof library === 'string' ? { ...shape, library } : shape;
}

/** A pattern says nothing without a type, which a part of `allOf` may leave to the whole. */
function withType(part: unknown, { type }: Keywords): unknown {
  return isKeywords(part) && 'pattern' in part && !('type' in part) && type === 'string' ? { type, ...part } : part;
}

const isKeywords = (value: unknown): value is Keywords =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isScalar = (value: unknown): value is Scalar =>
  value === null || ['boolean', 'number', 'string'].includes(typeof value);

/** The target of a local reference. */
function at(root: Keywords, $ref: string): unknown {
  if (!$ref.startsWith('#')) return undefined;
  const steps = decodeURIComponent($ref.slice(1)).split('/').slice(1);
  return steps
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (here, step) => (isKeywords(here) || Array.isArray(here) ? Reflect.get(here, step) : undefined),
      root,
    );
}

function noteOf(schema: Keywords): Note {
  const { title, description, examples } = schema;
  return {
    ...(typeof title === 'string' && { title }),
    ...(typeof description === 'string' && { description }),
    ...(Array.isArray(examples) && { examples }),
    ...('default' in schema && { default: schema['default'] }),
  };
}

/** The keywords of this place alone, each type of several as a member of a union. */
function ofOwnKeywords(schema: Keywords, read: Read): Shape {
  const opaque = schema[marks.opaque];
  if (isKeywords(opaque)) return { kind: 'opaque', name: String(opaque['name']), gap: String(opaque['gap']) };
  const types = list(Array.isArray(schema['type']) ? schema['type'] : [schema['type']]);
  const shapes = types.map((type) => ofType(type, schema, read));
  const shape = shapes.length === 0 ? anything : unionOf(shapes);
  const values = 'const' in schema ? [schema['const']] : list(schema['enum']);
  return values.length > 0 && values.every(isScalar) ? intersectionOf(shape, enumOf(...values)) : shape;
}

function ofType(type: unknown, schema: Keywords, read: Read): Shape {
  switch (type) {
    case 'null':
      return enumOf(null);
    case 'boolean':
      return scalar(type);
    case 'integer':
    case 'number':
      return scalar(type, pick(schema, ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf']));
    case 'string':
      return scalar(
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
      return ofArray(schema, read);
    case 'object':
      return ofObject(schema, read);
    default:
      return anything;
  }
}

const pick = (schema: Keywords, keywords: readonly string[]): Constraints =>
  Object.fromEntries(
    keywords.flatMap((keyword) => (keyword in schema ? [[keyword.replace('$', ''), schema[keyword]]] : [])),
  );

/** Both ways of writing a tuple: `prefixItems`, and before 2020 a list as `items`. */
function ofArray(schema: Keywords, read: Read): Shape {
  const { items, prefixItems, additionalItems } = schema;
  const first = list(Array.isArray(items) ? items : prefixItems).map(read);
  const rest = read(Array.isArray(items) ? additionalItems : items);
  const most = first.length > 0 && rest.kind === 'none' ? { maxItems: first.length } : {};
  return { ...arrayOf(rest, { ...most, ...pick(schema, ['minItems', 'maxItems', 'uniqueItems']) }), first };
}

function ofObject(schema: Keywords, read: Read): Shape {
  const { additionalProperties: others = false, patternProperties, propertyNames = {} } = schema;
  const required = list(schema['required']).map(String);
  const own = isKeywords(schema['properties']) ? schema['properties'] : {};
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
  if (rest.kind === 'none' && 'additionalProperties' in schema) return { ...objectOf(properties), closed: true };
  if (rest.kind === 'none' || named.length > 0) return objectOf(properties);
  return objectOf(properties, rest, keys);
}
