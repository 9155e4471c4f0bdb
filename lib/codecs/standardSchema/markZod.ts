import { marks, type OpaqueMark } from '../jsonSchema/marks.js';
import type { Keywords } from './readVendorSchemas.js';

/** A check of a string in zod, or a string type that is such a check. */
interface FormatDef {
  readonly check?: string;
  readonly format?: string;
  readonly pattern?: RegExp;
}

interface ZodDef extends FormatDef {
  readonly type: string;
  readonly coerce?: boolean;
  readonly values?: readonly unknown[];
  readonly in?: { readonly _zod: { readonly def: { readonly type: string } } };
  readonly checks?: readonly { readonly _zod: { readonly def: FormatDef } }[];
}

/** A schema of zod, and the JSON Schema that zod has just written of it. */
export interface ZodNode {
  readonly zodSchema: { readonly _zod: { readonly def: ZodDef } };
  readonly jsonSchema: Record<string, unknown>;
}

/** Notes in the JSON Schema of zod what JSON Schema has no keyword for; given to zod as its `override`. */
export function markZod({ zodSchema, jsonSchema }: ZodNode): void {
  const { def } = zodSchema._zod;
  if (def.type === 'string') markPatterns(def, jsonSchema);
  if (isAbsence(def)) jsonSchema[marks.absent] = true;
  const opaque = explainOpaque(def, jsonSchema);
  if (opaque !== undefined) jsonSchema[marks.opaque] = opaque;
}

/** Formats that are a pattern by another name, and no format to anyone else. */
const ownPatterns = new Set(['regex', 'starts_with', 'ends_with', 'includes', 'lowercase', 'uppercase']);

/** Formats whose pattern zod brings along. */
const formats: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'base64 base64url cidrv4 cidrv6 cuid cuid2 date duration e164 email emoji hex hostname ipv4 ipv6 jwt ksuid mac nanoid ulid uuid xid'
      .split(' ')
      .map((name) => [name, name]),
  ),
  datetime: 'date-time',
  guid: 'uuid',
  url: 'uri',
};

/** Flags with which an expression means something else. */
export const tellingFlags = /[imsvy]/;

/** Tells the patterns of zod's formats from the user's, and those of the user from those that need their flags. */
function markPatterns(def: ZodDef, jsonSchema: Record<string, unknown>): void {
  const checks = [def, ...(def.checks ?? []).map(({ _zod }) => _zod.def)].filter(
    ({ check }) => check === 'string_format',
  );
  // A format of zod brings a pattern that the user did not write: by its source it is told from the user's own.
  const users = new Map(
    checks.flatMap(({ format = '', pattern }) =>
      pattern === undefined || format in formats ? [] : [[pattern.source, pattern]],
    ),
  );
  const all = listPatterns(jsonSchema);
  const flagged = all.filter((source) => tellingFlags.test(users.get(source)?.flags ?? ''));
  const own = all.filter((source) => !users.has(source));
  const named =
    jsonSchema['format'] ?? checks.map(({ format = '' }) => formats[format]).find((name) => name !== undefined);
  const format = typeof named === 'string' && ownPatterns.has(named) ? undefined : named;
  // Without a fitting format (zod's times have no zone, so theirs does not fit), only a pattern is sent.
  const [pattern, ...others] = [
    ...all.filter((source) => users.has(source) && !flagged.includes(source)),
    ...(format === undefined ? own : []),
  ];
  // zod's `override` changes the node in place: what is not deleted here is sent.
  for (const keyword of ['format', 'pattern', 'allOf']) Reflect.deleteProperty(jsonSchema, keyword);
  Object.assign(jsonSchema, {
    ...(format !== undefined && { format }),
    ...(pattern !== undefined && { pattern }),
    ...(others.length > 0 && { allOf: others.map((source) => ({ pattern: source })) }),
    ...(format !== undefined && own.length > 0 && { [marks.formatPattern]: own[0] }),
    ...(flagged.length > 0 && { [marks.flagged]: flagged.map((source) => String(users.get(source))) }),
  });
}

/** zod writes the first pattern beside the type and further ones into `allOf`. */
function listPatterns({ pattern, allOf }: Keywords): readonly string[] {
  const parts: readonly unknown[] = Array.isArray(allOf) ? allOf : [];
  return [pattern, ...parts.map((part) => (part as Keywords)['pattern'])].filter(
    (source) => typeof source === 'string',
  );
}

/** Only a key left out will do. */
function isAbsence({ type, values }: ZodDef): boolean {
  if (type === 'literal') return values?.every((value) => value === undefined) === true;
  return type === 'undefined' || type === 'void';
}

/** Keywords that say nothing about which JSON it is. */
const notes = new Set([
  '$schema',
  'title',
  'description',
  'examples',
  'default',
  'deprecated',
  'readOnly',
  'id',
  'not',
]);

/** For a schema that has no JSON Schema, the mark that says so; nothing if the user has described it with `meta`. */
function explainOpaque({ type, coerce = false, values = [] }: ZodDef, jsonSchema: Keywords): OpaqueMark | undefined {
  const isBigint = type === 'literal' && values.some((value) => typeof value === 'bigint');
  const isSaid = Object.keys(jsonSchema).some((keyword) => !notes.has(keyword));
  if (isSaid && !isBigint && !(type === 'file' && jsonSchema['format'] === 'binary')) return undefined;
  const kind = isBigint ? 'bigint' : type;
  if (!unsaid.includes(kind)) return undefined;
  const name = isBigint ? 'z.literal() with a bigint' : `z.${coerce ? 'coerce.' : ''}${kind}()`;
  return { name, gap: `z.${kind}` };
}

/** Types of schemas that JSON Schema cannot express; `adviceOnGap` says what works in their place. */
const unsaid = ['bigint', 'custom', 'date', 'file', 'function', 'map', 'nan', 'set', 'symbol', 'transform'];
