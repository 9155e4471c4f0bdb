import type * as t from 'io-ts';
import type { JsonPath } from '../../partials/PartialJson.js';
import { anyOf } from './expectedBy.js';
import { locateError, type LocatedError } from './locateError.js';
import { showPath } from './showPath.js';
import { showValue } from './showValue.js';

/** Names of codecs may be as long as the codecs. */
const LONGEST_NAME = 60;

export interface ReportErrorsConfig {
  /** How many lines there are at most, but for one that says how many more there would be. Default: 20. */
  readonly limit?: number;
  /** The branch that was still being written when the document was refused. */
  readonly open?: JsonPath | undefined;
  /** Where the document stands within a larger one: all paths begin with it. */
  readonly at?: JsonPath;
}

/**
 * Says what is wrong with a document, for a model (or a person) to put it right: a line for each problem, with its
 * path.
 *
 * Like io-ts's `PathReporter`, with paths into the document instead of names of codecs.
 *
 * 1. A path is a path of the document: members of unions and intersections are no steps.
 * 2. A union complains once, with all that it would accept; where members came closer, with what each of them lacks.
 * 3. A key that is missing is said to be missing.
 * 4. At most 20 lines, and no value is quoted at length.
 *
 * @example
 * import * as t from 'io-ts';
 * import { reportErrors } from 'rx-structured';
 *
 * const Order = t.type({ id: t.string, items: t.array(t.type({ sku: t.string })) });
 * const either = Order.decode({ items: [{ sku: 'a' }, { sku: 2 }] });
 * console.log(either._tag === 'Left' ? reportErrors(either.left).join('\n') : 'fine');
 * // Logs:
 * // $.id: required key is missing, expected string
 * // $.items[1].sku: expected string, got 2
 *
 * @see {@link InvalidAnswer} whose `message` is made of these lines
 * @param errors What `codec.decode` gives as a `Left`.
 * @param config How much to tell.
 * @returns The lines.
 * @since 0.1.0
 */
export function reportErrors(errors: t.Errors, config: ReportErrorsConfig = {}): readonly string[] {
  const { limit = 20, open, at = [] } = config;
  const lines = [...new Set(new Report(open, at).explain(errors.map(locateError), 0))];
  return lines.length > limit ? [...lines.slice(0, limit), `… and ${lines.length - limit} more`] : lines;
}

class Report {
  constructor(
    private readonly open: JsonPath | undefined,
    private readonly at: JsonPath,
  ) {}

  /** @param depth In how many unions the errors lie that are accounted for already. */
  explain(errors: readonly LocatedError[], depth: number): readonly string[] {
    const lines: string[] = [];
    for (let at = 0; at < errors.length;) {
      const group = unionAt(errors, at, depth);
      const [first] = group;
      if (first === undefined) break;
      lines.push(...(first.alternatives.length > depth ? this.explainUnion(group, depth) : [this.line(first)]));
      at += group.length;
    }
    return lines;
  }

  private explainUnion(errors: readonly LocatedError[], depth: number): readonly string[] {
    const members = byMember(errors, depth);
    const path = errors[0]?.alternatives[depth]?.path ?? [];
    const isFlat = (error: LocatedError): boolean => error.path.length === path.length && error.message === undefined;
    const [first] = errors;
    if (first !== undefined && errors.every(isFlat))
      return [this.line({ ...first, expected: anyOf(errors.map(({ expected }) => expected)) })];
    // A member that asks for another kind of value was not meant.
    const near = members.filter((ofMember) => !ofMember.every(isFlat));
    if (near.length === 1) return this.explain(near[0] ?? [], depth + 1);
    return [
      `${this.show(path)}: fits none of ${near.length} alternatives`,
      ...near.flatMap((ofMember, index) => [
        `  ${index + 1}. ${nameOf(ofMember[0]?.alternatives[depth]?.codec)}`,
        ...this.explain(ofMember, depth + 1).map((line) => `     ${line}`),
      ]),
    ];
  }

  private line({ path, message, presence, expected, value }: LocatedError): string {
    if (message !== undefined) return `${this.show(path)}: ${message}`;
    if (presence === 'forbidden') return `${this.show(path)}: key is not allowed`;
    if (presence === 'missing') {
      const what = typeof path.at(-1) === 'number' ? 'element' : 'key';
      return `${this.show(path)}: required ${what} is missing, expected ${expected}`;
    }
    const isOpen = this.open !== undefined && path.every((step, depth) => step === this.open?.[depth]);
    return `${this.show(path)}: expected ${expected}, got ${showValue(value, isOpen)}`;
  }

  private show(path: JsonPath): string {
    return showPath([...this.at, ...path]);
  }
}

/** The error at an index, with those of the same union that follow it. */
function unionAt(errors: readonly LocatedError[], at: number, depth: number): readonly LocatedError[] {
  const union = errors[at]?.alternatives[depth]?.path.join('/');
  if (union === undefined) return errors.slice(at, at + 1);
  const end = errors.findIndex(
    ({ alternatives }, index) => index > at && alternatives[depth]?.path.join('/') !== union,
  );
  return errors.slice(at, end === -1 ? undefined : end);
}

function byMember(errors: readonly LocatedError[], depth: number): readonly (readonly LocatedError[])[] {
  const members = new Map<number | undefined, LocatedError[]>();
  for (const error of errors) {
    const index = error.alternatives[depth]?.index;
    members.set(index, [...(members.get(index) ?? []), error]);
  }
  return [...members.values()];
}

function nameOf(codec: { readonly name: string } | undefined): string {
  const name = codec?.name ?? '';
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}
