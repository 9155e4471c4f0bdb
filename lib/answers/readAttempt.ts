import { concat, defer, filter, from, map, type Observable } from 'rxjs';
import type { Either } from 'fp-ts/lib/Either.js';
import { createInvalidAnswer } from '../decoded/createInvalidAnswer.js';
import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';
import type { DecodedElement, InvalidElement } from './DecodedElement.js';
import { joinComplaints } from './joinComplaints.js';
import type { WantedElements, WrongElement } from './WantedElements.js';
import { LIST_KEY, type ElementRead, type ListRead } from './readElements.js';

/** Why an attempt is followed by another: the whole list was wrong, or these elements of it. */
export interface RejectedList extends InvalidAnswer {
  readonly elements?: readonly number[];
}

/** The verdict on each element, and at last the reasons to ask again, if there are any. */
export type ElementsOfAttempt<A> = Observable<Either<RejectedList, Either<InvalidElement, DecodedElement<A>>>>;

/** The elements that one attempt asks for. */
export interface AskedElements {
  /** The elements that are asked for, and their verdicts. */
  readonly wanted: WantedElements;
  readonly attempt: number;
  readonly retriesLeft: number;
}

/**
 * Makes, of one answer, what its subscriber sees of it: the elements under the indexes that they have in the first
 * answer. Elements that were asked for and did not come are wrong as well: none is lost.
 */
export function readAttempt<A>(
  answer: Observable<ElementRead<A> | ListRead>,
  { wanted, attempt, retriesLeft }: AskedElements,
): ElementsOfAttempt<A> {
  return defer(() => {
    let isList = false;

    const reject = (index: number, invalid: InvalidAnswer): Either<never, Either<InvalidElement, never>> => {
      const left = { ...invalid, attempt, retriesLeft, index, path: [index, ...invalid.path.slice(2)] };
      // Nothing is kept for the last attempt.
      if (retriesLeft > 0) wanted.reject(left);
      return { _tag: 'Right', right: { _tag: 'Left', left } };
    };

    const passOn = (read: ElementRead<A>): Either<RejectedList, Either<InvalidElement, DecodedElement<A>>> => {
      const index = wanted.take(read.index);
      if (index === undefined) return { _tag: 'Left', left: rejectUnasked(read.index) };
      if (read.either._tag === 'Left') return reject(index, read.either.left);
      const element: DecodedElement<A> = { _tag: 'Element', value: read.either.right, index, attempt };
      return { _tag: 'Right', right: { _tag: 'Right', right: element } };
    };

    return concat(
      answer.pipe(
        filter((read) => {
          if (read.index === 'list') isList = read.either._tag === 'Right';
          return read.index !== 'list' || read.either._tag === 'Left';
        }),
        map((read) => (read.index === 'list' ? (read.either as Either<InvalidAnswer, never>) : passOn(read))),
      ),
      defer(() => {
        const { count, asked, missing: leftOut } = wanted;
        const lefts = (isList ? leftOut : []).map((index, nth) =>
          reject(index, rejectMissing(count + nth, count, asked)),
        );
        const { wrong } = wanted;
        return from([...lefts, ...(wrong.length === 0 ? [] : [{ _tag: 'Left' as const, left: summarize(wrong) }])]);
      }),
    );
  });
}

function rejectUnasked(index: number): RejectedList {
  return createInvalid([index], `$.${LIST_KEY}[${index}]: no such element was asked for, only the ${index} before it`);
}

/** @param at Where in this answer the element should stand, which has only so many of those that were asked for. */
function rejectMissing(at: number, count: number, asked: number): InvalidAnswer {
  return createInvalid(
    [LIST_KEY, at],
    `$.${LIST_KEY}[${at}]: this element is missing, ${asked} were asked for again and ${count} came`,
  );
}

function createInvalid(path: readonly (string | number)[], message: string): InvalidAnswer {
  return createInvalidAnswer({ _tag: 'InvalidValue', message, path, text: '' });
}

function summarize(wrong: readonly WrongElement[]): RejectedList {
  const [first] = wrong;
  if (first === undefined) throw new Error('nothing is wrong');
  return {
    ...first,
    message: joinComplaints(wrong),
    errors: wrong.flatMap(({ errors }) => errors),
    elements: wrong.map(({ index }) => index),
  };
}
