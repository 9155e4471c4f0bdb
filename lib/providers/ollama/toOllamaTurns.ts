import type { TurnPartEvent } from '../../completions/CompletionEvent.js';
import type { ToolSchema, ToolStep } from '../../completions/CompletionModel.js';
import { keepObject, keepText } from '../keepObjects.js';
import type { OllamaChunk } from './OllamaChunk.js';
import type { OllamaTool } from './ollamaChat.js';
import type { OllamaMessage } from './tellOllama.js';

/** Keeps the thoughts of one turn, which are sent back with the results of its calls. One for each request. */
export class OllamaTurn {
  #thinking = '';

  *read({ message, done }: OllamaChunk): Iterable<TurnPartEvent> {
    this.#thinking += keepText(keepObject(message)?.thinking);
    if (done === true && this.#thinking !== '') yield { type: 'turn-part', raw: { thinking: this.#thinking } };
  }
}

/** A turn that ended in calls, and the turns that tell their results. */
export function toOllamaTurns({ text, calls, parts }: ToolStep): OllamaMessage[] {
  const [thoughts] = parts as readonly Pick<OllamaMessage, 'thinking'>[];
  return [
    {
      role: 'assistant',
      content: text,
      ...thoughts,
      tool_calls: calls.map(({ id, name, arguments: json }) => ({
        id,
        function: { name, arguments: JSON.parse(json) as object },
      })),
    },
    ...calls.map(({ name, text: result, isError }) => ({
      role: 'tool' as const,
      tool_name: name,
      content: isError ? `Error: ${result}` : result,
    })),
  ];
}

/** Tools as the API has them. */
export function toOllamaTools(tools: readonly ToolSchema[]): OllamaTool[] {
  return tools.map(({ name, description, schema }) => ({
    type: 'function',
    function: { name, ...(description !== undefined && { description }), parameters: schema },
  }));
}
