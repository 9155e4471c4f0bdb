/** Stands for a value whose validator has not answered yet. */
export const pending: unique symbol = Symbol.for('rx-structured/pending');

/** A slot for the reading that is under way. */
interface Slot {
  current: PendingVerdicts | undefined;
}

const KEY = Symbol.for('rx-structured/verdicts');

let slot: Slot | undefined;

/** The slot of the first copy of the package that has needed one: a codec of one copy may be read by a decoder of another. */
function shareSlot(): Slot {
  if (slot !== undefined) return slot;
  const shared = globalThis as Record<symbol, Slot | undefined>;
  return (slot = shared[KEY] ??= { current: undefined });
}

/** A verdict of a validator that answers later. */
interface Asked {
  verdict?: unknown;
}

/**
 * Waits for validators that answer later, on behalf of one reading of a document.
 *
 * Decoding is synchronous, so a validator that has not answered counts as one that accepts, and the reading counts for
 * nothing but what it shows. When all have answered the document is read again, and each question has its answer then.
 */
export class PendingVerdicts {
  /** By the asking codec, and by the value; parts of a document that do not change are the same objects. */
  #asked: Map<object, Map<unknown, Asked>> | undefined;
  /** Validators that have not answered. Filled by `ask`, emptied by `settle`, which waits for them. */
  #waiting: Promise<void>[] | undefined;

  /** Whose reading is under way; none where a codec is used by itself. */
  static get current(): PendingVerdicts | undefined {
    return shareSlot().current;
  }

  /** Whether there is a validator that has not answered. */
  get isWaiting(): boolean {
    return this.#waiting !== undefined;
  }

  /** Reads, with this to ask. */
  collect<T>(read: () => T): T {
    // Readings nest: a validator may itself decode with another codec.
    const shared = shareSlot();
    const before = shared.current;
    shared.current = this;
    try {
      return read();
    } finally {
      shared.current = before;
    }
  }

  /** The verdict on a value: given before, given at once, or {@link pending}. */
  ask<V>(asker: object, value: unknown, validate: () => V | Promise<V>): V | typeof pending {
    this.#asked ??= new Map();
    const ofAsker = this.#asked.get(asker) ?? new Map<unknown, Asked>();
    this.#asked.set(asker, ofAsker);
    const known = ofAsker.get(value);
    if (known !== undefined) return 'verdict' in known ? (known.verdict as V) : pending;
    const verdict = validate();
    if (!(verdict instanceof Promise)) return verdict;
    const asked: Asked = {};
    ofAsker.set(value, asked);
    const answered = verdict.then((settled) => {
      asked.verdict = settled;
    });
    // It may fail when the document has been abandoned.
    answered.catch(() => undefined);
    (this.#waiting ??= []).push(answered);
    return pending;
  }

  /** Resolves when all have answered that were asked until now. Rejects with the error that a validator throws. */
  async settle(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    await Promise.all(waiting ?? []);
  }
}
