import type { Observer } from 'rxjs';
import type { CompletionEvent } from '../completions/CompletionEvent.js';
import type { GrowingText } from '../foundation/GrowingText.js';
import { AnswerText, type AnswerPlace } from './AnswerText.js';
import { findInterruption } from './findInterruption.js';

/** Reads the events of a completion, and tells `target` the text of the answer. It tells of one end. */
export class TextReader implements Observer<CompletionEvent> {
  readonly #target: Observer<string>;
  readonly #answer: AnswerText;

  /** @param text Gets the text of the answer, each delta before `target` is told of it. */
  constructor(target: Observer<string>, place: AnswerPlace, text?: GrowingText) {
    this.#target = target;
    this.#answer = new AnswerText(place, text);
  }

  next(event: CompletionEvent): void {
    const delta = this.#answer.read(event);
    if (delta === undefined) this.complete();
    else if (delta !== '') this.#target.next(delta);
  }

  error(error: unknown): void {
    const interruption = this.#answer.hasBegun ? findInterruption(error) : undefined;
    if (interruption === undefined) this.#target.error(error);
    else this.#end(interruption.cause);
  }

  complete(): void {
    this.#end();
  }

  /** @param cause What broke the connection, if something did. */
  #end(cause?: unknown): void {
    const { text, error } = this.#answer.end(cause);
    if (text !== '') this.#target.next(text);
    if (error === undefined) this.#target.complete();
    else this.#target.error(error);
  }
}
