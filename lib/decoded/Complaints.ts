import { defaultIfEmpty, defer, from, map, of, take, type Observable, type ObservableInput } from 'rxjs';
import type { JsonPath } from '../partials/PartialJson.js';
import { createInvalidAnswer } from './createInvalidAnswer.js';
import type { InvalidAnswer } from './InvalidAnswer.js';

/** How many complaints a model is told at most. */
const LIMIT = 20;

/** The problems of a value: one, or several. `undefined`, `''` and `[]` mean that the value is right. */
export type Complaints = string | readonly string[] | undefined;

/**
 * Looks for what a codec cannot see: whether a value is true, or fits. A string or an array that is returned as it is
 * are the complaints themselves; of a promise or an Observable the first value counts, and none means no complaint.
 */
export type Validate<A> = (value: A) => Complaints | ObservableInput<Complaints>;

/** The complaints about a value, once, as a list. If `validate` throws or rejects, that is the error notification. */
export function askForComplaints<A>(value: A, validate: Validate<A>): Observable<readonly string[]> {
  return defer(() => {
    const said: Complaints | ObservableInput<Complaints> = validate(value);
    return isComplaints(said) ? of(said) : from(said);
  }).pipe(
    take(1),
    defaultIfEmpty(undefined),
    map((complaints) => toList(complaints)),
  );
}

/**
 * An answer that is what its codec asks for, and wrong all the same.
 *
 * @param words The model's own.
 * @param path Where the value stands in its document.
 */
export function createInvalidBy(
  complaints: readonly string[],
  value: unknown,
  words: string,
  path: JsonPath = [],
): InvalidAnswer {
  const lines = [...new Set(complaints)];
  const more = lines.length - LIMIT;
  return createInvalidAnswer({
    _tag: 'InvalidValue',
    message: (more > 0 ? [...lines.slice(0, LIMIT), `… and ${more} more`] : lines).join('\n'),
    errors: complaints.map((message) => ({ value, context: [], message })),
    path,
    text: words,
  });
}

function isComplaints(said: Complaints | ObservableInput<Complaints> | null): said is Complaints {
  // JavaScript's `null` is nothing as well.
  return said === undefined || said === null || typeof said === 'string' || Array.isArray(said);
}

function toList(complaints: Complaints | null): readonly string[] {
  const list = typeof complaints === 'string' ? [complaints] : (complaints ?? []);
  return list.filter((complaint) => complaint !== '');
}
