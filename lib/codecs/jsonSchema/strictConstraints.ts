import type { Constraints } from './Shape.js';

const numbers = ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf'];
const supported: Readonly<Record<string, readonly string[]>> = {
  array: ['minItems', 'maxItems'],
  boolean: [],
  integer: numbers,
  number: numbers,
  string: ['pattern', 'format'],
};

const formats = new Set(['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid']);

/** Strict mode's regular expressions are those of an automaton: no looking around, no references back. */
const unsupportedPattern = /\(\?<?[=!]|\\[1-9]|\\k</;

/** Those of the constraints that strict mode takes; a length is said as a pattern, the rest is left to the codec. */
export function strictConstraints(type: string, constraints: Constraints): Constraints {
  const taken = Object.entries(constraints).filter(([keyword, value]) => {
    if (keyword === 'format') return typeof value === 'string' && formats.has(value);
    if (keyword === 'pattern') return typeof value === 'string' && !unsupportedPattern.test(value);
    return supported[type]?.includes(keyword);
  });
  const { minLength, maxLength } = constraints;
  if (taken.length > 0 || (minLength ?? maxLength) === undefined) return Object.fromEntries(taken);
  return { pattern: `^[\\s\\S]{${countOr('0', minLength)},${countOr('', maxLength)}}$` };
}

const countOr = (otherwise: string, count: unknown): string => (typeof count === 'number' ? String(count) : otherwise);
