import type { PartialJson } from './PartialJson.js';

/** How a partial came to be. */
export interface Origin {
  /** The model's words up to it. */
  readonly text: string;
  /** Stands for the string that is open, whatever it says by now. */
  readonly open: object | undefined;
  /** Stands for the string that was open in the snapshot before; `growth` is what it has got since. */
  readonly grown: object | undefined;
  readonly growth: string;
}

/** Where a partial comes from, if it was not made by hand. */
export function readOrigin(partial: PartialJson): Origin | undefined {
  return shareMarks().readOrigin(partial);
}

/** The same partial, with its origin. */
export function withOrigin(partial: PartialJson, origin: Origin | undefined): PartialJson {
  if (origin !== undefined) shareMarks().mark(partial, origin);
  return partial;
}

/** Puts origins on partials. docs/decisions/origins.md says why it is done in this way. */
interface Marks {
  readonly mark: (partial: PartialJson, origin: Origin) => void;
  readonly readOrigin: (partial: PartialJson) => Origin | undefined;
}

/** Lets a subclass put its private fields on an object that is there already. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- its constructor is all it is for
class Given {
  constructor(given: object) {
    return given;
  }
}

class Marked extends Given {
  readonly #origin: Origin;

  constructor(partial: PartialJson, origin: Origin) {
    super(partial);
    this.#origin = origin;
  }

  static mark(partial: PartialJson, origin: Origin): void {
    new Marked(partial, origin);
  }

  static readOrigin(partial: PartialJson): Origin | undefined {
    return #origin in partial ? partial.#origin : undefined;
  }
}

/** The number is that of the form of `Marks` and `Origin`: copies of another form do not read each other's. */
const KEY = Symbol.for('rx-structured/marks/1');

let marks: Marks | undefined;

/** The marks of the first copy of the package that has needed any, so that each copy reads the others' partials. */
function shareMarks(): Marks {
  if (marks !== undefined) return marks;
  const shared = globalThis as Record<symbol, Marks | undefined>;
  marks = shared[KEY] ??= {
    mark: (partial, origin) => {
      Marked.mark(partial, origin);
    },
    readOrigin: (partial) => Marked.readOrigin(partial),
  };
  return marks;
}
