import type { Constraints } from './Shape.js';

/** Keywords of which the greater, or the less, holds both. */
const tighter: Readonly<Record<string, (a: number, b: number) => number>> = {
  minimum: Math.max,
  exclusiveMinimum: Math.max,
  minLength: Math.max,
  minItems: Math.max,
  maximum: Math.min,
  exclusiveMaximum: Math.min,
  maxLength: Math.min,
  maxItems: Math.min,
};

/**
 * Constraints that hold both. Where the keyword cannot say both, the first stands: wider than the truth, never
 * narrower.
 */
export function intersectConstraints(a: Constraints, b: Constraints): Constraints {
  // `a` is spread last: where both have another keyword, the first stands.
  const both: Record<string, unknown> = { ...b, ...a };
  for (const [keyword, tighten] of Object.entries(tighter)) {
    const [ofA, ofB] = [a[keyword], b[keyword]];
    if (typeof ofA === 'number' && typeof ofB === 'number') both[keyword] = tighten(ofA, ofB);
  }
  // A set: the same pattern from both sides is one.
  const [pattern, ...patterns] = new Set([...listPatterns(a), ...listPatterns(b)]);
  if (pattern !== undefined) both['pattern'] = pattern;
  if (patterns.length > 0) both['patterns'] = patterns;
  const flagged = [...listTexts(a['flagged']), ...listTexts(b['flagged'])];
  if (flagged.length > 0) both['flagged'] = flagged;
  return both;
}

/** All patterns that a string must match, the first one first. */
export function listPatterns({ pattern, patterns }: Constraints): readonly string[] {
  return [...(typeof pattern === 'string' ? [pattern] : []), ...listTexts(patterns)];
}

/** The strings of a list. */
export function listTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}
