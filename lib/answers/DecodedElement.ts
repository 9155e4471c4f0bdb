import type { InvalidAnswer } from '../decoded/InvalidAnswer.js';

/** An element of a list, whole and right. */
export interface DecodedElement<A> {
  readonly _tag: 'Element';
  readonly value: A;
  /** Which element, from 0, as counted in the first answer. */
  readonly index: number;
  /**
   * Which attempt gave it, from 1. A Left without an index says that all its attempt was asked for is asked for again:
   * drop the elements of that attempt.
   */
  readonly attempt: number;
}

/** An element is wrong, and the list goes on; or, without an index, the list is, and the attempt is over. */
export interface InvalidElement extends InvalidAnswer {
  /** Which element, from 0, as counted in the first answer. */
  readonly index?: number;
}
