import { askVendor, type Keywords, type VendorOptions } from './askVendor.js';
import { markArktype, type ArktypeGap } from './markArktype.js';
import { markValibot, type ValibotNode } from './markValibot.js';
import { markZod, type ZodNode } from './markZod.js';
import type { StandardSchema } from './StandardSchema.js';

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
    asked: askVendor(schema, 'input', asked),
    accepted: askVendor(schema, 'input', accepted),
    output: askVendor(schema, 'output', output),
  };
}

/**
 * A part that JSON Schema cannot express is noted in the schema for the model. Elsewhere it is any value, instead of an
 * error.
 */
export function createOptions(schema: StandardSchema): Readonly<Record<keyof VendorSchemas, VendorOptions>> {
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
      return { asked: { fallback: markArktype }, accepted: { fallback: fallBack }, output: { fallback: fallBack } };
    }
    // valibot's converter is a package of its own, and gets its options through Standard JSON Schema.
    case 'valibot': {
      const lenient = { errorMode: 'ignore', overrideSchema: tellOthers };
      const overrideSchema = (node: ValibotNode): Keywords | undefined => markValibot(node) ?? tellOthers(node);
      return {
        asked: { ...lenient, overrideSchema },
        accepted: lenient,
        output: { ...lenient, overrideAction: forgetTransformed },
      };
    }
    // Effect and libraries to come: as Standard JSON Schema has it, with no options of their own.
    default:
      return { asked: {}, accepted: {}, output: {} };
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
