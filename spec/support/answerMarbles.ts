import type { Left, Right } from 'fp-ts/lib/Either.js';
import type { DecodedComplete, DecodedPartial } from '../../lib/decoded/Decoded.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';

/** The answers in marbles. */
export interface Person {
  readonly name: string;
  readonly age: number;
}

const right = <T>(value: T): Right<T> => ({ _tag: 'Right', right: value });

export function invalid(attempt: number, retriesLeft: number, message = `wrong ${attempt}`): InvalidAnswer {
  return { _tag: 'InvalidValue', message, errors: [], path: [], text: '{}', attempt, retriesLeft };
}

const left = (value: InvalidAnswer): Left<InvalidAnswer> => ({ _tag: 'Left', left: value });

/** Partials p and q, the whole C, a Left l with two more attempts to come, m with one, and the last one L. */
export const answers = {
  p: right<DecodedPartial<Person>>({ _tag: 'Partial', value: { name: 'J' }, path: ['name'] }),
  q: right<DecodedPartial<Person>>({ _tag: 'Partial', value: { name: 'Jo', age: 3 }, path: ['age'] }),
  C: right<DecodedComplete<Person>>({ _tag: 'Complete', value: { name: 'Jo', age: 30 } }),
  l: left(invalid(1, 2)),
  m: left(invalid(2, 1)),
  L: left(invalid(3, 0)),
};
