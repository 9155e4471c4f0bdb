import { marks } from '../jsonSchema/marks.js';
import { fillGap, mapKeywords, markArktype, type ArktypeGap } from './markArktype.js';
import { markZod, type ZodNode } from './markZod.js';
import { markValibot, type ValibotNode } from './markValibot.js';
import type { StandardSchema } from './StandardSchema.js';

/** A JSON Schema. */
export type Keywords = Readonly<Record<string, unknown>>;

/** A schema as its own JSON Schema tells it; nothing if that is useless. */
export interface VendorSchemas {
  /** The documents it is written for: what a model is asked for. */
  readonly asked: Keywords | undefined;
  /** The documents it accepts, as far as it knows. */
  readonly accepted: Keywords | undefined;
  /** The values it makes of them. */
  readonly output: Keywords | undefined;
}

/** Asks a schema for its JSON Schemas: as Standard JSON Schema has it, or in its library's own way. */
export function readVendorSchemas(schema: StandardSchema): VendorSchemas {
  const { asked, accepted, output } = createOptions(schema);
  return {
    asked: addMarks(schema, ask(schema, 'input', asked)),
    accepted: refineMarks(schema, ask(schema, 'input', accepted)),
    output: refineMarks(schema, ask(schema, 'output', output)),
  };
}

/** Says whose schema it is, so that advice can be given in the library's words, and what the library has left out. */
function addMarks(schema: StandardSchema, asked: Keywords | undefined): Keywords | undefined {
  const { vendor } = schema['~standard'];
  if (asked === undefined) return undefined;
  const told = vendor === 'arktype' ? markArktype(schema, asked) : refineMarks(schema, asked);
  return { ...told, [marks.library]: vendor };
}

/** Effect says of every struct that other keys may be there, and drops them. */
function refineMarks(schema: StandardSchema, keywords: Keywords | undefined): Keywords | undefined {
  if (keywords === undefined || schema['~standard'].vendor !== 'effect') return keywords;
  return mapKeywords(keywords, ({ additionalProperties, ...others }) =>
    additionalProperties === true && 'properties' in others
      ? others
      : { ...others, ...(additionalProperties !== undefined && { additionalProperties }) },
  );
}

type Options = Readonly<Record<string, unknown>>;

/**
 * A part that JSON Schema cannot express is noted in the schema for the model. Elsewhere it is any value, instead of an
 * error.
 */
function createOptions(schema: StandardSchema): Readonly<Record<keyof VendorSchemas, Options>> {
  switch (schema['~standard'].vendor) {
    // zod throws at what JSON Schema cannot say unless it is told to write any value; `override` then notes what it
    // was.
    case 'zod': {
      const any = { unrepresentable: 'any' };
      return {
        asked: { ...any, override: markZod },
        accepted: { ...any, override: admitAnything },
        output: { ...any, override: forbidUndefined },
      };
    }
    // arktype asks a `fallback` for every such part, and takes what that returns.
    case 'arktype': {
      const fallBack = ({ base }: ArktypeGap): object => base;
      return { asked: { fallback: fillGap }, accepted: { fallback: fallBack }, output: { fallback: fallBack } };
    }
    // valibot's converter is a package of its own, and gets its options through Standard JSON Schema.
    case 'valibot': {
      const lenient = { errorMode: 'ignore', overrideSchema: tellOthers };
      const overrideSchema = (node: ValibotNode): Keywords | undefined =>
        markValibot.overrideSchema(node) ?? tellOthers(node);
      return {
        asked: { ...lenient, ...markValibot, overrideSchema },
        accepted: lenient,
        output: { ...lenient, overrideAction: forgetTransformed },
      };
    }
    // Effect and libraries to come: as Standard JSON Schema has it, with no options of their own.
    default:
      return { asked: {}, accepted: {}, output: {} };
  }
}

/** How zod's and arktype's schemas were asked before there was a standard. */
interface Ways {
  readonly toJSONSchema?: (options: Readonly<Record<string, unknown>>) => object;
  readonly in?: { readonly toJsonSchema?: () => object };
  readonly out?: { readonly toJsonSchema?: () => object };
}

/** The standard's way first; a library's own way is for its versions from before the standard. */
function ask(schema: StandardSchema, io: 'input' | 'output', options: Options): Keywords | undefined {
  const { jsonSchema } = schema['~standard'];
  const ways: Ways = schema as Ways;
  try {
    if (jsonSchema !== undefined)
      return { ...jsonSchema[io]({ target: 'draft-2020-12', libraryOptions: { ...options } }) };
    const own = ways.toJSONSchema?.({ ...options, io }) ?? ways[io === 'input' ? 'in' : 'out']?.toJsonSchema?.();
    return own && { ...own };
  } catch {
    // Vendors throw for parts that JSON Schema cannot express.
    return undefined;
  }
}

/** No JSON value is `undefined`; zod would have it be any. */
function forbidUndefined({ zodSchema, jsonSchema }: ZodNode): void {
  if (['undefined', 'void'].includes(zodSchema._zod.def.type)) jsonSchema['not'] = {};
}

/** For `preprocess`, zod describes the output, although any input may be right. */
function admitAnything(node: ZodNode): void {
  forbidUndefined(node);
  const { zodSchema, jsonSchema } = node;
  if (zodSchema._zod.def.in?._zod.def.type !== 'transform') return;
  for (const keyword of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, keyword);
}

/** valibot tells neither that an object takes any key, nor that a value is `undefined`. */
function tellOthers({ valibotSchema, jsonSchema }: ValibotNode): Keywords | undefined {
  if (valibotSchema.type === 'loose_object') return { ...jsonSchema, additionalProperties: {} };
  return ['undefined', 'void', 'never'].includes(valibotSchema.type) ? { not: {} } : undefined;
}

interface ValibotAction {
  readonly valibotAction: { readonly kind: string; readonly type: string };
}

/** These leave a value what it is, or nearly so. */
const tame = [
  'brand',
  'flavor',
  'readonly',
  'trim',
  'trim_start',
  'trim_end',
  'to_lower_case',
  'to_upper_case',
  'normalize',
];

/** The output of a function is unknown. */
function forgetTransformed({ valibotAction: { kind, type } }: ValibotAction): Keywords | undefined {
  return kind === 'transformation' && !tame.includes(type) ? {} : undefined;
}
