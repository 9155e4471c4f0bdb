import type { PartialJson } from './PartialJson.js';

/** How a partial came to be. */
export interface Origin {
  /** The model's words up to it. */
  readonly text: string;
  /** Stands for the string that is open, whatever it says by now. */
  readonly open: object | undefined;
  /** Stands for the string that was open in the snapshot before, and what that string has got since. */
  readonly grown: object | undefined;
  readonly growth: string;
}

/** Lets a subclass put its private fields on an object that is there already. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- what its constructor returns is all it is for
class Given {
  constructor(given: object) {
    return given;
  }
}

/**
 * The origin as a private field on a plain `{ value, path, complete }`: nobody can see or copy it, and it costs some
 * 25 ns a snapshot where a WeakMap costs 380.
 */
class Marked extends Given {
  readonly #origin: Origin;

  constructor(partial: PartialJson, origin: Origin) {
    super(partial);
    this.#origin = origin;
  }

  static originOf(partial: PartialJson): Origin | undefined {
    return #origin in partial ? partial.#origin : undefined;
  }
}

/** Where a partial comes from, if it was not made by hand. */
export function originOf(partial: PartialJson): Origin | undefined {
  return Marked.originOf(partial);
}

/** The same partial, with its origin. */
export function withOrigin(partial: PartialJson, origin: Origin | undefined): PartialJson {
  if (origin !== undefined) new Marked(partial, origin);
  return partial;
}
