import type { Judge } from '../annotations/Annotation.js';
import type { ArrayShape, Constraints } from '../jsonSchema/Shape.js';
import { Court, FINE, type Verdict } from './Court.js';
import { sampleOf } from './sampleOf.js';
import type { Complaints, Setting } from './Setting.js';
import { isAbove, isBelow } from './violates.js';

/** Judges how many elements a list has, by lists of samples. */
export class LengthJudge implements Judge {
  readonly #court: Court;
  readonly #constraints: Constraints;
  readonly #first: readonly unknown[];
  readonly #sample: unknown;
  /** By length: a list of samples is judged for its length alone, so each length is asked once. It only grows. */
  readonly #verdicts = new Map<number, Verdict>();

  constructor({ constraints, first, rest }: ArrayShape, setting: Setting, complaints: Complaints) {
    this.#court = new Court(setting, complaints);
    this.#constraints = constraints;
    this.#first = first.map((item) => sampleOf(item));
    this.#sample = sampleOf(rest);
  }

  /** The open element counts, although nothing of it may be there yet: it will be an element whatever it becomes. */
  judgeOpen(value: unknown, step: string | number | undefined): readonly string[] {
    const length = Math.max(Array.isArray(value) ? value.length : 0, step === undefined ? 0 : Number(step) + 1);
    return this.#rejectTooMany(length) ?? FINE;
  }

  judgeWhole(value: unknown): Verdict {
    const length = Array.isArray(value) ? value.length : 0;
    return isBelow(length, this.#constraints['minItems']) ? this.#judgeLength(length) : this.#rejectTooMany(length);
  }

  /** Asked for one element too many, however many there are: the complaint is the same, and the samples stay few. */
  #rejectTooMany(length: number): Verdict {
    const most = this.#constraints['maxItems'];
    return isAbove(length, most) ? this.#judgeLength(Number(most) + 1) : FINE;
  }

  /** A list of equal samples stands for every list of this length: elements are judged on their own. */
  #judgeLength(length: number): Verdict {
    if (!this.#verdicts.has(length))
      this.#verdicts.set(length, this.#court.judge(Array.from({ length }, (_, index) => this.#sampleAt(index))));
    return this.#verdicts.get(length);
  }

  #sampleAt(index: number): unknown {
    return index < this.#first.length ? this.#first[index] : this.#sample;
  }
}
