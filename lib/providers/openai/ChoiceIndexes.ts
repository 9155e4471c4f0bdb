/**
 * Which of the choices of a completion are the answer.
 *
 * Where several were asked for, choice 0 is. Where one was, it is the first index that comes; but some servers count
 * their chunks there, so an index that is new is read as well, until one comes back in a later chunk: then the indexes
 * are those of choices, and only the first is read from there on.
 */
export class ChoiceIndexes {
  readonly #several: boolean;
  /** The indexes of the chunks so far. */
  readonly #seen = new Set<number>();
  /** The index that came first. */
  #first: number | undefined;
  /** An index has come back. */
  #areChoices = false;

  /** @param asked How many choices were asked for. */
  constructor(asked: number) {
    this.#several = asked > 1;
  }

  /** The entries of a chunk that are part of the answer, in order. */
  read<T extends { readonly index?: unknown }>(choices: readonly T[]): readonly T[] {
    if (this.#several) return choices.filter((choice) => readIndex(choice) === 0);
    const read = choices.filter((choice) => this.#isRead(readIndex(choice)));
    for (const choice of choices) this.#seen.add(readIndex(choice));
    return read;
  }

  #isRead(index: number): boolean {
    this.#first ??= index;
    this.#areChoices ||= this.#seen.has(index);
    return !this.#areChoices || index === this.#first;
  }
}

function readIndex({ index }: { readonly index?: unknown }): number {
  return typeof index === 'number' ? index : 0;
}
