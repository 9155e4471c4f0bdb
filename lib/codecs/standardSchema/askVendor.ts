import type { StandardSchema } from './StandardSchema.js';

/** A JSON Schema. */
export type Keywords = Readonly<Record<string, unknown>>;

/** Options of a library's own, for its JSON Schema. */
export type VendorOptions = Readonly<Record<string, unknown>>;

/** How zod's and arktype's schemas were asked before there was a standard. */
interface Ways {
  readonly toJSONSchema?: (options: VendorOptions) => object;
  readonly in?: { readonly toJsonSchema?: () => object };
  readonly out?: { readonly toJsonSchema?: () => object };
}

/**
 * Asks a schema for the JSON Schema of what goes in, or of what comes out; nothing if it has none.
 *
 * The standard's way first; a library's own way is for its versions from before the standard.
 */
export function askVendor(
  schema: StandardSchema,
  io: 'input' | 'output',
  options: VendorOptions,
): Keywords | undefined {
  const { jsonSchema, vendor } = schema['~standard'];
  const ways: Ways = schema as Ways;
  try {
    const told =
      jsonSchema === undefined
        ? (ways.toJSONSchema?.({ ...options, io }) ?? ways[io === 'input' ? 'in' : 'out']?.toJsonSchema?.())
        : jsonSchema[io]({ target: 'draft-2020-12', libraryOptions: { ...options } });
    return vendor === 'effect' && told !== undefined ? mapKeywords({ ...told }, closeStruct) : told && { ...told };
  } catch {
    // Vendors throw for parts that JSON Schema cannot express.
    return undefined;
  }
}

/** Effect says of every struct that other keys may be there, and drops them. */
const closeStruct = ({ additionalProperties, ...others }: Keywords): Keywords =>
  additionalProperties === undefined || (additionalProperties === true && 'properties' in others)
    ? others
    : { ...others, additionalProperties };

/** A copy in which every object has been changed, from the inside out. */
export function mapKeywords(keywords: Keywords, change: (node: Keywords) => Keywords): Keywords {
  const changeWithin = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(changeWithin);
    return typeof value === 'object' && value !== null ? mapKeywords(value as Keywords, change) : value;
  };
  return change(Object.fromEntries(Object.entries(keywords).map(([keyword, value]) => [keyword, changeWithin(value)])));
}
