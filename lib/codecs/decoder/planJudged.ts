import type { Judge } from '../annotations/Annotation.js';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import { Cursor, reject, withheld, type Plan, type Verdict } from './Cursor.js';
import type { Place } from './Place.js';
import type { Rejection } from './Rejection.js';

/**
 * A codec whose values are judged by another party as well, each as it closes.
 *
 * The structure of a zod schema knows the kinds of values only; its lengths, patterns and formats are judged by the
 * schema itself, which is asked about one value instead of the whole document.
 */
export function planJudged(plan: Plan, judge: Judge): Plan {
  return {
    ...plan,
    open: (place) => new JudgedCursor(place, plan.open(place), judge),
    passesOthers: false,
    isShared: true,
    pending: undefined,
  };
}

class JudgedCursor extends Cursor {
  readonly #inner: Cursor;
  readonly #judge: Judge;

  constructor(place: Place, inner: Cursor, judge: Judge) {
    super(place);
    this.#inner = inner;
    this.#judge = judge;
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    // First the judge: what it says of an open value (too long, too many) no continuation can put right.
    const messages = this.#judge.judgeOpen(value, path[depth]);
    if (messages.length > 0) return this.fail(createProblems(value, messages));
    if (!this.#inner.grow(value, path, depth)) return this.fail(this.#inner.rejection);
    this.shown = this.#inner.shown;
    this.isWire = this.#inner.isWire;
    return true;
  }

  close(value: unknown): Verdict {
    const verdict = this.#inner.close(value);
    if (verdict._tag === 'Left') return verdict;
    const messages = this.#judge.judgeWhole(value);
    // The judge cannot tell: the value is decoded, but not shown before the whole document is accepted.
    if (messages === undefined) return this.accept(verdict.right, withheld);
    if (messages.length > 0) return reject(createProblems(value, messages));
    return this.accept(verdict.right, this.#inner.shown);
  }
}

/** The complaints are of the value itself: a judge is not asked about parts. */
function createProblems(value: unknown, messages: readonly string[]): Rejection {
  return messages.map((message) => ({ kind: 'problem', value, message, context: [] }));
}
