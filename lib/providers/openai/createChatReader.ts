import type { CompletionEvent, FinishReason, UsageEvent } from '../../completions/CompletionEvent.js';
import { pickLastingReason } from '../../completions/pickLastingReason.js';
import { ProviderError } from '../../completions/ProviderError.js';
import { toFinishReason } from '../../completions/toFinishReason.js';
import { keepObject, keepObjects, keepText } from '../keepObjects.js';
import { toUsage } from '../toUsage.js';
import { ChatCalls } from './ChatCalls.js';
import type { ChatChoice, ChatChunk, ChatContentPart, ChatMessage, ChatUsage } from './ChatChunk.js';
import { ChoiceIndexes } from './ChoiceIndexes.js';

/** Finish reasons that say the server failed, not that the model stopped. */
const FAILURES = new Set(['error', 'network_error', 'insufficient_system_resource']);

/** Strings by which servers say that the finish reason is still missing. */
const NO_REASON = new Set(['', 'null', 'none', 'None', 'undefined']);

/** A failure after the response had begun, if the SDK does not throw it by itself. */
function findFailure(chunk: ChatChunk, choices: readonly ChatChoice[]): unknown {
  const failed =
    chunk.object === 'error' || choices.some(({ finish_reason: reason }) => FAILURES.has(keepText(reason)));
  const errors = [chunk.error, ...choices.map(({ error }) => error)];
  return errors.find((error) => error !== undefined && error !== null) ?? (failed ? chunk : undefined);
}

/** Beside the choices, in a choice, or in a vendor's `x_` extension of the last chunk. */
function findUsage(chunk: ChatChunk, choices: readonly ChatChoice[]): ChatUsage | undefined {
  const usage = keepObject(chunk.usage) ?? choices.map((choice) => keepObject(choice.usage)).find((each) => each);
  if (usage || !choices.some(({ finish_reason: reason }) => typeof reason === 'string')) return usage;
  return Object.entries(chunk)
    .filter(([key]) => key.startsWith('x_'))
    .map(([, extension]) => keepObject((extension as { readonly usage?: ChatUsage } | null)?.usage))
    .find((each) => each !== undefined);
}

function toUsageEvent(usage: ChatUsage): UsageEvent {
  return toUsage(usage, {
    input: usage.prompt_tokens,
    output: usage.completion_tokens,
    cached: usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens,
    reasoning: usage.completion_tokens_details?.reasoning_tokens,
  });
}

/** Servers send the same thought under several names at once: the first that holds anything is taken. */
function findReasoning(message: ChatMessage): string {
  return (
    keepText(message.reasoning_content) ||
    keepText(message.reasoning) ||
    keepObjects(message.reasoning_details)
      .map(({ text, summary }) => keepText(text ?? summary))
      .join('')
  );
}

function readThought(thinking: ChatContentPart['thinking']): string {
  if (typeof thinking === 'string') return thinking;
  return keepObjects(thinking)
    .map(({ text }) => keepText(text))
    .join('');
}

/**
 * Reads the chunks of one chat completion. It is tolerant: it looks at the content of a chunk, whichever server sent
 * it.
 */
class ChatReader {
  readonly #indexes: ChoiceIndexes;
  readonly #calls = new ChatCalls();
  /** The server's id of the answer, if it has sent one. */
  #id = '';
  #model = '';
  /** Anything of the answer has come. */
  #isWritten = false;
  #word: string | undefined;
  #reason: FinishReason | undefined;

  constructor(asked: number) {
    this.#indexes = new ChoiceIndexes(asked);
  }

  *read(chunk: ChatChunk): Generator<CompletionEvent> {
    yield* this.#name(keepText(chunk.id), keepText(chunk.model));
    const choices = this.#indexes.read(keepObjects(chunk.choices));
    for (const choice of choices) yield* this.#readMessage(choice);
    const usage = findUsage(chunk, choices);
    if (usage) yield toUsageEvent(usage);
    for (const choice of choices) yield* this.#finish(keepText(choice.finish_reason));
    const failure = findFailure(chunk, choices);
    if (failure !== undefined) throw new ProviderError(failure);
  }

  /** Some servers say who they are late, or one thing at a time. */
  *#name(id: string, model: string): Generator<CompletionEvent> {
    if (!(id !== '' && this.#id === '') && !(model !== '' && this.#model === '')) return;
    this.#id ||= id;
    this.#model ||= model;
    yield { type: 'start', ...(this.#id && { id: this.#id }), ...(this.#model && { model: this.#model }) };
  }

  /** A whole message beside the deltas repeats them; alone it is the answer of a server that does not stream. */
  *#readMessage(choice: ChatChoice): Generator<CompletionEvent> {
    const message = keepObject(choice.delta) ?? (this.#isWritten ? undefined : keepObject(choice.message));
    if (message === undefined) return;
    for (const event of this.#readParts(message)) {
      this.#isWritten = true;
      yield event;
    }
  }

  *#readParts(message: ChatMessage): Generator<CompletionEvent> {
    const reasoning = findReasoning(message);
    if (reasoning !== '') yield { type: 'reasoning-delta', text: reasoning };
    yield* readContent(message.content);
    const refusal = keepText(message.refusal);
    if (refusal !== '') yield { type: 'refusal-delta', text: refusal };
    const calls = keepObjects(message.tool_calls);
    for (const call of calls) yield this.#calls.toEvent(call);
    const call = keepObject(message.function_call);
    // Beside the new form, the old one says the same.
    if (call !== undefined && calls.length === 0) yield this.#calls.toEvent({ index: 0, function: call });
  }

  *#finish(word: string): Generator<CompletionEvent> {
    if (NO_REASON.has(word) || word === this.#word) return;
    const reason = toFinishReason(word);
    // A `stop` after a reason that cuts takes nothing back.
    if (pickLastingReason(this.#reason, reason) !== reason) return;
    this.#word = word;
    this.#reason = reason;
    yield { type: 'finish', reason, raw: word };
  }
}

function* readContent(content: ChatMessage['content']): Generator<CompletionEvent> {
  if (typeof content === 'string') {
    if (content !== '') yield { type: 'text-delta', text: content };
    return;
  }
  for (const part of keepObjects(content)) {
    const thought = readThought(part.thinking);
    const text = keepText(part.text);
    const refusal = keepText(part.refusal);
    if (thought !== '') yield { type: 'reasoning-delta', text: thought };
    if (text !== '') yield { type: 'text-delta', text };
    if (refusal !== '') yield { type: 'refusal-delta', text: refusal };
  }
}

/**
 * Makes a reader of the chunks of one chat completion.
 *
 * @param asked How many choices were asked for; of several, choice 0 is read.
 * @returns A function from a chunk to its events, for one request.
 */
export function createChatReader(asked = Infinity): (chunk: ChatChunk) => Iterable<CompletionEvent> {
  const reader = new ChatReader(asked);
  return (chunk) => reader.read(chunk);
}
