import { marks } from '../jsonSchema/marks.js';
import { tellingFlags } from './markZod.js';
import type { Keywords } from './vendorSchemas.js';

interface Converted {
  readonly jsonSchema: Keywords;
  /** Why it could not be converted. */
  readonly errors?: readonly string[] | undefined;
}

interface ConvertedAction extends Converted {
  readonly valibotAction: { readonly type: string; readonly requirement?: unknown };
}

/** A schema of valibot, and the JSON Schema that has just been written of it. */
export interface ValibotNode extends Converted {
  readonly valibotSchema: { readonly type: string };
}

/** Options for `@valibot/to-json-schema`, which throws at what JSON Schema cannot say: that is noted instead. */
export const markValibot = {
  /** A check that has no keyword only narrows, and valibot makes it anyway. */
  overrideAction: ({ valibotAction, jsonSchema, errors }: ConvertedAction): Keywords | undefined => {
    if (errors === undefined) return undefined;
    const { type, requirement } = valibotAction;
    if (type !== 'regex' || !(requirement instanceof RegExp)) return jsonSchema;
    // It may have been written without its flags.
    const { pattern, ...others } = jsonSchema;
    const before = pattern === requirement.source && requirement.flags !== '' ? others : jsonSchema;
    if (tellingFlags.test(requirement.flags))
      return { ...before, [marks.flagged]: [...listOf(before[marks.flagged]), String(requirement)] };
    return { ...before, allOf: [...listOf(before['allOf']), { pattern: requirement.source }] };
  },

  overrideSchema: ({ valibotSchema: { type }, jsonSchema, errors }: ValibotNode): Keywords | undefined => {
    if (type === 'undefined' || type === 'void') return { ...jsonSchema, [marks.absent]: true };
    if (errors === undefined || type === 'never') return undefined;
    const name = `v.${type}()`;
    return {
      ...jsonSchema,
      [marks.opaque]: { name, advice: `${name} has no JSON form. ${instead[type] ?? instead['custom']}` },
    };
  },
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** By the type of a schema: what works in its place. */
const instead: Readonly<Record<string, string>> = {
  bigint: 'Ask for digits: v.pipe(v.string(), v.digits(), v.transform(BigInt)).',
  custom: 'Say which JSON it is made of: v.pipe(v.string(), v.transform(…)).',
  date: 'Ask for text: v.pipe(v.string(), v.isoTimestamp(), v.transform((text) => new Date(text))).',
  map: 'Ask for a list of entries: v.pipe(v.array(v.tuple([v.string(), v.number()])), v.transform((entries) => new Map(entries))).',
  set: 'Ask for a list: v.pipe(v.array(v.string()), v.transform((items) => new Set(items))).',
};
