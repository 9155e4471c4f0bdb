import { toList } from '../../partials/Container.js';
import { marks } from '../jsonSchema/marks.js';
import type { Keywords } from './askVendor.js';
import { tellingFlags } from './tellingFlags.js';

/** A check of valibot, and the JSON Schema that has just been written of it. */
interface ConvertedAction {
  readonly valibotAction: { readonly type: string; readonly requirement?: unknown };
  readonly jsonSchema: Keywords;
  /** Why it could not be converted. */
  readonly errors?: readonly string[] | undefined;
}

/**
 * Notes the patterns that JSON Schema has no place for; given to valibot's converter as its `overrideAction`. A check
 * that has no keyword only narrows, and valibot makes it anyway.
 */
export function markValibotPatterns({ valibotAction, jsonSchema, errors }: ConvertedAction): Keywords | undefined {
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
}
