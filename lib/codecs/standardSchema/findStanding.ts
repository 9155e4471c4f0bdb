import type { JsonPath } from '../../partials/PartialJson.js';
import type { Property, Shape } from '../jsonSchema/Shape.js';
import { listMembers } from './admits.js';

/** The properties that the members of a union, or any other shape, have at a key or an index. */
export const findProperties = (shape: Shape, step: string | number): readonly Property[] =>
  listMembers(shape).flatMap((member) => {
    if (member.kind === 'object' && typeof step === 'string') {
      const known = member.properties.get(step);
      if (known !== undefined) return [known];
      return member.rest === undefined ? [] : [{ shape: member.rest, optional: true, orNull: false }];
    }
    if (member.kind !== 'array' || typeof step === 'string') return [];
    return [{ shape: member.first[step] ?? member.rest, optional: true, orNull: false }];
  });

/** The shapes that may stand at a path. */
export function findStanding(shape: Shape, path: JsonPath): readonly Property[] {
  let here: readonly Property[] = [{ shape, optional: false, orNull: false }];
  for (const step of path) here = here.flatMap((one) => findProperties(one.shape, step));
  return here;
}
