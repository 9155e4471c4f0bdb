import type { WriteStream } from 'node:tty';
import { renderPartial } from './renderPartial.js';
import type { Screen } from './Screen.js';

/** Redraws the value in place, a line of status below it. */
export class TerminalScreen implements Screen {
  readonly #out: WriteStream;
  /** How many lines on the screen are still to be redrawn. */
  #lines = 0;

  constructor(out: WriteStream) {
    this.#out = out;
  }

  show(value: unknown, path: readonly (string | number)[], status: string): void {
    this.#lines = this.#draw([...renderPartial(value, path), status]);
  }

  showWhole(value: unknown, status: string): void {
    this.#draw([...renderPartial(value), status]);
    this.#lines = 0;
  }

  say(line: string): void {
    this.#draw([line]);
    this.#lines = 0;
  }

  #draw(lines: readonly string[]): number {
    // A line that scrolled away cannot be redrawn, and one that wraps counts for two: both are cut off instead. Some terminals
    // do not know their height and say 0.
    const { rows } = this.#out;
    const visible = lines.slice(-Math.max(1, (rows || Infinity) - 1));
    const erase = this.#lines > 0 ? `\x1b[${this.#lines}A\x1b[0J` : '';
    this.#out.write(`${erase}\x1b[?7l${visible.join('\n')}\n\x1b[?7h`);
    return visible.length;
  }
}
