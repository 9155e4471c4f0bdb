import {
  createDefinition,
  createNothing,
  type Definition,
  type Property,
  resolve,
  type Shape,
} from '../jsonSchema/Shape.js';
import { unionOf } from '../jsonSchema/unionOf.js';

/**
 * A shape without the nulls that a vendor's JSON Schema tells and the vendor rejects: Effect writes `null` where a key may
 * hold `undefined`.
 *
 * @param rejected The properties whose `null` the vendor rejects.
 */
export function withoutRejectedNulls(shape: Shape, rejected: ReadonlySet<Property>): Shape {
  const definitions = new Map<Definition, Definition>();

  const change = (part: Shape): Shape => {
    switch (part.kind) {
      case 'ref': {
        const { definition: original } = part;
        const known =
          definitions.get(original) ??
          createDefinition(original.name, () => change(resolve({ kind: 'ref', definition: original })));
        definitions.set(original, known);
        return { ...part, definition: known };
      }
      case 'union':
        return { ...part, members: part.members.map(change) };
      case 'array':
        return { ...part, first: part.first.map(change), rest: change(part.rest) };
      case 'object': {
        const properties = Array.from(part.properties, ([key, property]) => {
          const inner = rejected.has(property) ? withoutNull(property.shape) : property.shape;
          return [key, { ...property, shape: change(inner) }] as const;
        });
        return { ...part, properties: new Map(properties), rest: part.rest && change(part.rest) };
      }
      default:
        return part;
    }
  };
  return change(shape);
}

/** The shape, for a value that is not `null`. */
export function withoutNull(shape: Shape): Shape {
  const target = resolve(shape);
  if (target.kind === 'union') return unionOf(target.members.map(withoutNull));
  if (target.kind !== 'enum' || !target.values.includes(null)) return shape;
  const values = target.values.filter((value) => value !== null);
  return values.length === 0 ? createNothing('null') : { kind: 'enum', values };
}
