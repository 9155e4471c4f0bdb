import type { JsonPath } from '../../partials/PartialJson.js';
import { type Property, resolve, type Shape } from '../jsonSchema/Shape.js';

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
  const telling = others.flatMap(listMembers).filter((other) => !isUntold(other));
  const isRight = (sample: unknown): boolean => [shape, ...telling].some((one) => admits(one, sample));
  return [...samples, ...listVariants(shape)].filter((sample) => !isRight(sample));
}

/** Whether it is not told what a shape takes: everything, or what only the vendor knows. */
export function isUntold(shape: Shape): boolean {
  return listMembers(shape).some(({ kind }) => kind === 'any' || kind === 'opaque');
}

/** The members of a union, and of unions in it; any other shape is its only member. */
export function listMembers(shape: Shape): readonly Shape[] {
  const target = resolve(shape);
  return target.kind === 'union' ? target.members.flatMap(listMembers) : [target];
}

/** Texts that a preprocessed enum may take for one of its values. */
function listVariants(shape: Shape): readonly string[] {
  if (shape.kind !== 'enum') return [];
  return shape.values.flatMap((value) => {
    const text = String(value);
    return [text, text.toUpperCase(), text.toLowerCase(), ` ${text}`];
  });
}

/** Whether a value is of the kind that a shape asks for; its parts and its constraints count for nothing. */
export function admits(shape: Shape, sample: unknown): boolean {
  const target = resolve(shape);
  switch (target.kind) {
    case 'any':
    case 'opaque':
      return true;
    case 'none':
      return false;
    case 'scalar':
      return typeof sample === (target.type === 'integer' ? 'number' : target.type);
    case 'enum':
      return target.values.some((value) => value === sample);
    case 'union':
      return target.members.some((member) => admits(member, sample));
    case 'array':
      return Array.isArray(sample);
    case 'object':
      return typeof sample === 'object' && sample !== null && !Array.isArray(sample);
  }
}

/** The properties that the members of a union, or any other shape, have at a key or an index. */
export function findProperties(shape: Shape, step: string | number): readonly Property[] {
  const target = resolve(shape);
  switch (target.kind) {
    case 'union':
      return target.members.flatMap((member) => findProperties(member, step));
    case 'object': {
      if (typeof step === 'number') return [];
      const known = target.properties.get(step);
      if (known !== undefined) return [known];
      return target.rest === undefined ? [] : [{ shape: target.rest, optional: true, orNull: false }];
    }
    case 'array':
      if (typeof step === 'string') return [];
      return [{ shape: target.first[step] ?? target.rest, optional: true, orNull: false }];
    default:
      return [];
  }
}

/** The shapes that may stand at a path. */
export function findStanding(shape: Shape, path: JsonPath): readonly Property[] {
  let here: readonly Property[] = [{ shape, optional: false, orNull: false }];
  for (const step of path) here = here.flatMap((one) => findProperties(one.shape, step));
  return here;
}
