/** Lets so many in at once; the others wait in the order in which they came. */
export class Line {
  #free: number;
  readonly #waiting = new Set<Visit>();
  /** A visit that ends while it begins must not begin the next one within itself: a thousand would fill the stack. */
  #isAdmitting = false;

  constructor(places: number) {
    this.#free = places;
  }

  /**
   * Begins as soon as a place is free: at once, perhaps.
   *
   * @returns Gives the place back, or steps out of the line. Counts once.
   */
  enter(begin: () => void): () => void {
    const visit: Visit = { begin };
    let isOver = false;
    this.#waiting.add(visit);
    this.#admit();
    return () => {
      if (isOver) return;
      isOver = true;
      if (!this.#waiting.delete(visit)) this.#free += 1;
      this.#admit();
    };
  }

  #admit(): void {
    if (this.#isAdmitting) return;
    this.#isAdmitting = true;
    try {
      for (const visit of this.#waiting) {
        if (this.#free < 1) break;
        this.#free -= 1;
        this.#waiting.delete(visit);
        visit.begin();
      }
    } finally {
      this.#isAdmitting = false;
    }
  }
}

interface Visit {
  readonly begin: () => void;
}
