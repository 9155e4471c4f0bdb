import { type EnumShape, type NoShape, createNothing, type Shape } from './Shape.js';

/** An enum with a description is not gathered: its words are about its own values. */
const isUndescribedEnum = (shape: Shape): shape is EnumShape => shape.kind === 'enum' && shape.note === undefined;

/** A union with a description stays closed for the same reason. */
const listMembers = (shape: Shape): readonly Shape[] =>
  shape.kind === 'union' && shape.note === undefined ? shape.members : [shape];

/** Any of these: unions in unions are opened, literals gathered where the first one stands, the impossible left out. */
export function unionOf(shapes: readonly Shape[]): Shape {
  const open = shapes.flatMap(listMembers);
  // Any value at all takes the others in.
  if (open.some(({ kind }) => kind === 'any')) return { kind: 'any' };
  const values = [...new Set(open.filter(isUndescribedEnum).flatMap((shape) => shape.values))];
  const possible: Shape[] = [];
  let gathered = false;
  for (const shape of open) {
    if (shape.kind === 'none' && !shape.absent) continue;
    if (isUndescribedEnum(shape)) {
      if (!gathered) possible.push({ kind: 'enum', values });
      gathered = true;
    } else possible.push(shape);
  }
  const [only] = possible;
  if (only === undefined) return open[0] ?? createNothing('an empty union');
  // A union of one is that one: providers count unions, and some limit them.
  return possible.length === 1 ? only : { kind: 'union', members: possible };
}

const isAbsence = (shape: Shape): shape is NoShape => shape.kind === 'none' && shape.absent;

/** Leaving the key out would do. */
export const mayBeAbsent = (shape: Shape): boolean =>
  isAbsence(shape) || (shape.kind === 'union' && shape.members.some(isAbsence));

/** The shape without `undefined`, for a value that must be there. */
export function requirePresence(shape: Shape): Shape {
  if (shape.kind !== 'union' || !mayBeAbsent(shape)) return shape;
  const rest = unionOf(shape.members.filter((member) => !isAbsence(member)));
  return shape.note === undefined ? rest : { ...rest, note: { ...rest.note, ...shape.note } };
}
