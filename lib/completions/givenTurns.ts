import type { GivenAnswer, ToolStep } from './CompletionModel.js';
import type { Message } from './Message.js';
import { parseObject } from './failedTurns.js';

/** The result of the answer's tool, as the model is told. */
export const ACCEPTED = 'Accepted.';

/** How a provider writes down the model's answer. */
export interface GivenTurns<T> {
  /** The model said this. */
  readonly assistant: (text: string) => T;
  /** The model called the answer's tool with these arguments, and the tool took them: providers want a result. */
  readonly tool?: (call: { readonly id: string; readonly input: object; readonly json: string }) => readonly T[];
  /** The model called tools before it answered, and was told their results. */
  readonly step?: (step: ToolStep) => readonly T[];
}

/**
 * The turns by which a conversation grows with an answer that was accepted.
 *
 * A call of the answer's tool is told as such, under its own id, as long as its arguments are an object; without an id
 * it gets one: Anthropic does not take a conversation in which two calls have the same. A blank answer is left out.
 */
export function givenTurns<T>({ text, call, steps = [] }: GivenAnswer, turns: GivenTurns<T>): T[] {
  const before = steps.flatMap((step) => turns.step?.(step) ?? []);
  const input = call && turns.tool && parseObject(text);
  if (turns.tool && input) return [...before, ...turns.tool({ id: call.id ?? createId(), input, json: text })];
  return text.trim() === '' ? before : [...before, turns.assistant(text)];
}

/** The same, in the form that every model takes. */
export function writeNeutralTurns(given: GivenAnswer): Message[] {
  return givenTurns<Message>(given, {
    assistant: (content) => ({ role: 'assistant', content }),
    // A call has no neutral form, so it is told in words.
    step: ({ text, calls }) => [
      {
        role: 'assistant',
        content: [text, ...calls.map(({ name, arguments: json }) => `${name}(${json})`)].join('\n').trim(),
      },
      { role: 'user', content: calls.map(({ name, text: result }) => `${name}: ${result}`).join('\n') },
    ],
  });
}

/** Nine letters and digits: the strictest rule for ids in use. */
function createId(): string {
  return Math.random().toString(36).slice(2, 11).padEnd(9, '0');
}
