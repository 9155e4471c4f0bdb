import { countBytes, cutBytes } from '../../foundation/cutBytes.js';
import type * as t from 'io-ts';
import type { JsonPath } from '../../partials/PartialJson.js';
import { joinWords } from './describeExpected.js';
import { haveSameUnion, locateError, type LocatedError } from './locateError.js';
import { showPath } from './showPath.js';
import { cut, showValue } from './showValue.js';

/** Names of codecs may be as long as the codecs. */
const LONGEST_NAME = 60;

/** In bytes of UTF-8. A report goes into a prompt and over the wire. */
const LONGEST_LINE = 1_000;
const LONGEST_REPORT = 4_096;
/** For the line that says how many more there would be. */
const LAST_LINE = 40;

export interface ReportErrorsConfig {
  /** How many lines there are at most, but for one that says how many more there would be. Default: 20. */
  readonly limit?: number;
  /** The branch that was still being written when the document was rejected. */
  readonly open?: JsonPath | undefined;
  /** Where the document stands within a larger one: all paths begin with it. */
  readonly at?: JsonPath;
}

/**
 * Reports the problems of a document, for a model (or a person) to correct it: a line for each problem, with its
 * path.
 *
 * Like io-ts's `PathReporter`, with paths into the document instead of names of codecs.
 *
 * 1. A path is a path of the document: members of unions and intersections are not steps of it.
 * 2. A union complains once, with all that it would accept; if members came closer, with the missing parts of each.
 * 3. A key that is missing is said to be missing.
 * 4. At most 20 lines and 4 KB. Neither values nor keys are quoted at length.
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
  const lines = new Report(open, at).explain(errors.map(locateError), 0);
  const shown: string[] = [];
  let room = LONGEST_REPORT - LAST_LINE;
  let read = 0;
  for (; read < lines.length && shown.length < limit; read++) {
    const line = lines[read]?.write();
    if (line === undefined) continue;
    room -= countBytes(line) + 1;
    if (room < 0) break;
    shown.push(line);
  }
  const rest = lines.length - read;
  return rest > 0 ? [...shown, `… and ${rest} more`] : shown;
}

/** Written only where it is shown: there may be as many lines as there are elements in a list. */
interface Line {
  /** The text; nothing where it was said already. */
  readonly write: () => string | undefined;
}

/** The lines about the members of one union, or about no union: each thing is said once in it. */
class Block {
  readonly #indent: number;
  readonly #said = new Set<string>();

  constructor(indent: number) {
    this.#indent = indent;
  }

  writeLine(write: () => string, shift = 0): Line {
    return {
      write: () => {
        const line = cutBytes(`${' '.repeat(this.#indent + shift)}${write()}`, LONGEST_LINE);
        if (this.#said.has(line)) return undefined;
        this.#said.add(line);
        return line;
      },
    };
  }
}

class Report {
  readonly #open: JsonPath | undefined;
  readonly #at: JsonPath;

  constructor(open: JsonPath | undefined, at: JsonPath) {
    this.#open = open;
    this.#at = at;
  }

  /** @param nesting In how many unions the errors lie that are accounted for already. */
  explain(errors: readonly LocatedError[], nesting: number, indent = 0): readonly Line[] {
    const lines: Line[] = [];
    const block = new Block(indent);
    for (let at = 0; at < errors.length;) {
      const group = takeUnion(errors, at, nesting);
      const [first] = group;
      if (first === undefined) break;
      at += group.length;
      if (first.alternatives.length <= nesting) lines.push(block.writeLine(() => this.#write(first)));
      else for (const line of this.#explainUnion(group, nesting, indent, block)) lines.push(line);
    }
    return lines;
  }

  #explainUnion(errors: readonly LocatedError[], nesting: number, indent: number, block: Block): readonly Line[] {
    const members = groupByMember(errors, nesting);
    const [first] = errors;
    const depth = first?.alternatives[nesting]?.depth ?? 0;
    const isFlat = (error: LocatedError): boolean => error.path.length === depth && error.message === undefined;
    if (first !== undefined && errors.every(isFlat)) {
      const expected = joinWords(errors.map((error) => error.expected));
      return [block.writeLine(() => this.#write({ ...first, expected }))];
    }
    // A member that asks for another kind of value was not meant.
    const near = members.filter((ofMember) => !ofMember.every(isFlat));
    if (near.length === 1) return this.explain(near[0] ?? [], nesting + 1, indent);
    const path = first?.path.slice(0, depth) ?? [];
    const lines = [block.writeLine(() => `${this.#show(path)}: fits none of ${near.length} alternatives`)];
    for (const [index, ofMember] of near.entries()) {
      const name = ofMember[0]?.alternatives[nesting]?.codec.name ?? '';
      lines.push(block.writeLine(() => `${index + 1}. ${cut(name, LONGEST_NAME)}`, 2));
      for (const line of this.explain(ofMember, nesting + 1, indent + 5)) lines.push(line);
    }
    return lines;
  }

  #write({ path, message, presence, expected, value }: LocatedError): string {
    if (message !== undefined) return `${this.#show(path)}: ${message}`;
    if (presence === 'forbidden') return `${this.#show(path)}: key is not allowed`;
    if (presence === 'missing') {
      const what = typeof path.at(-1) === 'number' ? 'element' : 'key';
      return `${this.#show(path)}: required ${what} is missing, expected ${expected}`;
    }
    const isOpen = this.#open !== undefined && path.every((step, depth) => step === this.#open?.[depth]);
    return `${this.#show(path)}: expected ${expected}, got ${showValue(value, isOpen)}`;
  }

  #show(path: JsonPath): string {
    return showPath([...this.#at, ...path]);
  }
}

/** The error at an index, with those of the same union that follow it. */
function takeUnion(errors: readonly LocatedError[], at: number, nesting: number): readonly LocatedError[] {
  const first = errors[at];
  let end = at + 1;
  for (; first !== undefined && end < errors.length; end++) {
    const next = errors[end];
    if (next === undefined || !haveSameUnion(first, next, nesting)) break;
  }
  return errors.slice(at, end);
}

function groupByMember(errors: readonly LocatedError[], nesting: number): readonly (readonly LocatedError[])[] {
  const members = new Map<number | undefined, LocatedError[]>();
  for (const error of errors) {
    const index = error.alternatives[nesting]?.index;
    const known = members.get(index);
    if (known === undefined) members.set(index, [error]);
    else known.push(error);
  }
  return [...members.values()];
}
