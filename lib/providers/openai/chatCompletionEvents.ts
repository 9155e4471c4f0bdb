import type { CompletionEvent, ToolDeltaEvent, UsageEvent } from '../../completions/CompletionEvent.js';
import { ProviderError } from '../../completions/ProviderError.js';
import { toFinishReason } from '../../completions/toFinishReason.js';
import type { ChatChoice, ChatChunk, ChatContentPart, ChatMessage, ChatToolCall, ChatUsage } from './ChatChunk.js';

/** Finish reasons that say the server failed, not that the model stopped. */
const FAILURES = new Set(['error', 'network_error', 'insufficient_system_resource']);

/** What went wrong after the response had begun, where the SDK does not throw it by itself. */
function failureOf(chunk: ChatChunk, choice: ChatChoice | undefined): unknown {
  const failed = chunk.object === 'error' || FAILURES.has(choice?.finish_reason ?? '');
  return chunk.error ?? choice?.error ?? (failed ? chunk : undefined);
}

/** Beside the choices, in the choice, or in a vendor's `x_` extension of the last chunk. */
function usageOf(chunk: ChatChunk, choice: ChatChoice | undefined): ChatUsage | undefined {
  const usage = chunk.usage ?? choice?.usage;
  if (usage || typeof choice?.finish_reason !== 'string') return usage ?? undefined;
  return Object.entries(chunk)
    .filter(([key]) => key.startsWith('x_'))
    .map(([, extension]) => (extension as { readonly usage?: ChatUsage } | null)?.usage)
    .find((each) => each !== undefined);
}

function toUsageEvent(usage: ChatUsage): UsageEvent {
  const cached = usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens;
  return {
    type: 'usage',
    inputTokens: usage.prompt_tokens ?? 0,
    outputTokens: usage.completion_tokens ?? 0,
    ...(typeof cached === 'number' && { cachedInputTokens: cached }),
    ...(typeof reasoning === 'number' && { reasoningTokens: reasoning }),
    raw: usage,
  };
}

/** Servers send the same thought under several names at once: the first that holds anything is taken. */
function reasoningOf(message: ChatMessage): string {
  const details = message.reasoning_details ?? [];
  return (
    message.reasoning_content || message.reasoning || details.map(({ text, summary }) => text ?? summary ?? '').join('')
  );
}

function* contentEvents(content: ChatMessage['content']): Iterable<CompletionEvent> {
  if (typeof content === 'string') {
    if (content !== '') yield { type: 'text-delta', text: content };
    return;
  }
  for (const part of content ?? []) {
    const { text, refusal } = part;
    const thought = textIn(part.thinking);
    if (thought) yield { type: 'reasoning-delta', text: thought };
    if (text) yield { type: 'text-delta', text };
    if (refusal) yield { type: 'refusal-delta', text: refusal };
  }
}

function textIn(thinking: ChatContentPart['thinking']): string {
  return typeof thinking === 'string' ? thinking : (thinking ?? []).map(({ text }) => text ?? '').join('');
}

/** Gives every call an index, also where the server leaves it out. */
function toolDeltas(): (call: ChatToolCall) => ToolDeltaEvent {
  const indexes = new Map<string, number>();
  let last = -1;

  const indexOf = (call: ChatToolCall): number => {
    if (typeof call.index === 'number') return call.index;
    if (call.id) return indexes.get(call.id) ?? last + 1;
    return call.function?.name || last === -1 ? last + 1 : last;
  };

  return (call) => {
    const index = indexOf(call);
    last = Math.max(last, index);
    const { id } = call;
    const name = call.function?.name;
    const args = call.function?.arguments ?? '';
    if (id) indexes.set(id, index);
    return {
      type: 'tool-delta',
      index,
      ...(id && { id }),
      ...(name && { name }),
      text: typeof args === 'string' ? args : JSON.stringify(args),
    };
  };
}

/**
 * Makes a reader of the chunks of one chat completion. It is tolerant: it asks what a chunk holds, never who sent it.
 *
 * @returns A function from a chunk to its events, for one request.
 */
export function chatCompletionEvents(): (chunk: ChatChunk) => Iterable<CompletionEvent> {
  const toToolDelta = toolDeltas();
  let started = false;
  let written = false;
  let finish: string | undefined;

  function* messageEvents(message: ChatMessage): Iterable<CompletionEvent> {
    const reasoning = reasoningOf(message);
    if (reasoning) yield { type: 'reasoning-delta', text: reasoning };
    yield* contentEvents(message.content);
    if (message.refusal) yield { type: 'refusal-delta', text: message.refusal };
    for (const call of message.tool_calls ?? []) yield toToolDelta(call);
    if (message.function_call) yield toToolDelta({ index: 0, function: message.function_call });
  }

  return function* (chunk) {
    const { id, model } = chunk;
    if (!started && (id || model)) {
      started = true;
      yield { type: 'start', ...(id && { id }), ...(model && { model }) };
    }

    const choice = chunk.choices?.find(({ index }) => (index ?? 0) === 0);
    // A whole message beside the deltas repeats them; alone it is the answer of a server that does not stream.
    const message = choice?.delta ?? (written ? undefined : choice?.message);
    if (message) {
      for (const event of messageEvents(message)) {
        written = true;
        yield event;
      }
    }

    const usage = usageOf(chunk, choice);
    if (usage) yield toUsageEvent(usage);
    const reason = choice?.finish_reason;
    if (reason && reason !== finish) {
      finish = reason;
      yield { type: 'finish', reason: toFinishReason(reason), raw: reason };
    }
    const failure = failureOf(chunk, choice);
    if (failure !== undefined && failure !== null) throw new ProviderError(failure);
  };
}
