import type { Observer } from 'rxjs';
import type { GrowingText } from './GrowingText.js';

/** Keeps a text that comes in deltas, and passes them on: each is kept before it is passed on. */
export class TextKeeper implements Observer<string> {
  readonly #target: Observer<string>;
  readonly #text: GrowingText;

  constructor(target: Observer<string>, text: GrowingText) {
    this.#target = target;
    this.#text = text;
  }

  next(delta: string): void {
    this.#text.append(delta);
    this.#target.next(delta);
  }

  error(error: unknown): void {
    this.#target.error(error);
  }

  complete(): void {
    this.#target.complete();
  }
}
