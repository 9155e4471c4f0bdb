import type { CompletionEvent, ToolDeltaEvent } from '../completions/CompletionEvent.js';
import { GrowingText } from '../foundation/GrowingText.js';
import { AnswerEnding } from './AnswerEnding.js';
import { IncompleteCompletionError } from './IncompleteCompletionError.js';
import { ToolCallTracker, type TrackedCall } from './ToolCallTracker.js';

/** Where the answer is: a named tool's arguments, the first tool's, the content, or whichever begins first. */
export type AnswerPlace = string | boolean | undefined;

const BLANK = /^\s*$/;

/** Reads the one text among an answer's events that is the structured answer. */
export class AnswerText {
  readonly #place: AnswerPlace;
  readonly #ending = new AnswerEnding();
  readonly #text = new GrowingText();
  /** Where the answer was found to be. Set by what decides it, cleared where the answer begins anew. */
  #source: 'content' | TrackedCall | undefined;
  #tracker = new ToolCallTracker();
  /** Arguments that came before the name of their tool. */
  #nameless = new Map<TrackedCall, string>();
  /** The text holds more than whitespace. */
  #hasBegun = false;

  constructor(place: AnswerPlace) {
    this.#place = place;
    this.#restart();
  }

  /** More of the answer, empty if the event holds none of it. Throws if the answer begins anew after it was read. */
  read(event: CompletionEvent): string {
    if (event.type === 'start') {
      // A proxy that lost the server behind it may begin anew in one response; what was read cannot be unread.
      if (this.#hasBegun) throw new IncompleteCompletionError('interrupted', this.#text.toString());
      this.#restart();
    }
    this.#ending.see(event);
    const delta = this.#deltaIn(event);
    this.#text.append(delta);
    this.#hasBegun ||= !BLANK.test(delta);
    return delta;
  }

  /** Once there are no more events: why what was read is not the whole answer, if it is not. */
  error(): Error | undefined {
    return this.#ending.error(this.#text.toString());
  }

  #restart(): void {
    this.#source = this.#place === false ? 'content' : undefined;
    this.#tracker = new ToolCallTracker();
    this.#nameless = new Map();
  }

  #deltaIn(event: CompletionEvent): string {
    if (event.type === 'text-delta') return this.#readContent(event.text);
    return event.type === 'tool-delta' ? this.#readCall(event) : '';
  }

  #readContent(delta: string): string {
    if (this.#place === undefined && this.#source === undefined) {
      // Servers write newlines before a tool call: blank content decides nothing, and JSON does not mind it.
      if (!BLANK.test(delta)) this.#source = 'content';
      return delta;
    }
    return this.#source === 'content' ? delta : '';
  }

  #readCall(delta: ToolDeltaEvent): string {
    if (this.#source === 'content') return '';
    const call = this.#tracker.callOf(delta);
    if (this.#source !== undefined) return this.#source === call ? delta.text : '';
    const args = (this.#nameless.get(call) ?? '') + delta.text;
    if (typeof this.#place === 'string' && call.name !== this.#place) {
      if (call.name === undefined) this.#nameless.set(call, args);
      return '';
    }
    this.#source = call;
    return args;
  }
}
