import type { CompletionEvent, ToolDeltaEvent } from '../completions/CompletionEvent.js';
import { answerEnding } from './answerEnding.js';
import { IncompleteCompletionError } from './IncompleteCompletionError.js';
import { toolCallTracker, type TrackedCall } from './toolCallTracker.js';

/** Where the answer is: a named tool's arguments, the first tool's, the content, or whichever begins first. */
export type AnswerPlace = string | boolean | undefined;

/** Reads one answer from its events. */
export interface AnswerText {
  /** More of the answer, empty if the event holds none of it. Throws if the answer begins anew after it was read. */
  read(event: CompletionEvent): string;
  /** Once there are no more events: why what was read is not the whole answer, if it is not. */
  error(): Error | undefined;
}

const BLANK = /^\s*$/;

/** Makes a reader of the one text among an answer's events that is the structured answer. */
export function answerText(place: AnswerPlace): AnswerText {
  const ending = answerEnding();
  let text = '';
  let source: 'content' | TrackedCall | undefined;
  let callOf = toolCallTracker();
  /** Arguments that came before the name of their tool. */
  let nameless = new Map<TrackedCall, string>();

  const restart = (): void => {
    source = place === false ? 'content' : undefined;
    callOf = toolCallTracker();
    nameless = new Map();
  };

  const content = (delta: string): string => {
    if (place === undefined && source === undefined) {
      // Servers write newlines before a tool call: blank content decides nothing, and JSON does not mind it.
      if (!BLANK.test(delta)) source = 'content';
      return delta;
    }
    return source === 'content' ? delta : '';
  };

  const tool = (delta: ToolDeltaEvent): string => {
    if (source === 'content') return '';
    const call = callOf(delta);
    if (source !== undefined) return source === call ? delta.text : '';
    const args = (nameless.get(call) ?? '') + delta.text;
    if (typeof place === 'string' && call.name !== place) {
      if (call.name === undefined) nameless.set(call, args);
      return '';
    }
    source = call;
    return args;
  };

  const deltaIn = (event: CompletionEvent): string => {
    if (event.type === 'text-delta') return content(event.text);
    return event.type === 'tool-delta' ? tool(event) : '';
  };

  restart();
  return {
    read(event) {
      if (event.type === 'start') {
        // A proxy that lost the server behind it may begin anew in one response; what was read cannot be unread.
        if (!BLANK.test(text)) throw new IncompleteCompletionError('interrupted', text);
        restart();
      }
      ending.see(event);
      const delta = deltaIn(event);
      text += delta;
      return delta;
    },
    error: () => ending.error(text),
  };
}
