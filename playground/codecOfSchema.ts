import * as t from 'io-ts';

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly additionalProperties?: unknown;
}

type Codec = t.Mixed;

const KNOWN =
  /^(?:type|properties|required|items|enum|const|anyOf|oneOf|\$ref|\$defs|minimum|maximum|minLength|maxLength|pattern|minItems|maxItems|title|description|additionalProperties|\$schema|default|examples)$/;

/** A codec for the JSON Schema that models are usually given. A keyword that it does not know is an error. */
export function codecOfSchema(text: string): Codec {
  const root = asSchema(JSON.parse(text) as unknown, '#');
  const defs = new Map<string, Codec>();
  const define = (schema: Schema, place: string): Codec => {
    for (const key of Object.keys(schema))
      if (!KNOWN.test(key)) throw new Error(`${place}: ${key} is not understood here`);
    const { $ref: ref } = schema;
    if (ref !== undefined) {
      const name = /^#\/\$defs\/(.+)$/.exec(ref)?.[1] ?? '';
      const target = root.$defs?.[name];
      if (target === undefined) throw new Error(`${place}: ${ref} leads nowhere`);
      const known =
        defs.get(name) ??
        t.recursion(name, (): Codec => {
          const made = define(asSchema(target, ref), ref);
          return made;
        });
      defs.set(name, known);
      return known;
    }
    return checked(bare(schema, place, define), schema);
  };
  return define(root, '#');
}

function bare(schema: Schema, place: string, define: (schema: Schema, place: string) => Codec): Codec {
  const { type, properties = {}, required = [], items } = schema;
  if ('const' in schema) return literal(schema.const, place);
  if (schema.enum)
    return oneOf(
      schema.enum.map((value) => literal(value, place)),
      place,
    );
  const members = schema.anyOf ?? schema.oneOf;
  if (members)
    return oneOf(
      members.map((member, at) => define(asSchema(member, place), `${place}/anyOf/${at}`)),
      place,
    );
  if (Array.isArray(type))
    return oneOf(
      type.map((each: string) => define({ ...schema, type: each }, place)),
      place,
    );
  switch (type) {
    case 'string':
      return t.string;
    case 'number':
      return t.number;
    case 'integer':
      return t.Int;
    case 'boolean':
      return t.boolean;
    case 'null':
      return t.null;
    case 'array':
      return t.array(items === undefined ? t.unknown : define(asSchema(items, place), `${place}/items`));
    case 'object': {
      const { additionalProperties: others } = schema;
      if (typeof others === 'object' && Object.keys(properties).length > 0)
        throw new Error(`${place}: keys of any name are understood where no key is named`);
      if (typeof others === 'object')
        return t.record(t.string, define(asSchema(others, place), `${place}/additionalProperties`));
      const read = Object.entries(properties).map(
        ([key, each]) => [key, define(asSchema(each, place), `${place}/properties/${key}`)] as const,
      );
      const must = Object.fromEntries(read.filter(([key]) => required.includes(key)));
      const may = Object.fromEntries(read.filter(([key]) => !required.includes(key)));
      const codec = t.intersection([t.type(must), t.partial(may)]);
      const isClosed = others === false;
      const isUnnamed = required.some((key) => !Object.hasOwn(properties, key));
      const hasRightKeys = (value: object): value is t.Branded<object, { readonly RightKeys: symbol }> =>
        required.every((key) => Object.hasOwn(value, key)) &&
        (!isClosed || Object.keys(value).every((key) => Object.hasOwn(properties, key)));
      return isClosed || isUnnamed ? t.brand(codec, hasRightKeys, 'RightKeys') : codec;
    }
    default:
      throw new Error(`${place}: a schema needs a type, enum, const, anyOf or $ref`);
  }
}

/** What a value must be beyond its type. */
function checked(codec: Codec, schema: Schema): Codec {
  const {
    minimum = -Infinity,
    maximum = Infinity,
    minLength = 0,
    maxLength = Infinity,
    minItems = 0,
    maxItems = Infinity,
  } = schema;
  const pattern = schema.pattern === undefined ? undefined : new RegExp(schema.pattern, 'u');
  const isLimited = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'pattern'].some(
    (key) => key in schema,
  );
  if (!isLimited) return codec;
  const isRight = (value: unknown): value is t.Branded<unknown, { readonly Limited: symbol }> => {
    if (typeof value === 'number') return value >= minimum && value <= maximum;
    if (typeof value === 'string')
      return (
        Array.from(value).length >= minLength && Array.from(value).length <= maxLength && (pattern?.test(value) ?? true)
      );
    return !Array.isArray(value) || (value.length >= minItems && value.length <= maxItems);
  };
  return t.brand(codec, isRight, 'Limited');
}

function literal(value: unknown, place: string): Codec {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return t.literal(value);
  if (value === null) return t.null;
  throw new Error(`${place}: only strings, numbers, booleans and null can be asked for word by word`);
}

function oneOf(members: readonly Codec[], place: string): Codec {
  const [first, second, ...others] = members;
  if (first === undefined) throw new Error(`${place}: nothing to choose from`);
  return second === undefined ? first : t.union([first, second, ...others]);
}

function asSchema(value: unknown, place: string): Schema {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${place}: a schema is an object`);
  return value;
}
