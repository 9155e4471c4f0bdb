import { marks, type OpaqueMark } from '../jsonSchema/marks.js';
import type { Keywords } from './askVendor.js';

/** A schema of valibot, and the JSON Schema that has just been written of it. */
export interface ValibotNode {
  readonly valibotSchema: { readonly type: string };
  readonly jsonSchema: Keywords;
  /** Why it could not be converted. */
  readonly errors?: readonly string[] | undefined;
}

/** Notes in the JSON Schema of valibot which values have no JSON form; given to valibot as its `overrideSchema`. */
export function markValibot({ valibotSchema: { type }, jsonSchema, errors }: ValibotNode): Keywords | undefined {
  if (type === 'undefined' || type === 'void') return { ...jsonSchema, [marks.absent]: true };
  // `undefined` keeps what valibot has written; `never` has a schema of its own (`not: {}`).
  if (errors === undefined || type === 'never') return undefined;
  const opaque: OpaqueMark = { name: `v.${type}()`, gap: `v.${type}` };
  return { ...jsonSchema, [marks.opaque]: opaque };
}
