import type { Observer } from 'rxjs';
import type { GrowingText } from '../foundation/GrowingText.js';
import type { JsonTokens } from './JsonToken.js';
import { JsonTokenizer } from './JsonTokenizer.js';
import type { ToJsonTokensConfig } from './toJsonTokens.js';

/** Reads deltas, and tells `target` their tokens. */
export class DeltaReader implements Observer<string> {
  readonly #target: Observer<JsonTokens>;
  readonly #tokenizer: JsonTokenizer;

  /** @param text The text, where it is kept elsewhere: it has each delta before the delta is read here. */
  constructor(target: Observer<JsonTokens>, config: ToJsonTokensConfig, text?: GrowingText) {
    const { maxDepth = 512, maxLength = Infinity, maxWhitespace = 1024 } = config;
    this.#target = target;
    this.#tokenizer = new JsonTokenizer({ maxDepth, maxLength, maxWhitespace }, text);
  }

  next(delta: string): void {
    this.#tokenizer.write(delta);
    this.#emit();
  }

  error(error: unknown): void {
    this.#target.error(error);
  }

  complete(): void {
    this.#tokenizer.end();
    this.#emit();
    if (this.#tokenizer.failure === undefined) this.#target.complete();
  }

  #emit(): void {
    const tokens = this.#tokenizer.take();
    if (tokens !== undefined) this.#target.next(tokens);
    if (this.#tokenizer.failure !== undefined) this.#target.error(this.#tokenizer.failure);
    else if (this.#tokenizer.done) this.#target.complete();
  }
}
