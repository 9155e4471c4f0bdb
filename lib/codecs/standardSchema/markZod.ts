import { marks, type OpaqueMark } from '../jsonSchema/marks.js';
import type { Keywords } from './askVendor.js';

/** A check of a string in zod, or a string type that is such a check. */
interface FormatDef {
  readonly check?: string;
  readonly format?: string;
  readonly pattern?: RegExp;
}

export interface ZodDef extends FormatDef {
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

/** Notes in the JSON Schema of zod which values have no JSON form; given to zod as its `override`. */
export function markZod({ zodSchema, jsonSchema }: ZodNode): void {
  const { def } = zodSchema._zod;
  if (isAbsence(def)) jsonSchema[marks.absent] = true;
  const opaque = explainOpaque(def, jsonSchema);
  if (opaque !== undefined) jsonSchema[marks.opaque] = opaque;
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
