import { marks, type OpaqueMark } from '../jsonSchema/marks.js';
import type { Keywords } from './askVendor.js';

/** A part of a schema that arktype cannot write: why, and what it has written so far. */
export interface ArktypeGap {
  readonly code: string;
  readonly base: Keywords;
  readonly pattern?: string;
  readonly unit?: unknown;
}

/** Says in the JSON Schema of arktype what arktype does not; given to arktype as its `fallback`. */
export function markArktype({ code, base, pattern, unit }: ArktypeGap): Keywords {
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
