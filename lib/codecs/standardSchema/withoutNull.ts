import { createNothing, resolve, type Shape } from '../jsonSchema/Shape.js';
import { unionOf } from '../jsonSchema/unionOf.js';

/** The shape, for a value that is not `null`. */
export function withoutNull(shape: Shape): Shape {
  const target = resolve(shape);
  if (target.kind === 'union') return unionOf(target.members.map(withoutNull));
  if (target.kind !== 'enum' || !target.values.includes(null)) return shape;
  const values = target.values.filter((value) => value !== null);
  return values.length === 0 ? createNothing('null') : { kind: 'enum', values };
}
