import * as t from 'io-ts';
import type { JsonPath } from '../../partials/PartialJson.js';
import type { Complaint } from './Complaint.js';

/** A union of recursive members can complain without end. */
const MOST_ERRORS = 60;

/**
 * A vendor's complaints as io-ts has errors, in the vendor's words.
 *
 * Leaves out the members of a union that were not meant: they expect another kind of value, or another literal. If one
 * member remains, its complaints are the union's; if several do, they are told as alternatives.
 */
export function toErrors(complaints: readonly Complaint[], value: unknown, context: t.Context): t.Errors {
  const errors: t.ValidationError[] = [];
  explain(complaints, { value, path: [], context }, errors);
  return errors;
}

/** A value in the document, and the context that leads to it. */
interface Here {
  readonly value: unknown;
  readonly path: JsonPath;
  readonly context: t.Context;
}

function explain(complaints: readonly Complaint[], above: Here, errors: t.ValidationError[]): void {
  for (const complaint of complaints) {
    if (errors.length >= MOST_ERRORS) return;
    const here = stepTo(complaint.path, above);
    const near = findNearest(complaint);
    const [only] = near;
    if (only === undefined) errors.push(...listOwnErrors(complaint, here));
    else if (near.length === 1) explain(only, here, errors);
    else
      near.forEach((ofMember, index) => {
        // An entry for the same value once more: the reporter takes it for a member of a union.
        const entry = { key: String(index), type: createNamed(`alternative ${index + 1}`), actual: here.value };
        explain(ofMember, { ...here, context: [...here.context, entry] }, errors);
      });
  }
}

/** The members that may have been meant. */
function findNearest({ path, members }: Complaint): readonly (readonly Complaint[])[] {
  const ofKind = members
    // valibot has one list for all: what the members of another kind say is in it.
    .map((list) => (members.length === 1 ? list.filter((one) => one.path.length > path.length) : list))
    .filter((list) => list.length > 0 && list.every((one) => one.path.length > path.length || one.members.length > 0));
  const ofLiteral = ofKind.filter((list) => !list.some(({ isLiteral }) => isLiteral));
  return ofLiteral.length > 0 ? ofLiteral : ofKind;
}

/** A union that wants other kinds of values says which, where the vendor has words for them. */
function listOwnErrors({ message, members }: Complaint, { value, context }: Here): t.Errors {
  const kinds = [...new Set(members.flat().map(({ expected }) => expected))];
  if (kinds.length === 0 || !kinds.every((kind) => kind !== undefined)) return [{ value, context, message }];
  return kinds.map((kind, index) => ({
    value,
    context: [...context, { key: String(index), type: createNamed(kind), actual: value }],
  }));
}

/** io-ts's context holds every step with its value, because reports print the value at the end of it. */
function stepTo(path: JsonPath, above: Here): Here {
  const context = [...above.context];
  let actual = above.value;
  for (const step of path.slice(above.path.length)) {
    actual = typeof actual === 'object' && actual !== null ? (Reflect.get(actual, step) as unknown) : undefined;
    context.push({ key: String(step), type: t.unknown, actual });
  }
  return { value: actual, path, context };
}

/** A codec that stands for a name in a context: reports print the name and never decode with it. */
const createNamed = (name: string): t.Mixed => new t.Type<unknown>(name, t.unknown.is, t.unknown.validate, t.identity);
