import { anthropicKeys, type SchemaDialect } from '../../completions/SchemaDialect.js';
import { showPath } from '../report/showPath.js';
import { adviceOn, adviseWayAround, type Reader, type SchemaReader } from './adviceOn.js';
import { dialects, type Dialect, type Limits } from './Dialect.js';
import type { JsonSchema, JsonSchemaType } from './JsonSchema.js';
import { SchemaError } from './SchemaError.js';
import {
  type ArrayShape,
  type Definition,
  createEnum,
  type EnumShape,
  isRecord,
  type Note,
  type ObjectShape,
  type Property,
  type RefShape,
  resolve,
  type Scalar,
  type ScalarShape,
  type Shape,
  type UnionShape,
} from './Shape.js';
import { tellOrder } from './tellConstraints.js';
import { unionOf } from './unionOf.js';

export interface WriteSchemaConfig {
  readonly dialect: SchemaDialect;
  /** The reader of error messages. */
  readonly reader: SchemaReader;
  /** The keys that the provider takes, where it does not take all. */
  readonly keys?: RegExp | undefined;
}

/**
 * Writes a shape as JSON Schema 2020-12, in the subset that a provider takes.
 *
 * A dialect with closed objects cannot express a value of any kind, or keys without a name: those throw. A
 * constraint without a keyword is told in words or left out, as the dialect has it, because the codec checks it anyway.
 */
export function writeSchema(shape: Shape, config: WriteSchemaConfig): JsonSchema {
  return new SchemaWriter(config).writeRoot(shape);
}

/** A part of a schema, and the constraints that it cannot say, as sentences for its description. */
interface Written {
  readonly schema: JsonSchema;
  readonly told: readonly string[];
}

const toWritten = (schema: JsonSchema): Written => ({ schema, told: [] });

class SchemaWriter {
  readonly #config: WriteSchemaConfig;
  readonly #dialect: Dialect;
  readonly #limits: Limits;
  readonly #keys: RegExp | undefined;
  /** Where each definition stands: set before it is written, because it may refer to itself. */
  readonly #pointers = new Map<Definition, string>();
  readonly #definitions = new Map<string, JsonSchema>();
  /** Definitions that are being written: a reference to one of these is a recursion. */
  readonly #open = new Set<Definition>();
  /** Whose schema is being written: set where a library's schema begins, and set back where it ends. */
  #library: string | undefined;

  constructor(config: WriteSchemaConfig) {
    this.#config = config;
    this.#dialect = dialects[config.dialect];
    this.#limits = this.#dialect.createLimits(adviseWayAround(config));
    this.#keys = config.keys ?? (config.dialect === 'anthropic' ? anthropicKeys : undefined);
  }

  /**
   * A root that refers to itself is written out, and refers to a copy of itself among the definitions: `"$ref": "#"` is
   * an error for llama.cpp.
   */
  writeRoot(shape: Shape): JsonSchema {
    if (shape.kind === 'ref') this.#open.add(shape.definition);
    const schema = this.#write(resolve(shape), '$', 0);
    if (this.#dialect.isClosed && schema.type !== 'object')
      throw new SchemaError('root', '$', adviceOn.root({ ...this.#reader, library: shape.library }));
    return this.#definitions.size === 0 ? schema : { ...schema, $defs: Object.fromEntries(this.#definitions) };
  }

  /** The reader of an error that is thrown here. */
  get #reader(): Reader {
    return { ...this.#config, library: this.#library };
  }

  /** Writes a shape; within that of a library, advice is in the library's words. */
  #write(shape: Shape, path: string, level: number): JsonSchema {
    if (shape.library === undefined || shape.library === this.#library) return this.#writeNoted(shape, path, level);
    // A library's schema may stand within an io-ts codec: behind it the words are io-ts's again.
    const before = this.#library;
    this.#library = shape.library;
    const schema = this.#writeNoted(shape, path, level);
    this.#library = before;
    return schema;
  }

  #writeNoted(shape: Shape, path: string, level: number): JsonSchema {
    if (shape.kind === 'ref') return this.#writeReference(shape, path, level);
    const { schema, told } = this.#writeBare(shape, path, level);
    return { ...schema, ...this.#writeNote(shape.note, told) };
  }

  /** Writes a shape without what its user says about it. */
  #writeBare(shape: Exclude<Shape, RefShape>, path: string, level: number): Written {
    switch (shape.kind) {
      case 'any':
        if (this.#dialect.isClosed) throw new SchemaError('unknown-value', path, adviceOn.anyValue(this.#reader));
        return toWritten({});
      case 'opaque':
        throw new SchemaError('no-schema', path, adviceOn.opaque(this.#reader, shape));
      case 'none':
        throw new SchemaError('impossible', path, adviceOn.impossible(shape.name));
      case 'scalar':
        return this.#writeScalar(shape);
      case 'enum':
        return toWritten(this.#writeEnum(shape, path));
      case 'array':
        return this.#writeArray(shape, path, level);
      case 'object':
        return toWritten(this.#writeObject(shape, path, level + 1));
      case 'union':
        return this.#writeUnion(shape, path, level);
    }
  }

  #writeScalar({ type, constraints }: ScalarShape): Written {
    const { keywords, told } = this.#dialect.constrain(type, constraints);
    return { schema: { type, ...keywords }, told };
  }

  /** One `enum` for each type, because strict mode wants the type beside it. */
  #writeEnum({ values }: EnumShape, path: string): JsonSchema {
    // In the order in which types first occur, so that the schema is the same text each time: providers cache by it.
    const types = [...new Set(values.map(nameType))];
    const schemas = types.map((type): JsonSchema => {
      if (type === 'null') return { type };
      const group = values.filter((value) => nameType(value) === type);
      this.#limits.addEnumeration(path, group);
      return { type, enum: group };
    });
    return this.#writeAnyOf(schemas, path);
  }

  #writeUnion({ members }: UnionShape, path: string, level: number): Written {
    const schemas = members.map((member) => this.#write(member, path, level));
    const [only, ...others] = schemas.filter(({ type }) => type !== 'null');
    // Only a value and `null` have one description to move; of two values each keeps its own.
    if (!this.#dialect.tells || only === undefined || others.length > 0)
      return toWritten(this.#writeAnyOf(schemas, path));
    // The words about the only value besides null are words about the property, where the model looks for them.
    const { description, ...bare } = only;
    const schema = this.#writeAnyOf(
      schemas.map((each) => (each === only ? bare : each)),
      path,
    );
    return { schema, told: description === undefined ? [] : [description] };
  }

  /** Members that differ for the codec only (brands, say) look the same here. */
  #writeAnyOf(schemas: readonly JsonSchema[], path: string): JsonSchema {
    const different = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
    const [only] = different;
    if (only !== undefined && different.length === 1) return only;
    this.#limits.addChoice(path);
    return { anyOf: different };
  }

  /** A list, or a tuple: by position where the provider takes that, else as a list of any of its items. */
  #writeArray({ first, rest, constraints }: ArrayShape, path: string, level: number): Written {
    const { keywords, told } = this.#dialect.constrain('array', constraints);
    const writeItem = (shape: Shape, index: string): JsonSchema => this.#write(shape, `${path}[${index}]`, level);
    // Where not even one item is allowed the list is empty: a schema that nothing satisfies would be rejected.
    const all = unionOf([...first, rest]);
    if (all.kind === 'none') {
      const empty = this.#dialect.constrain('array', { maxItems: 0 });
      return { schema: { type: 'array', items: { type: 'null' }, ...keywords, ...empty.keywords }, told: empty.told };
    }
    // One schema for all items may be all there is: an item may stand in the wrong place, but is never of a wrong kind.
    if (!this.#dialect.takesPositions || first.length === 0) {
      const order = this.#dialect.tells ? tellOrder(first) : [];
      return { schema: { type: 'array', items: writeItem(all, ''), ...keywords }, told: [...told, ...order] };
    }
    const prefixItems = first.map((shape, index) => writeItem(shape, String(index)));
    // Without `"items": false`, for which some servers reject the schema: `maxItems` says it as well.
    const items = rest.kind === 'none' ? {} : { items: writeItem(rest, '') };
    return { schema: { type: 'array', prefixItems, ...items, ...keywords }, told };
  }

  /** An object with the keys that are asked for, in the order of the codec: models write in that order. */
  #writeObject(shape: ObjectShape, path: string, level: number): JsonSchema {
    const { properties, keys } = shape;
    if (this.#dialect.isClosed && isRecord(shape))
      throw new SchemaError('open-record', path, adviceOn.record(this.#reader));
    // A loose object is closed like a `t.type`, which tolerates other keys as well.
    const rest = this.#dialect.isClosed ? undefined : shape.rest;
    this.#limits.addObject(path, level, [...properties.keys()]);
    // An optional key that nothing satisfies is not asked for.
    const entries = [...properties].filter(([, property]) => !(property.optional && property.shape.kind === 'none'));
    const required: string[] = [];
    const written = entries.map(([key, property]) => {
      const at = path + showPath([key]).slice(1);
      if (this.#keys?.test(key) === false)
        throw new SchemaError('property-name', at, adviceOn.key(this.#reader, key, this.#keys));
      const asked = this.#askFor(property, at);
      if (asked.isRequired) required.push(key);
      return [key, this.#write(asked.shape, at, level)] as const;
    });
    const schemas = Object.fromEntries(written);
    return {
      type: 'object',
      properties: schemas,
      // In the order of the properties, where JavaScript puts numbers first.
      ...((this.#dialect.isClosed || required.length > 0) && {
        required: Object.keys(schemas).filter((key) => required.includes(key)),
      }),
      additionalProperties: rest === undefined ? false : this.#write(rest, `${path}[key]`, level),
      ...(keys !== undefined && rest !== undefined && { propertyNames: this.#write(keys, `${path}[key]`, level) }),
    };
  }

  /** How a key is asked for; where `null` would not read as a key left out, it is asked for with a value. */
  #askFor(
    { shape, optional, orNull }: Property,
    path: string,
  ): { readonly shape: Shape; readonly isRequired: boolean } {
    if (!optional) return { shape, isRequired: true };
    if (this.#limits.addOptionalKey(path) === 'left out') return { shape, isRequired: false };
    return { shape: orNull ? allowNull(shape) : shape, isRequired: true };
  }

  /** A reference into `$defs`, so that a shape that occurs twice is written once. */
  #writeReference(shape: RefShape, path: string, level: number): JsonSchema {
    const { definition, note } = shape;
    if (this.#open.has(definition) && !this.#dialect.takesRecursion)
      throw new SchemaError('recursion', path, adviceOn.recursion(this.#reader));
    if (note === undefined) return { $ref: this.#pointTo(definition, path) };
    // `$ref` stands alone in some dialects; what never refers to itself can be written out with its words.
    if (!this.#dialect.takesRecursion)
      return this.#writeOnce(definition, () => this.#write(resolve(shape), path, level));
    const $ref = this.#pointTo(definition, path);
    return this.#dialect.takesNotes ? { $ref, ...note } : { anyOf: [{ $ref }], ...this.#writeNote(note) };
  }

  /** Where a definition stands; it is written when it is first referred to. */
  #pointTo(definition: Definition, path: string): string {
    const known = this.#pointers.get(definition);
    if (known !== undefined) return known;
    const name = findFreeName(definition.name, this.#definitions);
    const pointer = `#/$defs/${name}`;
    this.#limits.addName(path, name);
    this.#pointers.set(definition, pointer);
    // Taken before it is written, so that no other gets the name.
    this.#definitions.set(name, {});
    const schema = this.#writeOnce(definition, () => this.#write(resolve({ kind: 'ref', definition }), path, 0));
    this.#definitions.set(name, schema);
    return pointer;
  }

  /** Writes a definition; a reference to it from within is a recursion. */
  #writeOnce(definition: Definition, write: () => JsonSchema): JsonSchema {
    const wasOpen = this.#open.has(definition);
    this.#open.add(definition);
    const schema = write();
    if (!wasOpen) this.#open.delete(definition);
    return schema;
  }

  /** Not every provider takes `examples`, and none in strict mode takes `default`: examples become words. */
  #writeNote({ title, description, examples = [], ...others }: Note = {}, told: readonly string[] = []): Note {
    const shown = examples.map((example) => JSON.stringify(example)).join(', ');
    const asWords = !this.#dialect.takesNotes && examples.length > 0;
    const sentences = [description ?? [], told, asWords ? `Examples: ${shown}.` : []].flat();
    return {
      ...(title !== undefined && { title }),
      ...(sentences.length > 0 && { description: sentences.join(' ') }),
      ...(this.#dialect.takesNotes && { ...(examples.length > 0 && { examples }), ...others }),
    };
  }
}

/** A whole number is a number here: 1 and 1.5 in one enum must have one type. */
function nameType(value: Scalar): JsonSchemaType {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'null';
}

/** A second `null` beside one that is there already would count as another choice. */
function takesNull(shape: Shape): boolean {
  const target = resolve(shape);
  if (target.kind === 'union') return target.members.some(takesNull);
  return target.kind === 'any' || (target.kind === 'enum' && target.values.includes(null));
}

/** The description of the value becomes that of the choice. */
function allowNull(shape: Shape): Shape {
  if (takesNull(shape)) return shape;
  const { note, ...bare } = shape;
  return { ...unionOf([bare, createEnum(null)]), ...(note !== undefined && { note }) };
}

/** Definitions of one name are told apart by a number; one without a name gets one, because a pointer needs it. */
function findFreeName(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  // io-ts's names have signs like `Array<…>`, which a pointer would have to escape.
  const name = wanted === '' ? 'definition' : wanted.replaceAll(/[^\w-]/g, '_');
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}_${count}`;
  return free;
}
