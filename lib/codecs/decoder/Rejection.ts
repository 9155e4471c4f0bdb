import type * as t from 'io-ts';
import type { AnyDecoder } from '../ioTs/CodecKind.js';

/**
 * Why a value was rejected, as seen from the value itself.
 *
 * It is a graph, not a list: two members of a union that read the same child with the same codec hold the same
 * rejection of it. As a list a rejection would double at every level of a recursion, so it is written out only once,
 * by {@link writeErrors}, and only as much of it as is of use.
 */
export type Rejection = readonly Reason[];

export type Reason = Problem | Within | ForeignError;

/** The value itself is wrong; or a part of it, where a codec that is only a function said so. */
export interface Problem {
  readonly kind: 'problem';
  /** The rejected value, or its decoded form if a condition rejected that. */
  readonly value: unknown;
  readonly message: string | undefined;
  /** The steps from the value to the part. */
  readonly context: t.Context;
}

/** A part of the value is wrong, or the value itself in the eyes of one of the codecs that read it. */
export interface Within {
  readonly kind: 'within';
  readonly key: string;
  readonly type: AnyDecoder;
  /**
   * The part; `undefined` for a member of a union or an intersection, which reads the value itself. A member that read
   * the value without some of its keys says what it read.
   */
  readonly part: { readonly value: unknown } | undefined;
  readonly rejection: Rejection;
}

/** A codec that is only a function made a context of its own: the error is passed on as it is. */
export interface ForeignError {
  readonly kind: 'foreign';
  readonly error: t.ValidationError;
}

export const NO_REASON: Rejection = [];

/** The rejection of a value that is not what the codec at its place asks for. */
export function createProblem(value: unknown): Rejection {
  return [{ kind: 'problem', value, message: undefined, context: [] }];
}

/** The rejection of an object or array because of one of its parts. */
export function blamePart(key: string, type: AnyDecoder, value: unknown, rejection: Rejection): Rejection {
  return rejection.length === 0 ? NO_REASON : [{ kind: 'within', key, type, part: { value }, rejection }];
}

/**
 * The rejection by a member of a union or an intersection.
 *
 * @param part What the member has read, if it is not the value itself.
 */
export function blameMember(index: number, type: AnyDecoder, rejection: Rejection, part?: Within['part']): Rejection {
  // A member that is out for its discriminator gives no reason. Keeping it would make the graph grow all the same.
  return rejection.length === 0 ? NO_REASON : [{ kind: 'within', key: String(index), type, part, rejection }];
}

/** io-ts's errors of a value that was validated in the given context, as seen from the value. */
export function toReasons(errors: t.Errors, context: t.Context): Rejection {
  const { length } = context;
  const last = context[length - 1];
  return errors.map((error): Reason => {
    // io-ts copies contexts entry by entry, so the entries tell whether the error's context continues ours.
    if (error.context[length - 1] !== last) return { kind: 'foreign', error };
    return { kind: 'problem', value: error.value, message: error.message, context: error.context.slice(length) };
  });
}

/**
 * How many reasons are written that were written before, at another place: alternatives share the reasons of their
 * common parts, and there may be 2^depth ways to a part.
 */
const MOST_REPEATS = 50;

/** Writes a rejection out as io-ts would: every reason once, and some of them for other alternatives as well. */
export function writeErrors(codec: AnyDecoder, value: unknown, rejection: Rejection): t.Errors {
  const writer = new ErrorWriter({ key: '', type: codec, actual: value });
  writer.write(rejection, false);
  return writer.errors;
}

class ErrorWriter {
  readonly errors: t.ValidationError[] = [];
  /** The steps that lead to what is being written. */
  readonly #context: t.ContextEntry[];
  readonly #written = new Set<Rejection>();
  #repeats = 0;

  constructor(root: t.ContextEntry) {
    this.#context = [root];
  }

  /**
   * @param isRepeat The rejection has been written before, for another alternative. When enough was repeated, its first
   * reason stands for all of it: so no alternative is lost.
   */
  write(rejection: Rejection, isRepeat: boolean): void {
    for (const reason of rejection) {
      if (reason.kind === 'within') this.#writeWithin(reason, isRepeat);
      else {
        if (isRepeat) this.#repeats++;
        this.errors.push(reason.kind === 'foreign' ? reason.error : this.#errorOf(reason));
      }
      if (isRepeat && this.#repeats >= MOST_REPEATS) return;
    }
  }

  #writeWithin({ key, type, part, rejection }: Within, isRepeat: boolean): void {
    // By identity: shared cursors give all their readers the same rejection.
    const isWritten = this.#written.has(rejection);
    this.#written.add(rejection);
    // A member reads the value itself; the report knows it by that from a step down.
    const actual: unknown = part === undefined ? this.#context.at(-1)?.actual : part.value;
    this.#context.push({ key, type, actual });
    this.write(rejection, isRepeat || isWritten);
    this.#context.pop();
  }

  #errorOf({ value, message, context }: Problem): t.ValidationError {
    return { value, context: [...this.#context, ...context], ...(message !== undefined && { message }) };
  }
}
