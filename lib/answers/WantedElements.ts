import type { InvalidElement } from './DecodedElement.js';
import { joinComplaints } from './joinComplaints.js';

/** An element that has an index for certain. */
export type WrongElement = InvalidElement & { readonly index: number };

/**
 * Which elements of a list an attempt is asked for, under the indexes that they have in the first answer, and what has
 * come of them: of those that were right, only how many.
 */
export class WantedElements {
  readonly #indexes: readonly number[];
  /** After those, all from this one on are wanted. `undefined` where the list is known to its end. */
  readonly #rest: number | undefined;
  #count = 0;
  readonly #wrong: WrongElement[] = [];

  /** By default all. */
  constructor(indexes: readonly number[] = [], rest: number | undefined = indexes.length === 0 ? 0 : undefined) {
    this.#indexes = indexes;
    this.#rest = rest;
  }

  /** How many have come. */
  get count(): number {
    return this.#count;
  }

  /** How many are asked for again. */
  get asked(): number {
    return this.#indexes.length;
  }

  /** Those that have to be asked for again, in the order of the list. */
  get wrong(): readonly WrongElement[] {
    // Checks may end in another order.
    return [...this.#wrong].sort((a, b) => a.index - b.index);
  }

  /** Those that were asked for again, and have not come. */
  get missing(): readonly number[] {
    return this.#indexes.slice(this.#count);
  }

  /** An element of the answer has come. Which one is it? `undefined` where it was not asked for. */
  take(nth: number): number | undefined {
    this.#count += 1;
    const { length } = this.#indexes;
    return nth < length || this.#rest === undefined ? this.#indexes[nth] : this.#rest + nth - length;
  }

  reject(element: WrongElement): void {
    this.#wrong.push(element);
  }

  /** The same ones, of which none has come: the whole answer was wrong. */
  restart(): WantedElements {
    return new WantedElements(this.#indexes, this.#rest);
  }

  /** Those that are still wanted after an answer that broke off; `undefined` where none is. */
  takeRemaining(): WantedElements | undefined {
    const indexes = [...this.wrong.map(({ index }) => index), ...this.missing];
    const rest = this.#rest === undefined ? undefined : this.#rest + Math.max(0, this.#count - this.#indexes.length);
    return indexes.length === 0 && rest === undefined ? undefined : new WantedElements(indexes, rest);
  }

  /** Tells another model what has come of an answer that broke off, and what is wanted now. */
  explainBreak(): string {
    const { wrong, missing } = this;
    const count = (elements: number): string => (elements === 1 ? '1 element' : `${elements} elements`);
    const wanted = [
      ...(wrong.length > 0
        ? [`the ${count(wrong.length)} that were not accepted, corrected and in the same order`]
        : []),
      ...(missing.length > 0 ? [`the ${count(missing.length)} that have not come`] : []),
      ...(this.#rest === undefined ? [] : ['the elements that follow in the list']),
    ];
    return [
      `The answer broke off after ${count(this.#count)}.`,
      ...(wrong.length > 0 ? ['These were not accepted:', joinComplaints(wrong)] : []),
      `Answer with these alone, because the others are kept: ${wanted.join('; then ')}.`,
    ].join('\n');
  }
}
