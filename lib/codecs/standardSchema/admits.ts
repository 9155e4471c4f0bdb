import { isObject } from '../../foundation/isObject.js';
import type { Definition, RefShape, Shape, UnionShape } from '../jsonSchema/Shape.js';

/** The members of a union, and of unions in it; any other shape is its only member. A shape that leads back to itself has none. */
export function listMembers(
  shape: Shape,
  within: readonly Definition[] = [],
): readonly Exclude<Shape, RefShape | UnionShape>[] {
  switch (shape.kind) {
    case 'ref': {
      const { definition } = shape;
      return within.includes(definition) ? [] : listMembers(definition.shape, [...within, definition]);
    }
    case 'union':
      return shape.members.flatMap((member) => listMembers(member, within));
    default:
      return [shape];
  }
}

/** Whether a value is of the kind that a shape asks for; its parts and its constraints count for nothing. */
export const admits = (shape: Shape, value: unknown): boolean =>
  listMembers(shape).some((member) => {
    switch (member.kind) {
      case 'any':
      case 'opaque':
        return true;
      case 'none':
        return false;
      case 'scalar':
        return typeof value === (member.type === 'integer' ? 'number' : member.type);
      case 'enum':
        return member.values.some((known) => known === value);
      case 'array':
        return Array.isArray(value);
      case 'object':
        return isObject(value);
    }
  });

/** Whether it is not told what a shape takes: everything, or what only the vendor knows. */
export const isUntold = (shape: Shape): boolean =>
  listMembers(shape).some(({ kind }) => kind === 'any' || kind === 'opaque');
