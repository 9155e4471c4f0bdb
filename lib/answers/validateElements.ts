import { catchError, concat, defer, EMPTY, filter, map, mergeMap, Observable, of } from 'rxjs';
import { askForComplaints, createInvalidBy, type Validate } from '../decoded/Complaints.js';
import { LIST_KEY, type ElementRead, type ListRead } from './readElements.js';

/**
 * Checks every element that its codec takes; the checks of several run at the same time, each element is there when its
 * own is over. How the list ends, by its verdict or an error, is told after all of them, so that none is lost.
 */
export function validateElements<A>(
  answer: Observable<ElementRead<A> | ListRead>,
  validate: Validate<A>,
): Observable<ElementRead<A> | ListRead> {
  return defer(() => {
    let ending: Observable<ListRead> = EMPTY;
    const elements = answer.pipe(
      filter((read): read is ElementRead<A> => {
        if (read.index === 'list') ending = of(read);
        return read.index !== 'list';
      }),
      catchError((error: unknown) => {
        ending = new Observable((subscriber) => {
          subscriber.error(error);
        });
        return EMPTY;
      }),
      mergeMap((read) => validateElement(read, validate)),
    );
    return concat(
      elements,
      defer(() => ending),
    );
  });
}

function validateElement<A>(read: ElementRead<A>, validate: Validate<A>): Observable<ElementRead<A>> {
  const { index, either, reader } = read;
  if (either._tag === 'Left') return of(read);
  return askForComplaints(either.right, validate).pipe(
    map((complaints) => {
      if (complaints.length === 0) return read;
      // The model reads it among those about other elements.
      const lines = complaints.map((complaint) => `$.${LIST_KEY}[${index}]: ${complaint}`);
      return {
        ...read,
        either: { _tag: 'Left', left: createInvalidBy(lines, either.right, reader.words, [LIST_KEY, index]) },
      };
    }),
  );
}
