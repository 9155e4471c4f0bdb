import { defaultIfEmpty, defer, from, map, of, take, type Observable, type ObservableInput } from 'rxjs';
import { expectArgument } from '../foundation/expectArgument.js';
import { isObject } from '../foundation/isObject.js';
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
    return isSource(said) ? from(said) : of(said);
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

/** Anything but an object is said at once. */
function isSource(
  said: Complaints | ObservableInput<Complaints>,
): said is Exclude<ObservableInput<Complaints>, string> {
  return isObject(said);
}

/** @throws TypeError Whether `true` says that the value is right or wrong is not guessed. */
function toList(complaints: Complaints | null): readonly string[] {
  // JavaScript's `null` is nothing as well.
  const list: unknown = typeof complaints === 'string' ? [complaints] : (complaints ?? []);
  expectArgument('validate', Array.isArray(list), 'what is wrong with the value, or undefined', list);
  return (list as readonly string[]).filter((complaint) => complaint !== '');
}
