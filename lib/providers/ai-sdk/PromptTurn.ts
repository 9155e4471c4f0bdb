import type { TurnPartEvent } from '../../completions/CompletionEvent.js';
import type { ToolSchema, ToolStep } from '../../completions/CompletionModel.js';
import { parseObject } from '../../completions/failedTurns.js';
import type { LanguageModelPart } from './AnyLanguageModel.js';
import type { PromptMessage, PromptPart } from './tellPrompt.js';

/** The fields of parts that belong into a turn, whatever the version. */
interface TurnPart extends LanguageModelPart {
  readonly id?: string;
  readonly delta?: string;
  readonly toolCallId?: string;
  readonly toolName?: string;
  readonly input?: string;
  readonly providerExecuted?: boolean;
  readonly providerMetadata?: unknown;
}

interface OpenText {
  readonly type: 'text' | 'reasoning';
  text: string;
  /** Thought signatures, ids of items: what the provider wants back. The last one counts. */
  metadata: unknown;
}

/** Puts the parts of one answer together as a provider of the AI SDK wants them sent back. One for each request. */
export class PromptTurn {
  readonly #open = new Map<string, OpenText>();

  *read(part: LanguageModelPart): Iterable<TurnPartEvent> {
    const { type, id = '', delta, providerMetadata }: TurnPart = part;
    const [, kind, what] = /^(text|reasoning)-(start|delta|end)$/.exec(type) ?? [];
    if (kind !== undefined) {
      const open = this.#open.get(`${kind} ${id}`) ?? { type: kind as OpenText['type'], text: '', metadata: undefined };
      open.text += what === 'delta' ? (delta ?? '') : '';
      open.metadata = providerMetadata ?? open.metadata;
      this.#open.set(`${kind} ${id}`, open);
      if (what === 'end') yield* this.#close(`${kind} ${id}`, open);
    } else if (type === 'tool-call') yield* this.#readCall(part);
  }

  *#close(key: string, { type, text, metadata }: OpenText): Iterable<TurnPartEvent> {
    this.#open.delete(key);
    if (text === '' && metadata === undefined) return;
    yield { type: 'turn-part', raw: { type, text, ...(metadata !== undefined && { providerOptions: metadata }) } };
  }

  *#readCall({ toolCallId, toolName, input, providerExecuted, providerMetadata }: TurnPart): Iterable<TurnPartEvent> {
    if (providerExecuted === true) return;
    const options = providerMetadata !== undefined && { providerOptions: providerMetadata };
    yield {
      type: 'turn-part',
      raw: { type: 'tool-call', toolCallId, toolName, input: parseObject(input ?? '') ?? {}, ...options },
    };
  }
}

/** A turn that ended in calls, and the turn that tells their results. */
export function toPromptTurns({ text, calls, parts }: ToolStep): PromptMessage[] {
  const whole = parts as readonly PromptPart[];
  const isWhole = calls.every(({ id }) => whole.some((part) => part.type === 'tool-call' && part.toolCallId === id));
  const made: PromptPart[] = [
    ...(text.trim() === '' ? [] : [{ type: 'text' as const, text }]),
    ...calls.map(({ id, name, arguments: json }) => ({
      type: 'tool-call' as const,
      toolCallId: id,
      toolName: name,
      input: JSON.parse(json) as unknown,
    })),
  ];
  return [
    { role: 'assistant', content: isWhole ? whole : made },
    {
      role: 'tool',
      content: calls.map(({ id, name, text: value, isError }) => ({
        type: 'tool-result',
        toolCallId: id,
        toolName: name,
        output: { type: isError ? 'error-text' : 'text', value },
      })),
    },
  ];
}

/** Tools as the AI SDK has them. */
export function toPromptTools(tools: readonly ToolSchema[], strict: boolean): object[] {
  return tools.map(({ name, description, schema }) => ({
    type: 'function',
    name,
    ...(description !== undefined && { description }),
    inputSchema: schema,
    ...(strict && { strict }),
  }));
}
