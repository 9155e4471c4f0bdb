import type { Shape } from '../jsonSchema/Shape.js';
import { admits, isUntold, listMembers } from './admits.js';

/** Values of every kind, those among them that coercions like. */
const samples: readonly unknown[] = [null, true, 0, -1.5, '', '0', 'x', 'true', '2020-02-20T20:20:20Z', [], ['x'], {}];

/**
 * Values that a shape does not admit, for a vendor to reject.
 *
 * @param others What else may stand at this place, where the value lies in a member of a union: what another member
 * admits is not wrong.
 */
export function pickWrongSamples(shape: Shape, others: readonly Shape[] = []): readonly unknown[] {
  // A member that takes anything excuses nothing: it may miss another key, and then the vendor says so.
  const telling = others.flatMap((other) => listMembers(other)).filter((other) => !isUntold(other));
  const isRight = (sample: unknown): boolean => [shape, ...telling].some((one) => admits(one, sample));
  return [...samples, ...listVariants(shape)].filter((sample) => !isRight(sample));
}

/** How many values of an enum are tried: what a preprocessing does to these it does to all, and each answer names them all. */
const TRIED = 50;

/** Texts that a preprocessed enum may take for one of its values. */
function listVariants(shape: Shape): readonly string[] {
  if (shape.kind !== 'enum') return [];
  return shape.values.slice(0, TRIED).flatMap((value) => {
    const text = String(value);
    return [text, text.toUpperCase(), text.toLowerCase(), ` ${text}`];
  });
}
