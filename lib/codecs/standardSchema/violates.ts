import type { Constraints, ScalarShape } from '../jsonSchema/Shape.js';

/**
 * Whether a scalar of the right kind breaks a constraint that JSON Schema has a word for. A `format` says nothing here.
 *
 * @param flags Of patterns: JSON Schema does not tell with which they were written.
 */
export function violates(value: unknown, { type, constraints }: ScalarShape, flags = ''): boolean {
  if (typeof value === 'string') return violatesText(value, constraints, flags);
  if (typeof value !== 'number') return false;
  return (type === 'integer' && !Number.isInteger(value)) || violatesNumber(value, constraints);
}

/**
 * By UTF-16 units, as zod, valibot and arktype measure; JSON Schema counts characters.
 */
function violatesText(value: string, { minLength, maxLength, pattern }: Constraints, flags: string): boolean {
  return isBelow(value.length, minLength) || isAbove(value.length, maxLength) || !matches(value, pattern, flags);
}

function violatesNumber(value: number, constraints: Constraints): boolean {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf } = constraints;
  return (
    isBelow(value, minimum) ||
    isAbove(value, maximum) ||
    (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) ||
    (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) ||
    // 0.3 % 0.1 is not 0: the vendor is asked then, and says that it is right.
    (typeof multipleOf === 'number' && multipleOf > 0 && value % multipleOf !== 0)
  );
}

export const isBelow = (value: number, least: unknown): boolean => typeof least === 'number' && value < least;
export const isAbove = (value: number, most: unknown): boolean => typeof most === 'number' && value > most;

/** Compiled once each. As many as there are patterns in schemas, so it needs no limit. */
const patterns = new Map<string, RegExp | undefined>();

/** A pattern that JavaScript cannot read matches everything. */
function matches(value: string, pattern: unknown, flags: string): boolean {
  if (typeof pattern !== 'string') return true;
  const name = `/${pattern}/${flags}`;
  // JSON Schema asks for the `u` flag, and libraries write patterns that are only valid without it.
  if (!patterns.has(name)) patterns.set(name, toRegExp(pattern, `${flags}u`) ?? toRegExp(pattern, flags));
  return patterns.get(name)?.test(value) ?? true;
}

function toRegExp(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}
