import type { Writable } from 'node:stream';
import { inspect } from 'node:util';
import type { Screen } from './Screen.js';

/** Prints a line whenever there is something new to see: values to one stream, words about them to another. */
export class LineScreen implements Screen {
  readonly #values: Writable;
  readonly #words: Writable;
  #last = '{}';

  constructor(values: Writable, words: Writable) {
    this.#values = values;
    this.#words = words;
  }

  show(value: unknown): void {
    const line = inLine(value);
    if (value === undefined || line === this.#last) return;
    this.#last = line;
    this.#values.write(`${line}\n`);
  }

  showWhole(value: unknown, status: string): void {
    this.#values.write(`${inLine(value)}\n`);
    this.say(status);
  }

  say(line: string): void {
    this.#last = '{}';
    this.#words.write(`${line}\n`);
  }
}

function inLine(value: unknown): string {
  return inspect(value, { breakLength: Infinity, depth: null });
}
