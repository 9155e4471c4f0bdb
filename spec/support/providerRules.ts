import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import { expect } from 'chai';
import type { SchemaDialect } from '../../lib/completions/SchemaDialect.js';
import type { JsonSchema } from '../../lib/codecs/jsonSchema/JsonSchema.js';
import { expectUnchanged } from './strictSchemas.js';

/** A part of a schema, and where it is. */
interface Part {
  readonly path: string;
  readonly schema: JsonSchema;
}

function partsOf(schema: JsonSchema, path = '#'): readonly Part[] {
  const maps = (['properties', '$defs'] as const).flatMap((keyword) =>
    Object.entries(schema[keyword] ?? {}).flatMap(([key, part]) => partsOf(part, `${path}/${keyword}/${key}`)),
  );
  const lists = (['anyOf', 'prefixItems'] as const).flatMap((keyword) =>
    (schema[keyword] ?? []).flatMap((part, index) => partsOf(part, `${path}/${keyword}/${index}`)),
  );
  const singles = (['items', 'additionalProperties', 'propertyNames'] as const).flatMap((keyword) => {
    const part = schema[keyword];
    return typeof part === 'object' && part !== null ? partsOf(part as JsonSchema, `${path}/${keyword}`) : [];
  });
  return [{ path, schema }, ...maps, ...lists, ...singles];
}

type Rule = (schema: JsonSchema) => readonly (string | false)[];

function broken(schema: JsonSchema, rule: Rule): readonly string[] {
  return partsOf(schema).flatMap(({ path, schema: part }) =>
    rule(part).flatMap((violation) => (violation === false ? [] : [`${path}: ${violation}`])),
  );
}

const others = (schema: JsonSchema, allowed: string): readonly string[] =>
  Object.keys(schema)
    .filter((keyword) => !allowed.split(' ').includes(keyword))
    .map((keyword) => `the keyword ${keyword}`);

const isOpen = ({ type, additionalProperties }: JsonSchema): boolean =>
  type === 'object' && additionalProperties !== false;

const formats = 'date-time time date duration email hostname ipv4 ipv6 uuid'.split(' ');

const openaiRule: Rule = (schema) => [
  ...others(
    schema,
    '$ref $defs title description type enum anyOf properties required additionalProperties items minItems maxItems minimum exclusiveMinimum maximum exclusiveMaximum multipleOf pattern format',
  ),
  isOpen(schema) && 'an open object',
  '$ref' in schema && Object.keys(schema).length > 1 && 'words beside $ref',
  schema.$ref === '#' && 'a reference to the root',
  schema.type === 'object' &&
    Object.keys(schema.properties ?? {}).join() !== (schema.required ?? []).join() &&
    'a key that is not required',
  'format' in schema && !formats.includes(String(schema['format'])) && 'an unknown format',
  ['date', 'time', 'date-time', 'uuid'].includes(String(schema['format'])) && 'pattern' in schema && 'a pattern beside',
  /\(\?<?[=!]/.test(String(schema['pattern'])) && 'a pattern that looks around',
];

const anthropicRule: Rule = (schema) => [
  ...others(
    schema,
    '$ref $defs title description type enum anyOf properties required additionalProperties items minItems format',
  ),
  isOpen(schema) && 'an open object',
  '$ref' in schema && Object.keys(schema).length > 1 && 'words beside $ref',
  'minItems' in schema && ![0, 1].includes(Number(schema['minItems'])) && 'minItems beyond 1',
  'format' in schema && ![...formats, 'uri'].includes(String(schema['format'])) && 'an unknown format',
  Object.keys(schema.properties ?? {}).some((key) => !/^[a-zA-Z0-9_.-]{1,64}$/.test(key)) && 'a name of a property',
  !['type', 'anyOf', '$ref'].some((keyword) => keyword in schema) && 'no type',
];

/** How llama.cpp reads a schema: it goes by the first of these keywords that it finds, and ignores the others. */
const llamaRule: Rule = (schema) => [
  ...others(
    schema,
    '$ref $defs title description examples default type enum anyOf properties required additionalProperties propertyNames items prefixItems minItems maxItems uniqueItems minLength maxLength minimum exclusiveMinimum maximum exclusiveMaximum multipleOf pattern format contentEncoding contentMediaType',
  ),
  '$ref' in schema && !/^#\/\$defs\/[\w-]+$/.test(schema.$ref ?? '') && 'a reference that is not to a definition',
  typeof schema.items === 'boolean' && 'items that are no schema',
  ...['minLength', 'maxLength', 'minItems', 'maxItems'].map(
    (keyword) => Number(schema[keyword] ?? 0) >= 2000 && `too many repetitions in ${keyword}`,
  ),
  ...(typeof schema['pattern'] === 'string' ? patternViolations(schema['pattern']) : []),
];

/** The parts of a pattern that a grammar cannot read, or reads as something that JSON has to escape. */
export function patternViolations(pattern: string): readonly string[] {
  const bare = pattern.slice(1, -1).replaceAll(/\\[\^$.[\]()|{}*+?]/g, '');
  const outside = bare.replaceAll(/\[[^\]]*\]/g, '');
  const repeated = Array.from(bare.matchAll(/\{(\d+)(?:,(\d*))?\}/g), ([, least, most]) => [least, most]).flat();
  const rules: readonly (readonly [boolean, string])[] = [
    [!pattern.startsWith('^') || !pattern.endsWith('$'), 'no anchors'],
    [bare.includes('\\'), 'an escape'],
    [bare.includes('(?'), 'a group that is not plain'],
    [/[.^$]/.test(outside), 'a dot, or an anchor inside'],
    [/\[\^/.test(bare), 'everything but'],
    [/["\u0000-\u001f]/.test(bare), 'a letter that JSON escapes'],
    [repeated.some((count) => Number(count ?? 0) >= 2000), 'too many repetitions'],
  ];
  return rules.flatMap(([isBroken, violation]) => (isBroken ? [violation] : []));
}

/** A definition that leads back to itself. */
function isRecursive(schema: JsonSchema): boolean {
  const reached = (part: JsonSchema, seen: readonly string[]): boolean =>
    partsOf({ ...part, $defs: {} }).some(({ schema: { $ref } }) => {
      if ($ref === undefined) return false;
      const name = $ref.slice('#/$defs/'.length);
      return seen.includes(name) || reached(schema.$defs?.[name] ?? {}, [...seen, name]);
    });
  return reached(schema, []);
}

/** Anthropic's client drops the type beside an `enum`, which says it already. */
function withoutTypesOfEnums(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTypesOfEnums);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key]) => !(key === 'type' && Array.isArray(Reflect.get(value, 'enum'))),
  );
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutTypesOfEnums(inner)]));
}

const count = (schema: JsonSchema, counted: (part: JsonSchema) => number): number =>
  partsOf(schema).reduce((sum, { schema: part }) => sum + counted(part), 0);

/** A schema keeps to what the provider takes, and the provider's own client has nothing left to change in it. */
export function expectTaken(schema: JsonSchema, dialect: SchemaDialect): void {
  switch (dialect) {
    case 'openai':
      expect(broken(schema, openaiRule)).to.deep.equal([]);
      expectUnchanged(schema);
      return;
    case 'anthropic': {
      expect(broken(schema, anthropicRule)).to.deep.equal([]);
      expect(isRecursive(schema), 'is recursive').to.equal(false);
      const optional = ({ properties = {}, required = [] }: JsonSchema): number =>
        Object.keys(properties).length - required.length;
      expect(count(schema, optional), 'optional keys').to.be.at.most(24);
      expect(
        count(schema, ({ anyOf }) => (anyOf === undefined ? 0 : 1)),
        'choices',
      ).to.be.at.most(16);
      const theirs: unknown = transformJSONSchema(schema);
      expect(theirs).to.deep.equal(withoutTypesOfEnums(schema));
      return;
    }
    case 'open':
      expect(broken(schema, llamaRule)).to.deep.equal([]);
  }
}
