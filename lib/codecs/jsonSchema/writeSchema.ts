import type { SchemaDialect } from '../../completions/SchemaDialect.js';
import type { JsonSchema, JsonSchemaType } from './JsonSchema.js';
import { showPath } from '../report/showPath.js';
import { SchemaError } from './SchemaError.js';
import {
  type ArrayShape,
  type Definition,
  enumOf,
  type EnumShape,
  type Note,
  type ObjectShape,
  type Property,
  type RefShape,
  resolved,
  type Scalar,
  type ScalarShape,
  type Shape,
} from './Shape.js';
import { strictConstraints } from './strictConstraints.js';
import { strictLimits } from './strictLimits.js';
import { unionOf } from './unionOf.js';

/**
 * Writes a shape as JSON Schema 2020-12: in the subset of OpenAI's strict mode, or in all of it.
 *
 * Strict mode closes every object and requires every key, so a key that may be left out is asked for as `null`. It has
 * no word for a value of any kind and for keys nobody named: those throw. Constraints it does not know are left out,
 * because the codec checks them anyway.
 */
export function writeSchema(shape: Shape, dialect: SchemaDialect): JsonSchema {
  return new SchemaWriter(dialect).root(shape);
}

class SchemaWriter {
  readonly #strict: boolean;
  readonly #limits = strictLimits();
  readonly #pointers = new Map<Definition, string>();
  readonly #definitions = new Map<string, JsonSchema>();

  constructor(dialect: SchemaDialect) {
    this.#strict = dialect !== 'open';
  }

  root(shape: Shape): JsonSchema {
    if (shape.kind === 'ref') this.#pointers.set(shape.definition, '#');
    const schema = this.#write(resolved(shape), '$', 0);
    if (this.#strict && schema.type !== 'object') throw new SchemaError('root', '$', rootAdvice);
    return this.#definitions.size === 0 ? schema : { ...schema, $defs: Object.fromEntries(this.#definitions) };
  }

  #write(shape: Shape, path: string, level: number): JsonSchema {
    if (shape.kind === 'ref') return this.#reference(shape, path);
    return { ...this.#bare(shape, path, level), ...this.#note(shape.note) };
  }

  #bare(shape: Exclude<Shape, RefShape>, path: string, level: number): JsonSchema {
    switch (shape.kind) {
      case 'any':
        if (this.#strict) throw new SchemaError('unknown-value', path, anyAdvice);
        return {};
      case 'hidden':
        throw new SchemaError('no-schema', path, hiddenAdvice(shape.name));
      case 'none':
        throw new SchemaError('impossible', path, impossibleAdvice(shape.name));
      case 'scalar':
        return this.#scalar(shape);
      case 'enum':
        return this.#enum(shape, path);
      case 'array':
        return this.#array(shape, path, level);
      case 'object':
        return this.#object(shape, path, level + 1);
      case 'union':
        return anyOf(shape.members.map((member) => this.#write(member, path, level)));
    }
  }

  #scalar({ type, constraints }: ScalarShape): JsonSchema {
    return { type, ...(this.#strict ? strictConstraints(type, constraints) : constraints) };
  }

  /** One `enum` for each type, because strict mode wants the type beside it. */
  #enum({ values }: EnumShape, path: string): JsonSchema {
    const types = [...new Set(values.map(typeOf))];
    const schemas = types.map((type): JsonSchema => {
      if (type === 'null') return { type };
      const group = values.filter((value) => typeOf(value) === type);
      if (this.#strict) this.#limits.enumeration(path, group);
      return { type, enum: group };
    });
    return anyOf(schemas);
  }

  #array({ first, rest, constraints }: ArrayShape, path: string, level: number): JsonSchema {
    const limits = this.#strict ? strictConstraints('array', constraints) : constraints;
    const item = (shape: Shape, index: string): JsonSchema => this.#write(shape, `${path}[${index}]`, level);
    if (this.#strict) {
      // One schema for all items is all there is: an item may stand in the wrong place, but is never of a wrong kind.
      const any = unionOf([...first, rest]);
      if (any.kind === 'none') return { type: 'array', items: { type: 'null' }, ...limits, maxItems: 0 };
      return { type: 'array', items: item(any, ''), ...limits };
    }
    const items = rest.kind === 'none' ? false : item(rest, '');
    const prefixItems = first.map((shape, index) => item(shape, String(index)));
    return { type: 'array', ...(first.length > 0 && { prefixItems }), items, ...limits };
  }

  #object({ properties, rest, keys }: ObjectShape, path: string, level: number): JsonSchema {
    if (this.#strict && rest !== undefined) throw new SchemaError('open-record', path, recordAdvice);
    if (this.#strict) this.#limits.object(path, level, properties.keys());
    // An optional key that nothing satisfies is a key nobody should ask for.
    const entries = [...properties].filter(([, { shape, optional }]) => !(optional && shape.kind === 'none'));
    const written = Object.fromEntries(
      entries.map(([key, property]) => [key, this.#property(property, path + showPath([key]).slice(1), level)]),
    );
    // In the order of the properties, where JavaScript puts numbers first.
    const required = Object.keys(written).filter((key) => this.#strict || properties.get(key)?.optional === false);
    return {
      type: 'object',
      properties: written,
      ...((this.#strict || required.length > 0) && { required }),
      additionalProperties: rest === undefined ? false : this.#write(rest, `${path}[key]`, level),
      ...(keys !== undefined && { propertyNames: this.#write(keys, `${path}[key]`, level) }),
    };
  }

  #property({ shape, optional, orNull }: Property, path: string, level: number): JsonSchema {
    return this.#write(this.#strict && optional && orNull ? nullable(shape) : shape, path, level);
  }

  #reference({ definition, note }: RefShape, path: string): JsonSchema {
    const $ref = this.#pointers.get(definition) ?? this.#define(definition, path);
    if (note === undefined) return { $ref };
    // Strict mode refuses words beside `$ref`.
    return this.#strict ? { anyOf: [{ $ref }], ...this.#note(note) } : { $ref, ...note };
  }

  #define(definition: Definition, path: string): string {
    const name = freeName(definition.name, this.#definitions);
    const pointer = `#/$defs/${name}`;
    if (this.#strict) this.#limits.name(path, name);
    // Before the body is written, which may refer to itself.
    this.#pointers.set(definition, pointer);
    this.#definitions.set(name, {});
    this.#definitions.set(name, this.#write(resolved({ kind: 'ref', definition }), path, 0));
    return pointer;
  }

  /** Not every deployment of strict mode takes `examples`, and none takes `default`: examples become words. */
  #note(note: Note = {}): Note {
    if (!this.#strict) return note;
    const { title, description, examples = [] } = note;
    const shown = examples.map((example) => JSON.stringify(example)).join(', ');
    const sentences = [description ?? [], examples.length === 0 ? [] : `Examples: ${shown}.`].flat();
    return {
      ...(title !== undefined && { title }),
      ...(sentences.length > 0 && { description: sentences.join(' ') }),
    };
  }
}

const anyAdvice =
  "any value would do, and strict mode has no schema for that. Say what is expected, or pass { dialect: 'open' } to toJsonSchema.";
const recordAdvice =
  "strict mode has no schema for an object with keys of any name. Name the keys (t.type, or t.record over t.keyof), ask for a list of entries (t.array(t.type({ key: t.string, value: … }))), or pass { dialect: 'open' } to toJsonSchema.";
const rootAdvice =
  'strict mode wants an object at the root, and not a union of objects. Wrap it: t.strict({ value: … }).';
const hiddenAdvice = (name: string): string =>
  `${name} is only a function: nobody knows which JSON it decodes. Give it a schema, or a codec that looks the same: withDescription(codec, { schema: t.string }).`;
const impossibleAdvice = (name: string): string =>
  `no JSON value satisfies ${name}. Take it out, or decode it from a value that JSON has.`;

/** Members that differ for the codec only (brands, say) look the same here. */
function anyOf(schemas: readonly JsonSchema[]): JsonSchema {
  const different = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
  const [only] = different;
  return only !== undefined && different.length === 1 ? only : { anyOf: different };
}

function typeOf(value: Scalar): JsonSchemaType {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'null';
}

function takesNull(shape: Shape): boolean {
  const target = resolved(shape);
  if (target.kind === 'union') return target.members.some(takesNull);
  return target.kind === 'any' || (target.kind === 'enum' && target.values.includes(null));
}

/** What was said about the value is said about the choice. */
function nullable(shape: Shape): Shape {
  if (takesNull(shape)) return shape;
  const { note, ...bare } = shape;
  return { ...unionOf([bare, enumOf(null)]), ...(note !== undefined && { note }) };
}

/** Definitions of one name are told apart by a number. */
function freeName(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  const name = wanted.replaceAll(/[^\w-]/g, '_');
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}_${count}`;
  return free;
}
