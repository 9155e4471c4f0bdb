import type { CompletionEvent, FinishReason, ToolDeltaEvent } from '../completions/CompletionEvent.js';
import { IncompleteCompletionError } from './IncompleteCompletionError.js';
import { RefusalError } from './RefusalError.js';
import { toolCallTracker, type TrackedCall } from './toolCallTracker.js';

/** Where the answer is: a named tool's arguments, the first tool's, the content, or whichever comes first. */
export type AnswerPlace = string | boolean | undefined;

/** Reads one answer from its events. */
export interface AnswerText {
  /** More of the answer, empty if the event holds none of it. Throws if the answer began anew after it was read. */
  read(event: CompletionEvent): string;
  /** At the end of the events: why what was read is not a whole answer, if it is not. */
  end(): RefusalError | IncompleteCompletionError | undefined;
}

const BLANK = /^\s*$/;

/** Makes a reader of the one text among an answer's events that is the structured answer. */
export function answerText(place: AnswerPlace): AnswerText {
  let text = '';
  let refusal = '';
  let finish: FinishReason | undefined;
  let source: 'content' | TrackedCall | undefined = place === false ? 'content' : undefined;
  let callOf = toolCallTracker();
  /** Arguments that came before the name of their tool. */
  let nameless = new Map<TrackedCall, string>();

  const content = (delta: string): string => {
    // Blank content proves nothing: servers write newlines before a tool call. It is passed on, for JSON allows it.
    if (source === undefined && place === undefined && !BLANK.test(delta)) source = 'content';
    return source === 'content' || (source === undefined && place === undefined) ? delta : '';
  };

  const tool = (delta: ToolDeltaEvent): string => {
    if (source === 'content') return '';
    const call = callOf(delta);
    if (source !== undefined) return source === call ? delta.text : '';
    if (typeof place !== 'string') {
      source = call;
      return delta.text;
    }
    const args = (nameless.get(call) ?? '') + delta.text;
    nameless.delete(call);
    if (call.name === undefined) nameless.set(call, args);
    if (call.name !== place) return '';
    source = call;
    return args;
  };

  /** A proxy that lost its upstream may begin the answer again within one response; what was read cannot be unread. */
  const restart = (): void => {
    if (!BLANK.test(text)) throw new IncompleteCompletionError('interrupted', text);
    refusal = '';
    finish = undefined;
    source = place === false ? 'content' : undefined;
    callOf = toolCallTracker();
    nameless = new Map();
  };

  return {
    read(event) {
      let delta = '';
      if (event.type === 'start') restart();
      else if (event.type === 'text-delta') delta = content(event.text);
      else if (event.type === 'tool-delta') delta = tool(event);
      else if (event.type === 'refusal-delta') refusal += event.text;
      else if (event.type === 'finish') finish = event.reason;
      text += delta;
      return delta;
    },
    end() {
      if (refusal !== '' || finish === 'refusal') return new RefusalError(refusal, text);
      if (finish === undefined) return new IncompleteCompletionError('interrupted', text);
      return finish === 'length' || finish === 'content-filter'
        ? new IncompleteCompletionError(finish, text)
        : undefined;
    },
  };
}
