import type { Anthropic } from '@anthropic-ai/sdk';
import type { ToolSchema, ToolStep } from '../../completions/CompletionModel.js';

type Block = Anthropic.ContentBlockParam;

/** A turn that ended in calls, and the turn that tells their results. */
export function toMessageTurns({ text, calls, parts }: ToolStep): Anthropic.MessageParam[] {
  const whole = parts as readonly Block[];
  const isWhole = calls.every(({ id }) => whole.some((block) => block.type === 'tool_use' && block.id === id));
  const made: Block[] = [
    ...(text.trim() === '' ? [] : [{ type: 'text' as const, text }]),
    ...calls.map(({ id, name, arguments: json }) => ({
      type: 'tool_use' as const,
      id,
      name,
      input: JSON.parse(json) as object,
    })),
  ];
  const results = calls.map(({ id, text: content, isError }) => ({
    type: 'tool_result' as const,
    tool_use_id: id,
    content,
    ...(isError && { is_error: true }),
  }));
  return [
    { role: 'assistant', content: isWhole ? [...whole] : made },
    { role: 'user', content: results },
  ];
}

/** Tools as the API has them. */
export function toMessageTools(tools: readonly ToolSchema[]): Anthropic.Tool[] {
  return tools.map(({ name, description, schema }) => ({
    name,
    ...(description !== undefined && { description }),
    input_schema: { ...schema, type: 'object' },
  }));
}

/**
 * Tools by name only, for a request in which none may be called: the API takes a conversation with calls only where it
 * is told of tools.
 */
export function toCalledTools(messages: readonly Anthropic.MessageParam[]): Anthropic.Tool[] {
  const blocks = messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
  const names = new Set(blocks.flatMap((block) => (block.type === 'tool_use' ? [block.name] : [])));
  return [...names].map((name) => ({ name, input_schema: { type: 'object' } }));
}
