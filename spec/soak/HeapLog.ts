import { collectGarbage } from '../support/collectGarbage.js';

const MEGABYTE = 2 ** 20;

interface Sample {
  readonly at: number;
  readonly megabytes: number;
}

/** The heap after collections, over time, and the straight line through it. */
export class HeapLog {
  readonly #samples: Sample[] = [];

  async sample(): Promise<void> {
    await collectGarbage();
    this.#samples.push({ at: performance.now() / 1000, megabytes: process.memoryUsage().heapUsed / MEGABYTE });
  }

  /** The first third is left out: caches fill and code is compiled. */
  get #steady(): readonly Sample[] {
    return this.#samples.slice(Math.floor(this.#samples.length / 3));
  }

  /** Megabytes by which the line rises from the first sample to the last. */
  get rise(): number {
    const samples = this.#steady;
    const mean = (of: (sample: Sample) => number): number =>
      samples.reduce((sum, each) => sum + of(each), 0) / samples.length;
    const middle = mean(({ at }) => at);
    const level = mean(({ megabytes }) => megabytes);
    const spread = samples.reduce((sum, { at }) => sum + (at - middle) ** 2, 0);
    const slope = samples.reduce((sum, { at, megabytes }) => sum + (at - middle) * (megabytes - level), 0) / spread;
    return slope * ((samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0));
  }

  toString(): string {
    const all = this.#steady.map(({ megabytes }) => megabytes);
    const [least, most] = [Math.min(...all), Math.max(...all)].map((each) => each.toFixed(1));
    return `heap ${least} to ${most} MB in ${this.#samples.length} samples, the line rises by ${this.rise.toFixed(2)} MB`;
  }

  /** The complaint where the heap grows by more than a twentieth, and by more than the noise of ten megabytes. */
  get problem(): string | undefined {
    const level = Math.min(...this.#steady.map(({ megabytes }) => megabytes));
    return this.rise > Math.max(10, level / 20) ? `the heap grows: ${this.toString()}` : undefined;
  }
}
