import type { LogEntry } from '../log/LogEntry.js';

/** Moves along a log as time passed, faster or slower. */
export class Player {
  speed = 1;
  readonly #moveTo: (index: number) => void;
  #frame: number | undefined;

  constructor(moveTo: (index: number) => void) {
    this.#moveTo = moveTo;
  }

  get isPlaying(): boolean {
    return this.#frame !== undefined;
  }

  /** @param entries The log, which may still grow. @param index How many of its entries have been told. */
  play(entries: readonly LogEntry[], index: number): void {
    this.pause();
    let [told, last] = [index, performance.now()];
    // An instant completion is stretched, so that there is something to watch.
    const total = entries.at(-1)?.at ?? 0;
    const stretch = Math.min(1, total / 1500);
    let now = entries[index - 1]?.at ?? 0;
    const tick = (time: number): void => {
      now += (time - last) * this.speed * (stretch || 1);
      last = time;
      while (told < entries.length && (entries[told]?.at ?? 0) <= now) told++;
      this.#frame = told < entries.length ? requestAnimationFrame(tick) : undefined;
      this.#moveTo(told);
    };
    this.#frame = requestAnimationFrame(tick);
  }

  pause(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }
}
