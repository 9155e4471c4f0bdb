import type { CompletionEvent, UsageEvent } from '../../completions/CompletionEvent.js';
import { ProviderError } from '../../completions/ProviderError.js';
import { toFinishReason } from '../../completions/toFinishReason.js';
import type { MessageBlock, MessageDelta, MessageEvent, MessageUsage } from './MessageEvent.js';

/** The API counts what came from its cache, and what went there, beside the input; here they are a part of it. */
function toUsageEvent(usage: MessageUsage): UsageEvent {
  const cached = usage.cache_read_input_tokens ?? undefined;
  const reasoning = usage.output_tokens_details?.thinking_tokens;
  return {
    type: 'usage',
    inputTokens: (usage.input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0) + (cached ?? 0),
    outputTokens: usage.output_tokens ?? 0,
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(typeof reasoning === 'number' && { reasoningTokens: reasoning }),
    raw: usage,
  };
}

/** A later report repeats some counts of the one before, and leaves others out or null. */
function merge(before: MessageUsage, after: MessageUsage): MessageUsage {
  return { ...before, ...Object.fromEntries(Object.entries(after).filter(([, count]) => count !== null)) };
}

/**
 * Makes a reader of the events of one message.
 *
 * @returns A function from an event of the API to ours, for one request.
 */
export function messageEvents(): (event: MessageEvent) => Iterable<CompletionEvent> {
  let usage: MessageUsage = {};
  /** Calls whose arguments have not come: by their index, the input they began with. */
  let silent = new Map<number, unknown>();
  /** Blocks that hold no part of the answer: tools that the provider itself runs. */
  let hosted = new Set<number>();

  function* start({ message }: MessageEvent): Iterable<CompletionEvent> {
    usage = message?.usage ?? {};
    silent = new Map();
    hosted = new Set();
    const { id, model } = message ?? {};
    yield { type: 'start', ...(id && { id }), ...(model && { model }) };
    if (message?.usage) yield toUsageEvent(usage);
  }

  function* startBlock(block: MessageBlock, index: number): Iterable<CompletionEvent> {
    const { type, id, name, text, thinking } = block;
    if (type === 'tool_use') {
      silent.set(index, block.input);
      yield { type: 'tool-delta', index, ...(id && { id }), ...(name && { name }), text: '' };
    } else if (type === 'text' && text) yield { type: 'text-delta', text };
    else if (type === 'thinking' && thinking) yield { type: 'reasoning-delta', text: thinking };
    else if (type !== 'text' && type !== 'thinking') hosted.add(index);
  }

  function* blockDelta(delta: MessageDelta, index: number): Iterable<CompletionEvent> {
    if (hosted.has(index)) return;
    if (delta.text) yield { type: 'text-delta', text: delta.text };
    if (delta.thinking) yield { type: 'reasoning-delta', text: delta.thinking };
    if (delta.partial_json) {
      silent.delete(index);
      yield { type: 'tool-delta', index, text: delta.partial_json };
    }
  }

  /** A tool called without arguments gets no delta, nor does one from a server that does not stream them. */
  function* stopBlock(index: number): Iterable<CompletionEvent> {
    if (!silent.has(index)) return;
    yield { type: 'tool-delta', index, text: JSON.stringify(silent.get(index) ?? {}) };
    silent.delete(index);
  }

  function* messageDelta({ delta, usage: later }: MessageEvent): Iterable<CompletionEvent> {
    if (later) {
      usage = merge(usage, later);
      yield toUsageEvent(usage);
    }
    const reason = delta?.stop_reason;
    const explanation = delta?.stop_details?.explanation;
    if (reason === 'refusal' && explanation) yield { type: 'refusal-delta', text: explanation };
    if (reason) yield { type: 'finish', reason: toFinishReason(reason), raw: reason };
  }

  return function* (event) {
    const index = event.index ?? 0;
    if (event.type === 'message_start') yield* start(event);
    else if (event.type === 'content_block_start') yield* startBlock(event.content_block ?? {}, index);
    else if (event.type === 'content_block_delta') yield* blockDelta(event.delta ?? {}, index);
    else if (event.type === 'content_block_stop') yield* stopBlock(index);
    else if (event.type === 'message_delta') yield* messageDelta(event);
    else if (event.type === 'error') throw new ProviderError(event);
  };
}
