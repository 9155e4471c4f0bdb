import { marks } from '../jsonSchema/marks.js';
import { type Keywords, mapKeywords } from './askVendor.js';
import type { StandardSchema } from './StandardSchema.js';
import { tellingFlags } from './tellingFlags.js';

/**
 * Tells the patterns of arktype's formats from the user's, and gives back the flags of those that have some: arktype
 * leaves them out of its JSON Schema, but not out of its own description.
 */
export function markArktypePatterns(schema: StandardSchema, jsonSchema: Keywords): Keywords {
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
