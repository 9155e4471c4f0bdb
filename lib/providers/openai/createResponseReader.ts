import type { CompletionEvent, UsageEvent } from '../../completions/CompletionEvent.js';
import { ProviderError } from '../../completions/ProviderError.js';
import { toFinishReason } from '../../completions/toFinishReason.js';
import { keepObject, keepObjects, keepText } from '../keepObjects.js';
import { toUsage } from '../toUsage.js';
import type { ResponseEvent, ResponseItem, ResponseState, ResponseUsage } from './ResponseEvent.js';
import { ResponseItems, type TrackedItem } from './ResponseItems.js';

function toUsageEvent(usage: ResponseUsage): UsageEvent {
  return toUsage(usage, {
    input: usage.input_tokens,
    output: usage.output_tokens,
    cached: usage.input_tokens_details?.cached_tokens,
    reasoning: usage.output_tokens_details?.reasoning_tokens,
  });
}

/** The kind of deltas, by the name of their event. */
const DELTAS: Readonly<Record<string, 'text' | 'tool' | 'reasoning' | 'refusal'>> = {
  'response.output_text.delta': 'text',
  'response.refusal.delta': 'refusal',
  'response.function_call_arguments.delta': 'tool',
  'response.custom_tool_call_input.delta': 'tool',
  'response.reasoning_text.delta': 'reasoning',
  'response.reasoning_summary_text.delta': 'reasoning',
  'response.reasoning.delta': 'reasoning',
};

const TERMINAL = /^response\.(completed|incomplete|failed|cancelled)$/;

/** Whether nothing that follows this event matters. */
export function endsResponse({ type, response }: ResponseEvent): boolean {
  return typeof type === 'string' && TERMINAL.test(type) && keepObject(response) !== undefined;
}

/** More of the text of an item. */
function toTextDelta({ isCommentary }: TrackedItem, text: string): CompletionEvent {
  return { type: 'text-delta', text, ...(isCommentary && { phase: 'commentary' as const }) };
}

/** Reads the events of one response. */
class ResponsesReader {
  readonly #items = new ResponseItems();
  /** The server's id of the response, if it has sent one. */
  #id = '';
  #model = '';
  /** A tool was called. */
  #hasCalled = false;

  *read(event: ResponseEvent): Generator<CompletionEvent> {
    const type = keepText(event.type);
    const response = keepObject(event.response);
    const item = keepObject(event.item);
    const kind = Object.hasOwn(DELTAS, type) ? DELTAS[type] : undefined;
    if (response !== undefined) yield* this.#name(keepText(response.id), keepText(response.model));

    if (kind !== undefined) yield* this.#readDelta(kind, event);
    else if (type === 'response.output_item.added' && item) yield* this.#announce(this.#items.begin(event, item), item);
    else if (type === 'response.output_item.done' && item) yield* this.#settle(this.#items.findItem(event, item), item);
    else if (type === 'error') throw new ProviderError(event);
    else if (response !== undefined && TERMINAL.test(type))
      yield* this.#end(response, keepText(response.status) || type.slice('response.'.length));
  }

  *#name(id: string, model: string): Generator<CompletionEvent> {
    if (!(id !== '' && this.#id === '') && !(model !== '' && this.#model === '')) return;
    this.#id ||= id;
    this.#model ||= model;
    yield { type: 'start', ...(this.#id && { id: this.#id }), ...(this.#model && { model: this.#model }) };
  }

  *#readDelta(kind: 'text' | 'tool' | 'reasoning' | 'refusal', event: ResponseEvent): Generator<CompletionEvent> {
    const text = keepText(event.delta);
    if (text === '') return;
    if (kind === 'reasoning') {
      yield { type: 'reasoning-delta', text };
      return;
    }
    const item = this.#items.findItem(event);
    item.isWritten = true;
    if (kind === 'text') yield toTextDelta(item, text);
    else if (kind === 'refusal') yield { type: 'refusal-delta', text };
    else yield { type: 'tool-delta', index: item.index, text };
  }

  /** A call whose result the model waits for: those of hosted tools are the provider's own affair. */
  *#announce(tracked: TrackedItem, item: ResponseItem): Generator<CompletionEvent> {
    if (!isToolCall(item) || tracked.isAnnounced) return;
    tracked.isAnnounced = true;
    this.#hasCalled = true;
    const id = keepText(item.call_id) || keepText(item.id);
    const name = keepText(item.name);
    yield { type: 'tool-delta', index: tracked.index, ...(id && { id }), ...(name && { name }), text: '' };
  }

  /** All that an item holds, for servers that do not write it in deltas. */
  *#settle(tracked: TrackedItem, item: ResponseItem): Generator<CompletionEvent> {
    yield* this.#announce(tracked, item);
    tracked.isDone = true;
    if (tracked.isWritten) return;
    tracked.isWritten = true;
    if (isToolCall(item)) {
      const text = item.arguments ?? item.input;
      if (typeof text === 'string') yield { type: 'tool-delta', index: tracked.index, text };
      else if (keepObject(text)) yield { type: 'tool-delta', index: tracked.index, text: JSON.stringify(text) };
    } else if (item.type === 'message') yield* this.#readContent(tracked, item.content);
  }

  *#readContent(tracked: TrackedItem, content: ResponseItem['content']): Generator<CompletionEvent> {
    if (typeof content === 'string') {
      if (content !== '') yield toTextDelta(tracked, content);
      return;
    }
    for (const part of keepObjects(content)) {
      const text = keepText(part.text);
      const refusal = keepText(part.refusal);
      if (text !== '') yield toTextDelta(tracked, text);
      if (refusal !== '') yield { type: 'refusal-delta', text: refusal };
    }
  }

  *#end(response: ResponseState, status: string): Generator<CompletionEvent> {
    const output = keepObjects(response.output);
    const tracked = this.#items.findInOutput(output);
    for (const [at, item] of output.entries()) {
      const known = tracked[at];
      if (known !== undefined) yield* this.#settle(known, item);
    }
    const usage = keepObject(response.usage);
    if (usage) yield toUsageEvent(usage);
    if (status === 'failed') throw new ProviderError(response.error ?? response);
    const word = keepText(keepObject(response.incomplete_details)?.reason) || status;
    const reason = word === 'completed' && this.#hasCalled ? 'tool-calls' : toFinishReason(word);
    yield { type: 'finish', reason, raw: word };
  }
}

function isToolCall({ type }: ResponseItem): boolean {
  return type === 'function_call' || type === 'custom_tool_call';
}

/**
 * Makes a reader of the events of one response.
 *
 * @returns A function from an event of the API to ours, for one request.
 */
export function createResponseReader(): (event: ResponseEvent) => Iterable<CompletionEvent> {
  const reader = new ResponsesReader();
  return (event) => reader.read(event);
}
