import type { OpenAI } from 'openai';
import type { ToolSchema, ToolStep } from '../../completions/CompletionModel.js';

type Item = OpenAI.Responses.ResponseInputItem;

/**
 * A turn that ended in calls, as items, and the results of the calls.
 *
 * @param isStored Whether the provider keeps its responses: if not, it knows a reasoning item only by its encrypted
 * content, and does not take one without.
 */
export function toResponseTurns({ text, calls, parts }: ToolStep, isStored: boolean): Item[] {
  const isKnown = (item: Item): boolean => isStored || item.type !== 'reasoning' || Boolean(item.encrypted_content);
  const whole = parts as readonly Item[];
  const toCall = (id: string): Item | undefined =>
    whole.find((item) => (item.type === 'function_call' || item.type === 'custom_tool_call') && item.call_id === id);
  const made: Item[] = [
    ...(text.trim() === '' ? [] : [{ role: 'assistant' as const, content: text }]),
    ...calls.map(({ id, name, arguments: json }) => ({
      type: 'function_call' as const,
      call_id: id,
      name,
      arguments: json,
    })),
  ];
  return [
    ...(calls.every(({ id }) => toCall(id) !== undefined) ? whole.filter(isKnown) : made),
    ...calls.map(({ id, text: result, isError }): Item => ({
      type: toCall(id)?.type === 'custom_tool_call' ? 'custom_tool_call_output' : 'function_call_output',
      call_id: id,
      output: isError ? `Error: ${result}` : result,
    })),
  ];
}

/** Tools as the API has them. */
export function toResponseTools(tools: readonly ToolSchema[], strict: boolean): OpenAI.Responses.FunctionTool[] {
  return tools.map(({ name, description, schema }) => ({
    type: 'function',
    name,
    ...(description !== undefined && { description }),
    parameters: schema,
    strict,
  }));
}
