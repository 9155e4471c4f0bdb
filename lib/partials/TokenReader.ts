import { from, type ObservableInput, type Observer, type Subscription } from 'rxjs';
import type { GrowingText } from '../foundation/GrowingText.js';
import { subscribeFor } from '../foundation/subscribeFor.js';
import type { JsonTokens } from '../tokens/JsonToken.js';
import type { AccumulatePartialConfig } from './accumulatePartial.js';
import { PartialDocument } from './PartialDocument.js';
import type { PartialJson } from './PartialJson.js';

/** Reads tokens, and tells `target` the document so far. */
export class TokenReader implements Observer<JsonTokens> {
  readonly #target: Observer<PartialJson>;
  readonly #document: PartialDocument;
  readonly #isSampled: boolean;

  /**
   * @param owner The subscriber to the snapshots: `sample` is subscribed to for as long.
   * @param text The text that the tokens come from, where `target` has it.
   */
  constructor(target: Observer<PartialJson>, config: AccumulatePartialConfig, owner: Subscription, text?: GrowingText) {
    const { numbers = 'growing', strings = 'growing', sample } = config;
    this.#target = target;
    this.#document = new PartialDocument(numbers, strings, text);
    this.#isSampled = sample !== undefined;
    if (sample !== undefined) this.#emitWith(sample, owner);
  }

  next(tokens: JsonTokens): void {
    this.#document.add(tokens);
    if (this.#isSampled ? this.#document.complete : this.#document.isDue) this.#emit();
  }

  error(error: unknown): void {
    this.#emit();
    this.#target.error(error);
  }

  complete(): void {
    this.#emit();
    this.#target.complete();
  }

  /** A snapshot, if anything has changed since the last one. */
  #emit(): void {
    const partial = this.#document.takeSnapshot();
    if (partial !== undefined) this.#target.next(partial);
  }

  #emitWith(sample: ObservableInput<unknown>, owner: Subscription): void {
    subscribeFor(owner, from(sample), {
      next: () => {
        this.#emit();
      },
      error: (error: unknown) => {
        this.#target.error(error);
      },
      // Later snapshots come when the document closes or ends.
      complete: () => undefined,
    });
  }
}
