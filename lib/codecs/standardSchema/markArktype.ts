import { marks, type OpaqueMark } from '../jsonSchema/marks.js';
import { tellingFlags } from './markZod.js';
import type { StandardSchema } from './StandardSchema.js';
import type { Keywords } from './readVendorSchemas.js';

/** A part of a schema that arktype cannot write: why, and what it has written so far. */
export interface ArktypeGap {
  readonly code: string;
  readonly base: Keywords;
  readonly pattern?: string;
  readonly unit?: unknown;
}

/** Says in the JSON Schema of arktype what arktype does not; given to arktype as its `fallback`. */
export function fillGap({ code, base, pattern, unit }: ArktypeGap): Keywords {
  const others: readonly unknown[] = Array.isArray(base['allOf']) ? base['allOf'] : [];
  switch (code) {
    // arktype writes one pattern and gives up on the second; JSON Schema says both with `allOf`.
    case 'patternIntersection':
      return { ...base, allOf: [...others, { pattern }] };
    // A literal that JSON has no form for: `undefined` means a key left out, and a symbol or a bigint nothing at all.
    case 'unit':
      return unit === undefined ? { ...base, [marks.absent]: true } : { ...base, [marks.opaque]: opaque };
    // Values that are no JSON: a model cannot write them, and needs advice on what to ask for instead.
    case 'date':
    case 'domain':
    case 'proto':
      return { ...base, [marks.opaque]: opaque };
    default:
      // A check that only narrows, and that arktype makes anyway.
      return base;
  }
}

const opaque: OpaqueMark = { name: 'an arktype', gap: 'arktype' };

/**
 * Tells the patterns of arktype's formats from the user's, and gives back the flags of those that have some: arktype
 * leaves them out of its JSON Schema, but not out of its own description.
 */
export function markArktype(schema: StandardSchema, jsonSchema: Keywords): Keywords {
  const flagged = findFlagged('json' in schema ? schema.json : undefined);
  return mapKeywords(jsonSchema, (node) => {
    const { pattern, format, ...others } = node;
    if (typeof pattern !== 'string') return node;
    const expression = flagged.get(pattern);
    if (expression !== undefined)
      return { ...others, ...(format !== undefined && { format }), [marks.flagged]: [expression] };
    return format === undefined ? node : { ...others, format, [marks.formatPattern]: pattern };
  });
}

/** Every regular expression with flags, by its source. */
function findFlagged(description: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  // arktype's own description nests by kind of check, and the nesting differs between versions, so all of it is
  // searched.
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const { rule, flags } = part as { readonly rule?: unknown; readonly flags?: unknown };
    if (typeof rule === 'string' && typeof flags === 'string' && tellingFlags.test(flags))
      found.set(rule, `/${rule}/${flags}`);
    Object.values(part).forEach(look);
  };
  look(description);
  return found;
}

/** A copy in which every object has been changed, from the inside out. */
export function mapKeywords(keywords: Keywords, change: (node: Keywords) => Keywords): Keywords {
  const changeWithin = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(changeWithin);
    return typeof value === 'object' && value !== null ? mapKeywords(value as Keywords, change) : value;
  };
  return change(Object.fromEntries(Object.entries(keywords).map(([keyword, value]) => [keyword, changeWithin(value)])));
}
