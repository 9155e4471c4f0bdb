import type { OpenAI } from 'openai';
import type { ToolSchema, ToolStep } from '../../completions/CompletionModel.js';

/** A turn that ended in calls, and the turns that tell their results. */
export function toChatTurns({ text, calls, parts }: ToolStep): OpenAI.ChatCompletionMessageParam[] {
  const extras = parts as readonly ChatTurnPart[];
  // Fields that the SDK does not know, of servers that want their thoughts and signatures back.
  const thoughts = extras.map(({ message }) => message).reduce((all, message) => ({ ...all, ...message }), {});
  return [
    {
      role: 'assistant',
      content: text.trim() === '' ? null : text,
      ...thoughts,
      tool_calls: calls.map(({ id, name, arguments: json }) => ({
        id,
        type: 'function',
        function: { name, arguments: json },
        ...extras.find(({ calls: known }) => known?.[id] !== undefined)?.calls?.[id],
      })),
    },
    ...calls.map(({ id, text: result, isError }) => ({
      role: 'tool' as const,
      tool_call_id: id,
      content: isError ? `Error: ${result}` : result,
    })),
  ];
}

/** The fields of a turn of the chat completions API, besides text and calls. */
export interface ChatTurnPart {
  /** Fields of the message. */
  readonly message?: Readonly<Record<string, unknown>>;
  /** Fields of calls, by the id of the call. */
  readonly calls?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Tools as the API has them. */
export function toChatTools(tools: readonly ToolSchema[], strict: boolean): OpenAI.ChatCompletionFunctionTool[] {
  return tools.map(({ name, description, schema }) => ({
    type: 'function',
    function: {
      name,
      ...(description !== undefined && { description }),
      parameters: schema,
      strict,
    },
  }));
}
