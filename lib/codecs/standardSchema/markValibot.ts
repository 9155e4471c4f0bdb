import { toList } from '../../partials/Container.js';
import { marks, type OpaqueMark } from '../jsonSchema/marks.js';
import { tellingFlags } from './markZod.js';
import type { Keywords } from './readVendorSchemas.js';

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
    // Other checks that cannot be converted only narrow: the schema stays as wide as it is.
    if (type !== 'regex' || !(requirement instanceof RegExp)) return jsonSchema;
    // It may have been written without its flags.
    const { pattern, ...others } = jsonSchema;
    const before = pattern === requirement.source && requirement.flags !== '' ? others : jsonSchema;
    if (tellingFlags.test(requirement.flags))
      return { ...before, [marks.flagged]: [...toList(before[marks.flagged]), String(requirement)] };
    return { ...before, allOf: [...toList(before['allOf']), { pattern: requirement.source }] };
  },

  overrideSchema: ({ valibotSchema: { type }, jsonSchema, errors }: ValibotNode): Keywords | undefined => {
    if (type === 'undefined' || type === 'void') return { ...jsonSchema, [marks.absent]: true };
    // `undefined` keeps what valibot has written; `never` has a schema of its own (`not: {}`).
    if (errors === undefined || type === 'never') return undefined;
    const opaque: OpaqueMark = { name: `v.${type}()`, gap: `v.${type}` };
    return { ...jsonSchema, [marks.opaque]: opaque };
  },
};
