import { catchError, throwError } from 'rxjs';
import { askForComplaints, type Validate } from '../decoded/Complaints.js';

/** An error of the user's `validate`. The model is not the cause, so no other model is asked. */
export class CheckFailure extends Error {
  constructor(readonly error: unknown) {
    super('a check failed');
  }

  /** The error itself, and whether a check failed with it. */
  static open(caught: unknown): { readonly error: unknown; readonly isOwn: boolean } {
    return caught instanceof CheckFailure ? { error: caught.error, isOwn: true } : { error: caught, isOwn: false };
  }

  /** The same check, whose failures are known as such where another model might be asked because of them. */
  static mark<A>(validate: Validate<A>, isOnly: boolean): Validate<A> {
    if (isOnly) return validate;
    return (value) =>
      askForComplaints(value, validate).pipe(catchError((error: unknown) => throwError(() => new CheckFailure(error))));
  }
}
