import * as t from 'io-ts';
import type { JsonPath } from '../../partials/PartialJson.js';
import type { Complaint } from './Complaint.js';
import type { MeantMembers } from './MeantMembers.js';

/** A union of recursive members can complain without end. */
const MOST_ERRORS = 60;

/**
 * A vendor's complaints as io-ts has errors, in the vendor's words.
 *
 * Leaves out the members of a union that were not meant: they expect another kind of value, or another literal. If one
 * member remains, its complaints are the union's; if several do, they are told as alternatives.
 *
 * @param meant The members that the value fits, where the shape is known that the model was asked for.
 */
export function toErrors(
  complaints: readonly Complaint[],
  value: unknown,
  context: t.Context,
  meant: MeantMembers | undefined,
): t.Errors {
  const errors: t.ValidationError[] = [];
  explain(complaints, { value, path: [], context }, errors, meant);
  return errors;
}

/** A value in the document, and the context that leads to it. */
interface Here {
  readonly value: unknown;
  readonly path: JsonPath;
  readonly context: t.Context;
}

function explain(
  complaints: readonly Complaint[],
  above: Here,
  errors: t.ValidationError[],
  meant: MeantMembers | undefined,
): void {
  for (const complaint of complaints) {
    if (errors.length >= MOST_ERRORS) return;
    const here = stepTo(complaint.path, above);
    const near = findNearest(complaint, meant);
    const [only] = near;
    if (only === undefined) errors.push(...listOwnErrors(complaint, here));
    else if (near.length === 1) explain(only, here, errors, meant);
    else
      near.forEach((ofMember, index) => {
        // An entry for the same value once more: the reporter takes it for a member of a union.
        const entry = { key: String(index), type: createNamed(`alternative ${index + 1}`), actual: here.value };
        explain(ofMember, { ...here, context: [...here.context, entry] }, errors, meant);
      });
  }
}

/** The members that may have been meant. */
function findNearest({ path, members }: Complaint, meant: MeantMembers | undefined): readonly (readonly Complaint[])[] {
  const [all, ...others] = members;
  // valibot has one list for all members.
  if (all !== undefined && others.length === 0) {
    const within = all.filter((one) => one.path.length > path.length);
    return dropEmpty([prefer(within, (one) => meant?.concerns(one, path) !== false)]);
  }
  const ofKind = dropEmpty(members).filter((list) =>
    list.every((one) => one.path.length > path.length || one.members.length > 0 || one.isCondition),
  );
  const ofLiteral = prefer(ofKind, (list) => !list.some(({ isLiteral }) => isLiteral));
  return prefer(ofLiteral, (list) => !list.some((one) => meant?.isAboutNull(one, path) === true));
}

const dropEmpty = (members: readonly (readonly Complaint[])[]): readonly (readonly Complaint[])[] =>
  members.filter((list) => list.length > 0);

/** Those that pass a test; all, where none does. */
function prefer<T>(all: readonly T[], passes: (one: T) => boolean): readonly T[] {
  const some = all.filter(passes);
  return some.length > 0 ? some : all;
}

/** A union that wants other kinds of values says which, where the vendor has words for them. */
function listOwnErrors({ message, members }: Complaint, here: Here): t.Errors {
  const kinds = [...new Set(members.flat().map(({ expected }) => expected))];
  if (kinds.length === 0 || !kinds.every((kind) => kind !== undefined)) return [{ ...withoutPath(here), message }];
  return kinds.map((kind, index) => enterAlternative(here, index, kind));
}

const withoutPath = ({ value, context }: Here): t.ValidationError => ({ value, context });

function enterAlternative({ value, context }: Here, index: number, name: string): t.ValidationError {
  return { value, context: [...context, { key: String(index), type: createNamed(name), actual: value }] };
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
