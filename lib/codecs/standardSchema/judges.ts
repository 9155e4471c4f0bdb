import type { Judge } from '../annotations/Annotation.js';
import type { ArrayShape, Constraints, ScalarShape } from '../jsonSchema/Shape.js';
import { sampleOf } from './sampleOf.js';
import type { Complaints, Setting } from './Setting.js';
import { isAbove, isBelow, violates } from './violates.js';

/** `undefined` where it cannot be told whether a complaint is about the value, or about what stands around it. */
type Verdict = ReturnType<Judge['whole']>;

const FINE: readonly string[] = [];

/** Shows the vendor a value at its place in a document of samples. */
class Court {
  readonly #setting: Setting;
  readonly #complaints: Complaints;

  constructor(setting: Setting, complaints: Complaints) {
    this.#setting = setting;
    this.#complaints = complaints;
  }

  judge(value: unknown): Verdict {
    const { whole, within, isIsolated } = this.#setting;
    const isTaken = (): boolean => this.#complaints(whole(value)) === undefined;
    // In a union another member may take the value.
    if (within !== undefined && isTaken()) return FINE;
    const messages = this.messagesOn(value);
    if (messages.length > 0) return isIsolated ? messages : undefined;
    return within === undefined || isTaken() ? FINE : undefined;
  }

  messagesOn(value: unknown): readonly string[] {
    const here = this.#setting.complaintsAt(this.#complaints(this.#setting.broken(value)), () => true);
    const own = here.flatMap(({ message, members }) => {
      const nested = members.flat().filter(({ path }) => path.length === this.#setting.path.length);
      return nested.length > 0 ? nested.map((one) => one.message) : [message];
    });
    return [...new Set(own)];
  }
}

/** Judges a string or a number that has constraints. JSON Schema says when to ask the vendor, and no more. */
export class ScalarJudge implements Judge {
  readonly #shape: ScalarShape;
  readonly #court: Court;
  /** The vendor has taken a value that its JSON Schema does not: it is of no use to ask. */
  #isOff = false;
  #isTrimmed: boolean | undefined;

  constructor(shape: ScalarShape, setting: Setting, complaints: Complaints) {
    this.#shape = shape;
    this.#court = new Court(setting, complaints);
  }

  /** A string that is too long stays so, unless the vendor takes white space away. */
  open(value: unknown): readonly string[] {
    const most = this.#shape.constraints['maxLength'];
    if (typeof value !== 'string' || this.#isOff || !isAbove(value.length, most)) return FINE;
    this.#isTrimmed ??= this.#tooLong(Number(most) + 1).length === 0;
    if (this.#isTrimmed) return FINE;
    const verdict = this.#court.judge(value) ?? FINE;
    return verdict.length === 0 ? FINE : verdict.filter((message) => this.#tooLong(value.length).includes(message));
  }

  whole(value: unknown): Verdict {
    const isWrong = violates(value, this.#shape);
    const { format, pattern } = this.#shape.constraints;
    const isUntold = typeof value === 'string' && format !== undefined && pattern === undefined;
    if (this.#isOff || !(isWrong || isUntold)) return FINE;
    const verdict = this.#court.judge(value);
    if (isWrong) this.#isOff = verdict?.length === 0;
    return isWrong ? verdict : (verdict ?? FINE);
  }

  /** What the vendor says of every text of this length. */
  #tooLong(length: number): readonly string[] {
    const blank = this.#court.messagesOn(' '.repeat(length));
    return this.#court.messagesOn('x'.repeat(length)).filter((message) => blank.includes(message));
  }
}

/** Judges how many elements a list has, by lists of samples. */
export class LengthJudge implements Judge {
  readonly #court: Court;
  readonly #constraints: Constraints;
  readonly #sample: unknown;
  readonly #verdicts = new Map<number, Verdict>();

  constructor({ constraints, rest }: ArrayShape, setting: Setting, complaints: Complaints) {
    this.#court = new Court(setting, complaints);
    this.#constraints = constraints;
    this.#sample = sampleOf(rest);
  }

  open(value: unknown, step: string | number | undefined): readonly string[] {
    const length = Math.max(Array.isArray(value) ? value.length : 0, step === undefined ? 0 : Number(step) + 1);
    return this.#tooMany(length) ?? FINE;
  }

  whole(value: unknown): Verdict {
    const length = Array.isArray(value) ? value.length : 0;
    return isBelow(length, this.#constraints['minItems']) ? this.#of(length) : this.#tooMany(length);
  }

  #tooMany(length: number): Verdict {
    const most = this.#constraints['maxItems'];
    return isAbove(length, most) ? this.#of(Number(most) + 1) : FINE;
  }

  #of(length: number): Verdict {
    if (!this.#verdicts.has(length))
      this.#verdicts.set(length, this.#court.judge(Array.from({ length }, () => this.#sample)));
    return this.#verdicts.get(length);
  }
}
