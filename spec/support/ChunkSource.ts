/** An async iterable whose chunks the test gives, one by one, and that tells what became of it. */
export class ChunkSource<C> implements AsyncIterable<C> {
  /** How often its iterator was closed from outside. */
  returned = 0;
  readonly #queue: PromiseSettledResult<IteratorResult<C, undefined>>[] = [];
  readonly #waiting: ((result: PromiseSettledResult<IteratorResult<C, undefined>>) => void)[] = [];

  next(value: C): void {
    this.#give({ status: 'fulfilled', value: { done: false, value } });
  }

  error(reason: unknown): void {
    this.#give({ status: 'rejected', reason });
  }

  complete(): void {
    this.#give({ status: 'fulfilled', value: { done: true, value: undefined } });
  }

  [Symbol.asyncIterator](): AsyncIterator<C, undefined> {
    return {
      next: async () => {
        const result =
          this.#queue.shift() ??
          (await new Promise<PromiseSettledResult<IteratorResult<C, undefined>>>((resolve) =>
            this.#waiting.push(resolve),
          ));
        if (result.status === 'rejected') throw result.reason;
        return result.value;
      },
      return: () => {
        this.returned += 1;
        return this.closing();
      },
    };
  }

  /** The promise of closing the iterator; a test may replace it. */
  closing: () => Promise<IteratorResult<C, undefined>> = () => Promise.resolve({ done: true, value: undefined });

  #give(result: PromiseSettledResult<IteratorResult<C, undefined>>): void {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(result);
    else this.#queue.push(result);
  }
}
