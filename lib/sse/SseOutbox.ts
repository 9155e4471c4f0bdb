import type { AnswerEvent, TextEvent } from './AnswerEvent.js';
import { beginMessage, doneMessage, formatMessage, toMessage } from './SseMessage.js';

/**
 * What one client has not read yet. Texts that follow each other are merged into one event, so that however slow it is
 * and however small the deltas are, what waits for it is at most the text itself and one event per attempt.
 */
export class SseOutbox {
  #position: number;
  #frames: string;
  #text: TextEvent | undefined;

  constructor(position: number, retry: number | undefined) {
    this.#position = position;
    this.#frames = formatMessage(beginMessage(position, retry));
  }

  push(event: AnswerEvent): void {
    if (event.type !== 'text') this.#closeText();
    this.#position += 1;
    if (event.type === 'text') this.#text = { ...event, text: (this.#text?.text ?? '') + event.text };
    else this.#frames += formatMessage(toMessage(event, this.#position));
  }

  end(): void {
    this.#closeText();
    this.#frames += formatMessage(doneMessage(this.#position));
  }

  /** All that waits; empty if nothing does. */
  take(): string {
    this.#closeText();
    const frames = this.#frames;
    this.#frames = '';
    return frames;
  }

  #closeText(): void {
    if (this.#text === undefined) return;
    this.#frames += formatMessage(toMessage(this.#text, this.#position));
    this.#text = undefined;
  }
}
