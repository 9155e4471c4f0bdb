import type { CompletionEvent, UsageEvent } from '../../completions/CompletionEvent.js';
import { ProviderError } from '../../completions/ProviderError.js';
import { toFinishReason } from '../../completions/toFinishReason.js';
import { keepCount, keepObject, keepText } from '../keepObjects.js';
import { toUsage } from '../toUsage.js';
import type { MessageBlock, MessageDelta, MessageEvent, MessageUsage } from './MessageEvent.js';

/** The API counts what came from its cache, and what went there, beside the input; here they are a part of it. */
function toUsageEvent(usage: MessageUsage): UsageEvent {
  const { input_tokens, cache_creation_input_tokens, cache_read_input_tokens: cached } = usage;
  const parts = [input_tokens, cache_creation_input_tokens, cached].map((part) => keepCount(part) ?? 0);
  return toUsage(usage, {
    input: parts.reduce((sum, part) => sum + part),
    output: usage.output_tokens,
    cached,
    reasoning: usage.output_tokens_details?.thinking_tokens,
  });
}

/** A later report repeats some counts of the one before, and leaves others out or null. */
function merge(before: MessageUsage, after: MessageUsage): MessageUsage {
  return { ...before, ...Object.fromEntries(Object.entries(after).filter(([, count]) => count !== null)) };
}

/** Reads the events of one message. */
class MessageReader {
  #usage: MessageUsage = {};
  /** Calls whose arguments have not come: by their index, their id and the input they began with. */
  #silent = new Map<number, { readonly id: string; readonly input: unknown }>();
  /** Blocks that hold no part of the answer: tools that the provider itself runs. */
  #hosted = new Set<number>();

  read(event: MessageEvent): Iterable<CompletionEvent> {
    const index = typeof event.index === 'number' ? event.index : 0;
    switch (event.type) {
      case 'message_start':
        return this.#start(event);
      case 'content_block_start':
        return this.#startBlock(keepObject(event.content_block) ?? {}, index);
      case 'content_block_delta':
        return this.#readBlockDelta(keepObject(event.delta) ?? {}, index);
      case 'content_block_stop':
        return this.#stopBlock(index);
      case 'message_delta':
        return this.#readMessageDelta(event);
      case 'error':
        throw new ProviderError(event);
      default:
        return [];
    }
  }

  *#start(event: MessageEvent): Generator<CompletionEvent> {
    const message = keepObject(event.message);
    const usage = keepObject(message?.usage);
    const id = keepText(message?.id);
    const model = keepText(message?.model);
    this.#usage = usage ?? {};
    this.#silent = new Map();
    this.#hosted = new Set();
    yield { type: 'start', ...(id && { id }), ...(model && { model }) };
    if (usage) yield toUsageEvent(usage);
  }

  *#startBlock({ type, input, ...block }: MessageBlock, index: number): Generator<CompletionEvent> {
    const text = keepText(block.text);
    const thinking = keepText(block.thinking);
    // A server may give all its blocks one index.
    this.#hosted.delete(index);
    if (type === 'tool_use') {
      const id = keepText(block.id);
      const name = keepText(block.name);
      // The same block may begin twice.
      if (id === '' || this.#silent.get(index)?.id !== id) yield* this.#stopBlock(index);
      this.#silent.set(index, { id, input });
      yield { type: 'tool-delta', index, ...(id && { id }), ...(name && { name }), text: '' };
    } else if (type === 'text') {
      if (text !== '') yield { type: 'text-delta', text };
    } else if (type === 'thinking') {
      if (thinking !== '') yield { type: 'reasoning-delta', text: thinking };
    } else this.#hosted.add(index);
  }

  *#readBlockDelta(delta: MessageDelta, index: number): Generator<CompletionEvent> {
    if (this.#hosted.has(index)) return;
    const text = keepText(delta.text);
    const thinking = keepText(delta.thinking);
    const json = keepText(delta.partial_json);
    if (text !== '') yield { type: 'text-delta', text };
    if (thinking !== '') yield { type: 'reasoning-delta', text: thinking };
    if (json === '') return;
    this.#silent.delete(index);
    yield { type: 'tool-delta', index, text: json };
  }

  /** A tool called without arguments gets no delta, nor does one from a server that does not stream them. */
  *#stopBlock(index: number): Generator<CompletionEvent> {
    const silent = this.#silent.get(index);
    if (silent === undefined) return;
    yield { type: 'tool-delta', index, text: JSON.stringify(silent.input ?? {}) };
    this.#silent.delete(index);
  }

  *#readMessageDelta({ delta, usage: later }: MessageEvent): Generator<CompletionEvent> {
    if (keepObject(later)) {
      this.#usage = merge(this.#usage, later ?? {});
      yield toUsageEvent(this.#usage);
    }
    const reason = keepText(keepObject(delta)?.stop_reason);
    const explanation = keepText(keepObject(delta?.stop_details)?.explanation);
    if (reason === '') return;
    // The message is over; that its last block is too goes without saying for some servers.
    for (const index of [...this.#silent.keys()]) yield* this.#stopBlock(index);
    if (reason === 'refusal' && explanation !== '') yield { type: 'refusal-delta', text: explanation };
    yield { type: 'finish', reason: toFinishReason(reason), raw: reason };
  }
}

/**
 * Makes a reader of the events of one message.
 *
 * @returns A function from an event of the API to ours, for one request.
 */
export function createMessageReader(): (event: MessageEvent) => Iterable<CompletionEvent> {
  const reader = new MessageReader();
  return (event) => reader.read(event);
}
