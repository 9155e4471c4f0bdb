import type { JsonPath } from '../../partials/PartialJson.js';
import type { Shape } from '../jsonSchema/Shape.js';
import { AskedDocument } from './AskedDocument.js';
import { toComplaints, withMembers } from './Complaint.js';
import type { StandardFailure, StandardIssue, StandardResult, StandardSchema } from './StandardSchema.js';
import { findPlace, withoutNulls } from './withoutNulls.js';

type Result = StandardResult<unknown>;

export type Excess = 'allow' | 'strip' | 'error';

/** Documents for a vendor to validate one after another, and the result that counts. */
type Attempts = Generator<unknown, Result, Result>;

/**
 * Validates an answer without the nulls that mean absent.
 *
 * Where the shape is known that the model was asked for, it decides which those are, and the vendor validates once; again
 * only where members of a union make different documents, and the first is not taken. Else they are guessed from what the
 * vendor complains of, in three validations at most.
 *
 * @param shape What the model was asked for.
 * @param excess What becomes of keys that the shape does not know.
 */
export function validateAsked(
  schema: StandardSchema,
  value: unknown,
  shape: Shape | undefined,
  excess: Excess = 'allow',
): Result | Promise<Result> {
  if (shape === undefined) return run(schema, guess(value));
  return run(schema, excess === 'strip' ? strip(value, shape) : read(new AskedDocument(value, shape), excess));
}

/**
 * Drives the attempts. A generator, so that one description of the attempts serves validators that answer at once and
 * those that answer later; a promise is only made where a validator makes one.
 */
function run(schema: StandardSchema, attempts: Attempts, before?: Result): Result | Promise<Result> {
  let attempt = before === undefined ? attempts.next() : attempts.next(before);
  while (attempt.done !== true) {
    const result = schema['~standard'].validate(attempt.value);
    if (result instanceof Promise) return result.then((settled) => run(schema, attempts, settled));
    attempt = attempts.next(result);
  }
  return attempt.value;
}

/**
 * Stripping changes the value and not the verdict. A union's member is chosen by how well it fits, and the vendor may
 * take another one: without a key that this member knows, and has found wrong, it would take what is to be rejected.
 */
function* strip(value: unknown, shape: Shape): Attempts {
  const whole: Result = yield* read(new AskedDocument(value, shape), 'allow');
  if (whole.issues !== undefined) return whole;
  const stripped: Result = yield* read(new AskedDocument(value, shape, true), 'allow');
  return stripped.issues === undefined ? stripped : whole;
}

function* read(document: AskedDocument, excess: Exclude<Excess, 'strip'>): Attempts {
  const first: Result = yield document.value;
  const extras = excess === 'error' ? document.listExtras() : [];
  if (extras.length > 0) return { issues: [...(first.issues ?? []), ...extras.map(rejectKey)] };
  let result = first;
  while (result.issues !== undefined && document.readAgain(toComplaints(result).map(({ path }) => path)))
    result = yield document.value;
  return result.issues === undefined ? result : first;
}

const rejectKey = (path: JsonPath): StandardIssue => ({ path, message: 'key is not allowed' });

/** A `null` that is complained of may mean absent; it does not where the vendor then misses the key. */
function* guess(value: unknown): Attempts {
  const first: Result = yield value;
  if (first.issues === undefined) return first;
  const complained = listPlaces(first);
  const shorter = withoutNulls(value, complained);
  if (shorter === value) return first;
  const second: Result = yield shorter;
  if (second.issues === undefined) return second;
  // The vendor misses a key whose `null` was taken away: there the `null` was a wrong value, and stays one.
  const missed = listPlaces(second);
  const others = new Set([...complained].filter((place) => !missed.has(place)));
  if (others.size === complained.size) return second;
  const third = withoutNulls(value, others);
  return third === value ? first : yield third;
}

const listPlaces = (failure: StandardFailure): ReadonlySet<string> =>
  new Set(withMembers(toComplaints(failure)).map(({ path }) => findPlace(path)));
