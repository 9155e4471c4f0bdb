import type { CompletionEvent, UsageEvent } from '../../completions/CompletionEvent.js';
import { ProviderError } from '../../completions/ProviderError.js';
import { toFinishReason } from '../../completions/toFinishReason.js';
import type { ResponseEvent, ResponseItem, ResponseState, ResponseUsage } from './ResponseEvent.js';

function toUsageEvent(usage: ResponseUsage): UsageEvent {
  const cached = usage.input_tokens_details?.cached_tokens;
  const reasoning = usage.output_tokens_details?.reasoning_tokens;
  return {
    type: 'usage',
    inputTokens: usage.input_tokens ?? 0,
    outputTokens: usage.output_tokens ?? 0,
    ...(typeof cached === 'number' && { cachedInputTokens: cached }),
    ...(typeof reasoning === 'number' && { reasoningTokens: reasoning }),
    raw: usage,
  };
}

/** A call whose result the model waits for: those of hosted tools are the provider's own affair. */
function isToolCall({ type }: ResponseItem): boolean {
  return type === 'function_call' || type === 'custom_tool_call';
}

/** All that an item holds, for servers that do not write it in deltas. */
function* wholeItem(item: ResponseItem, index: number): Iterable<CompletionEvent> {
  if (isToolCall(item)) {
    const text = item.arguments ?? item.input;
    if (typeof text === 'string') yield { type: 'tool-delta', index, text };
  } else if (item.type === 'message' && typeof item.content !== 'string') {
    for (const { text, refusal } of item.content ?? []) {
      if (text) yield { type: 'text-delta', text };
      if (refusal) yield { type: 'refusal-delta', text: refusal };
    }
  }
}

/** What deltas are of, by the name of their event. */
const DELTAS: Readonly<Record<string, 'text' | 'tool' | 'reasoning' | 'refusal'>> = {
  'response.output_text.delta': 'text',
  'response.refusal.delta': 'refusal',
  'response.function_call_arguments.delta': 'tool',
  'response.custom_tool_call_input.delta': 'tool',
  'response.reasoning_text.delta': 'reasoning',
  'response.reasoning_summary_text.delta': 'reasoning',
  'response.reasoning.delta': 'reasoning',
};

/**
 * Makes a reader of the events of one response.
 *
 * @returns A function from an event of the API to ours, for one request.
 */
export function responseEvents(): (event: ResponseEvent) => Iterable<CompletionEvent> {
  let started = false;
  let called = false;
  /** Output items of which a delta has come: what is whole at their end repeats it. */
  const written = new Set<number>();
  const announced = new Set<number>();

  function* start(response: ResponseState): Iterable<CompletionEvent> {
    const { id, model } = response;
    if (started || (!id && !model)) return;
    started = true;
    yield { type: 'start', ...(id && { id }), ...(model && { model }) };
  }

  function* announce(item: ResponseItem, index: number): Iterable<CompletionEvent> {
    if (!isToolCall(item) || announced.has(index)) return;
    announced.add(index);
    called = true;
    const { call_id: id, name } = item;
    yield { type: 'tool-delta', index, ...(id && { id }), ...(name && { name }), text: '' };
  }

  function* settle(item: ResponseItem, index: number): Iterable<CompletionEvent> {
    yield* announce(item, index);
    if (written.has(index)) return;
    written.add(index);
    yield* wholeItem(item, index);
  }

  function* end(response: ResponseState, status: string): Iterable<CompletionEvent> {
    for (const [index, item] of (response.output ?? []).entries()) yield* settle(item, index);
    if (response.usage) yield toUsageEvent(response.usage);
    if (status === 'failed') throw new ProviderError(response.error ?? response);
    const word = response.incomplete_details?.reason ?? status;
    yield { type: 'finish', reason: word === 'completed' && called ? 'tool-calls' : toFinishReason(word), raw: word };
  }

  return function* (event) {
    const { type, response, item, delta } = event;
    const index = event.output_index ?? 0;
    const kind = DELTAS[type];
    if (response) yield* start(response);

    if (kind !== undefined && typeof delta === 'string') {
      if (kind !== 'reasoning') written.add(index);
      yield kind === 'tool' ? { type: 'tool-delta', index, text: delta } : { type: `${kind}-delta`, text: delta };
    } else if (type === 'response.output_item.added' && item) yield* announce(item, index);
    else if (type === 'response.output_item.done' && item) yield* settle(item, index);
    else if (type === 'error') throw new ProviderError(event);
    else if (response && /^response\.(completed|incomplete|failed|cancelled)$/.test(type))
      yield* end(response, response.status ?? type.slice('response.'.length));
  };
}
