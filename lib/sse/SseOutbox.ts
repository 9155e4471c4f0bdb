import { GrowingText } from '../foundation/GrowingText.js';
import type { AnswerEvent, ReasoningEvent, TextEvent } from './AnswerEvent.js';
import type { SseConfig } from './SseConfig.js';
import { createBegin, createDone, formatMessage, toMessage } from './SseMessage.js';

/**
 * The events that one client has not read yet. Texts that follow each other are merged into one event, so that however
 * slow it is and however small the deltas are, the waiting part is at most the text itself and one event per attempt.
 */
export class SseOutbox {
  readonly #begin: number;
  #position: number;
  /** Events that are ready to be sent. */
  #frames: string;
  /**
   * The texts of one kind since the last other event, and the last of them. A rope of deltas would be ten times as
   * large.
   */
  #text = new GrowingText();
  #last: TextEvent | ReasoningEvent | undefined;

  /** @param position How many events the client has received. */
  constructor(position: number, config: SseConfig) {
    this.#begin = position;
    this.#position = position;
    this.#frames = formatMessage(createBegin(position, config));
  }

  push(event: AnswerEvent): void {
    if (event.type !== this.#last?.type) this.#closeText();
    this.#position += 1;
    if (event.type === 'text' || event.type === 'reasoning') {
      this.#text.append(event.text);
      this.#last = event;
    } else this.#frames += formatMessage(toMessage(event, this.#position));
  }

  end(): void {
    this.#closeText();
    this.#frames += formatMessage(createDone(this.#position, this.#begin > 0 && this.#position === this.#begin));
  }

  /** All that waits; empty if nothing does. */
  take(): string {
    this.#closeText();
    const frames = this.#frames;
    this.#frames = '';
    return frames;
  }

  #closeText(): void {
    if (this.#last === undefined) return;
    this.#frames += formatMessage(toMessage({ ...this.#last, text: this.#text.toString() }, this.#position));
    this.#text = new GrowingText();
    this.#last = undefined;
  }
}
