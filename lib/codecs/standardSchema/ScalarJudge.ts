import type { Judge } from '../annotations/Annotation.js';
import type { ScalarShape } from '../jsonSchema/Shape.js';
import { Court, FINE, type Verdict } from './Court.js';
import type { Complaints, Setting } from './Setting.js';
import { isAbove, violates } from './violates.js';

/** Judges a string or a number that has constraints. JSON Schema says when to ask the vendor, and no more. */
export class ScalarJudge implements Judge {
  readonly #shape: ScalarShape;
  readonly #court: Court;
  /** Set when the vendor took a value that its JSON Schema does not take: asking is useless then. */
  #isOff = false;
  /** Whether the vendor cuts white space off before it measures. Asked once, at the first string that is too long. */
  #isTrimmed: boolean | undefined;

  constructor(shape: ScalarShape, setting: Setting, complaints: Complaints) {
    this.#shape = shape;
    this.#court = new Court(setting, complaints);
  }

  /** A string that is too long stays so, unless the vendor takes white space away. */
  judgeOpen(value: unknown): readonly string[] {
    const most = this.#shape.constraints['maxLength'];
    if (typeof value !== 'string' || this.#isOff || !isAbove(value.length, most)) return FINE;
    this.#isTrimmed ??= this.#rejectTooLong(Number(most) + 1).length === 0;
    if (this.#isTrimmed) return FINE;
    const verdict = this.#court.judge(value) ?? FINE;
    return verdict.length === 0
      ? FINE
      : verdict.filter((message) => this.#rejectTooLong(value.length).includes(message));
  }

  judgeWhole(value: unknown): Verdict {
    const isWrong = violates(value, this.#shape);
    const { format, pattern } = this.#shape.constraints;
    // A format without a pattern: only the vendor knows what it means by `email`.
    const isUntold = typeof value === 'string' && format !== undefined && pattern === undefined;
    if (this.#isOff || !(isWrong || isUntold)) return FINE;
    const verdict = this.#court.judge(value);
    // The vendor takes a value that its JSON Schema forbids: it changes the value first, and the keywords are about
    // the result.
    if (isWrong) this.#isOff = verdict?.length === 0;
    return isWrong ? verdict : (verdict ?? FINE);
  }

  /** The vendor's complaints about every text of this length. */
  #rejectTooLong(length: number): readonly string[] {
    const blank = this.#court.hear(' '.repeat(length));
    return this.#court.hear('x'.repeat(length)).filter((message) => blank.includes(message));
  }
}
