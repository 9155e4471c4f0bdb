import type { CompletionEvent, ToolDeltaEvent } from '../completions/CompletionEvent.js';
import { Naming } from '../completions/Naming.js';
import { GrowingText } from '../foundation/GrowingText.js';
import { AnswerEnding } from './AnswerEnding.js';
import { ToolCallsError, type MadeToolCall } from './ToolCallsError.js';
import { ToolCallTracker, type TrackedCall } from './ToolCallTracker.js';

/** Where the answer is looked for. */
export interface AnswerPlace {
  /** In a named tool's arguments, the first tool's, the content, or, by default, in whichever begins first. */
  readonly tool?: string | boolean;
  /** The name the answer was asked for under, see {@link TextDeltasConfig}. */
  readonly answer?: string;
  /** Content that is not JSON may be the preface of a call, see {@link TextDeltasConfig}. */
  readonly preface?: boolean;
}

/**
 * How an answer ended: the text that only now turned out to be the answer, and why it is not complete, if it is not.
 */
export interface AnswerRest {
  readonly text: string;
  readonly error: Error | undefined;
}

const BLANK = /^\s*$/;
const BRACKET = /^\s*[{[]/;

/** Finds the one text among the events of a completion that is the structured answer. */
export class AnswerText {
  readonly #place: AnswerPlace;
  readonly #ending = new AnswerEnding();
  readonly #naming = new Naming();
  /** The answer so far. */
  readonly #text: GrowingText;
  /** The text holds more than whitespace. */
  #isRead = false;
  /** Where the answer is, as soon as that is decided. */
  #source: 'content' | TrackedCall | undefined;
  #tracker: ToolCallTracker | undefined;
  /**
   * Arguments of calls that are not known to be the answer: nameless ones, and where it matters those of other tools.
   */
  #others: Map<TrackedCall, string> | undefined;
  /** Content that is the answer only if no call is, and how it begins. */
  #held: GrowingText | undefined;
  #heldKind: 'blank' | 'document' | 'prose' = 'blank';

  constructor(place: AnswerPlace, text = new GrowingText()) {
    this.#place = place;
    this.#text = text;
    this.#restart();
  }

  /** Whether anything has come of the completion. */
  get hasBegun(): boolean {
    return this.#ending.hasBegun;
  }

  /**
   * More of the answer, empty if the event holds none of it; `undefined` if the answer begins anew after it was read: a
   * proxy that lost the server behind it may do so in one response, and the text that was emitted cannot be taken back.
   */
  read(event: CompletionEvent): string | undefined {
    if (event.type === 'start' && this.#naming.beginsAnew(event)) {
      this.#ending.restart();
      if (this.#isRead) return undefined;
      this.#restart();
    }
    this.#ending.see(event);
    const delta = this.#readDelta(event);
    this.#append(delta);
    return delta;
  }

  /**
   * Called after the last event.
   *
   * @param cause What broke the connection, if something did.
   */
  end(cause?: unknown): AnswerRest {
    const cut = this.#ending.error('', cause) !== undefined;
    const text = this.#takeRest(cut);
    this.#append(text);
    const error = this.#ending.error(this.#text.toString(), cause) ?? this.#listOtherCalls();
    return { text, error };
  }

  #restart(): void {
    this.#source = this.#place.tool === false && this.#place.preface !== true ? 'content' : undefined;
    this.#tracker = undefined;
    this.#others = undefined;
    this.#held = undefined;
    this.#heldKind = 'blank';
  }

  #append(delta: string): void {
    this.#text.append(delta);
    this.#isRead ||= !BLANK.test(delta);
  }

  #readDelta(event: CompletionEvent): string {
    if (event.type === 'text-delta') return event.phase === undefined ? this.#readContent(event.text) : '';
    return event.type === 'tool-delta' ? this.#call(event) : '';
  }

  #readContent(delta: string): string {
    if (this.#source !== undefined) return this.#source === 'content' ? delta : '';
    const { tool, answer } = this.#place;
    if (tool === undefined) {
      // Servers write newlines before a tool call: blank content decides nothing, and JSON does not mind it.
      if (!BLANK.test(delta)) this.#source = 'content';
      return delta;
    }
    if (tool !== false && answer === undefined) return '';
    this.#held ??= new GrowingText();
    this.#held.append(delta);
    if (this.#heldKind === 'blank' && !BLANK.test(delta)) this.#heldKind = BRACKET.test(delta) ? 'document' : 'prose';
    if (tool !== false || this.#heldKind !== 'document') return '';
    this.#source = 'content';
    const text = this.#held.toString();
    this.#held = undefined;
    return text;
  }

  #call(delta: ToolDeltaEvent): string {
    const { tool, answer } = this.#place;
    if (this.#source === 'content' && answer === undefined) return '';
    this.#tracker ??= new ToolCallTracker();
    const call = this.#tracker.findCall(delta);
    if (typeof this.#source === 'object') return this.#source === call ? delta.text : '';
    const args = (this.#others?.get(call) ?? '') + delta.text;
    if (tool === undefined || tool === true || call.name === tool) {
      if (this.#source !== 'content') this.#source = call;
      this.#others = undefined;
      return this.#source === call ? args : '';
    }
    if (call.name === undefined || answer !== undefined)
      (this.#others ??= new Map<TrackedCall, string>()).set(call, args);
    return '';
  }

  /** Text that only now turns out to be the answer: arguments of a tool that was never named, or content. */
  #takeRest(cut: boolean): string {
    if (this.#source !== undefined) return '';
    if (typeof this.#place.tool === 'string' && this.#place.answer !== undefined) {
      const nameless = [...(this.#others ?? [])].find(([{ name }]) => name === undefined);
      if (nameless !== undefined) {
        this.#source = nameless[0];
        return nameless[1];
      }
    }
    const isAnswer = cut ? this.#heldKind === 'document' : this.#listOtherCalls() === undefined;
    return isAnswer && this.#held !== undefined ? this.#held.toString() : '';
  }

  /** Calls of tools that are not the answer's, where they stand in its place. */
  #listOtherCalls(): ToolCallsError | undefined {
    const { answer } = this.#place;
    if (answer === undefined || typeof this.#source === 'object') return undefined;
    const calls = [...(this.#others ?? [])].filter(([{ name }]) => name !== answer);
    return calls.length === 0 ? undefined : new ToolCallsError(calls.map(toMadeCall));
  }
}

function toMadeCall([{ index, id, name = '' }, args]: readonly [TrackedCall, string]): MadeToolCall {
  return { index, ...(id !== undefined && { id }), name, arguments: args };
}
