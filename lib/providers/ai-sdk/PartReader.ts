import type { CompletionEvent, FinishReason, UsageEvent } from '../../completions/CompletionEvent.js';
import { ProviderError } from '../../completions/ProviderError.js';
import { pickLastingReason } from '../../completions/pickLastingReason.js';
import { toFinishReason } from '../../completions/toFinishReason.js';
import type { LanguageModelPart } from './AnyLanguageModel.js';
import { keepCount } from '../keepObjects.js';
import { toUsage } from '../toUsage.js';
import { readRawFacts } from './readRawFacts.js';

/** Tokens of one kind: a number in V2, by what they were spent on in V3 and V4. */
type Tokens =
  number | { readonly total?: number; readonly cacheRead?: number; readonly reasoning?: number } | null | undefined;

interface PartUsage {
  readonly inputTokens?: Tokens;
  readonly outputTokens?: Tokens;
  readonly cachedInputTokens?: number;
  readonly reasoningTokens?: number;
}

/** A word in V2; in V3 and V4 the AI SDK's word, and the provider's own. */
type PartFinish = string | { readonly unified: string; readonly raw?: string };

/** The parts that are read here. `delta` and `id` are those of V2, V3 and V4 alike. */
type KnownPart =
  | { readonly type: 'raw'; readonly rawValue: unknown }
  | { readonly type: 'response-metadata'; readonly id?: string; readonly modelId?: string }
  | { readonly type: 'text-delta' | 'reasoning-delta'; readonly delta: string }
  | {
      readonly type: 'tool-input-start';
      readonly id: string;
      readonly toolName: string;
      readonly providerExecuted?: boolean;
    }
  | { readonly type: 'tool-input-delta'; readonly id: string; readonly delta: string }
  | {
      readonly type: 'tool-call';
      readonly toolCallId: string;
      readonly toolName: string;
      readonly input: unknown;
      readonly providerExecuted?: boolean;
    }
  | { readonly type: 'error'; readonly error: unknown }
  | { readonly type: 'finish'; readonly finishReason: PartFinish; readonly usage?: PartUsage };

/** The AI SDK's words that say why the model stopped. Others may also mean that the connection did. */
const REASONS: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool-calls',
  'content-filter': 'content-filter',
};

/** Reads the parts of one answer of a model of the AI SDK. */
export class PartReader {
  #isNamed = false;
  /** Words of a refusal that the provider is about to repeat as text. Set by a raw chunk, cleared by that text. */
  #repeated = '';
  #hasRefused = false;
  /** The API's own word for why it stopped, where a raw chunk had it. */
  #finish: string | undefined;
  /** Calls by their ids: their place among the calls, and whether any of their arguments have come. */
  readonly #calls = new Map<string, { readonly index: number; hasText: boolean }>();
  /** How many calls have begun: an id may come twice. */
  #begun = 0;
  /** Ids of calls that the provider itself answers. */
  readonly #hosted = new Set<string>();

  *read(unknown: LanguageModelPart): Generator<CompletionEvent, void> {
    const part = unknown as KnownPart;
    switch (part.type) {
      case 'raw':
        return yield* this.#readRaw(part.rawValue);
      case 'response-metadata': {
        const { id, modelId: model } = part;
        if (this.#isNamed || (!id && !model)) return;
        this.#isNamed = true;
        yield { type: 'start', ...(id && { id }), ...(model && { model }) };
        return;
      }
      case 'text-delta': {
        const text = this.#withoutRefusal(part.delta);
        if (text !== '') yield { type: 'text-delta', text };
        return;
      }
      case 'reasoning-delta':
        if (part.delta !== '') yield { type: 'reasoning-delta', text: part.delta };
        return;
      case 'tool-input-start':
        if (part.providerExecuted === true) this.#hosted.add(part.id);
        else yield this.#startCall(part.id, part.toolName, '');
        return;
      case 'tool-input-delta':
        return yield* this.#readCallDelta(part.id, part.delta);
      case 'tool-call':
        return yield* this.#readWholeCall(part);
      case 'error':
        // It says no more than that the connection ended: so does an answer without an end.
        if (isWithoutFinish(part.error)) return;
        // A chunk that the provider's package cannot read does not matter once the API has said that the answer is over.
        if (this.#finish !== undefined && isUnknownChunk(part.error)) return;
        throw part.error instanceof Error ? part.error : new ProviderError(part.error);
      case 'finish':
        return yield* this.#end(part);
    }
  }

  *#readRaw(value: unknown): Generator<CompletionEvent, void> {
    const { refusal, finish, failed } = readRawFacts(value);
    if (failed) throw new ProviderError(value);
    this.#finish = finish ?? this.#finish;
    if (refusal === undefined) return;
    this.#hasRefused = true;
    this.#repeated += refusal;
    if (refusal !== '') yield { type: 'refusal-delta', text: refusal };
  }

  /** Most providers tell a refusal as text, right after the raw chunk that had it. */
  #withoutRefusal(delta: string): string {
    if (this.#repeated === '' || delta === '') return delta;
    const at = delta.endsWith(this.#repeated) ? delta.length - this.#repeated.length : 0;
    if (at === 0 && !this.#repeated.startsWith(delta)) return delta;
    this.#repeated = this.#repeated.slice(delta.length - at);
    return delta.slice(0, at);
  }

  #startCall(id: string, name: string, text: string): CompletionEvent {
    const index = this.#begun++;
    this.#calls.set(id, { index, hasText: text !== '' });
    return { type: 'tool-delta', index, ...(id && { id }), name, text };
  }

  *#readCallDelta(id: string, text: string): Generator<CompletionEvent, void> {
    const call = this.#calls.get(id);
    if (call === undefined || text === '') return;
    call.hasText = true;
    yield { type: 'tool-delta', index: call.index, text };
  }

  /** Repeats what the deltas said; without any, it is all there is. */
  *#readWholeCall(part: Extract<KnownPart, { type: 'tool-call' }>): Generator<CompletionEvent, void> {
    const { toolCallId: id, toolName, input } = part;
    if (part.providerExecuted === true || this.#hosted.has(id)) return;
    const call = this.#calls.get(id);
    if (call?.hasText === true) return;
    const text = typeof input === 'string' ? input : JSON.stringify(input ?? {});
    if (call === undefined) yield this.#startCall(id, toolName, text);
    else yield* this.#readCallDelta(id, text);
  }

  *#end(part: Extract<KnownPart, { type: 'finish' }>): Generator<CompletionEvent, void> {
    const usage = toUsageEvent(part.usage);
    if (usage !== undefined) yield usage;
    const { finishReason } = part;
    const unified = typeof finishReason === 'string' ? finishReason : finishReason.unified;
    const word = this.#finish ?? (typeof finishReason === 'string' ? undefined : finishReason.raw);
    const hasRefused = this.#hasRefused || (unified === 'content-filter' && word === 'refusal');
    // Without a known word, and one of the API's own, nothing but the connection has ended.
    const own = word === undefined ? undefined : toFinishReason(word);
    const known = REASONS[unified] ?? own;
    // Some providers say of every answer with calls that it ended in calls, also where the API says that it was cut.
    const reason = hasRefused ? 'refusal' : known && pickLastingReason(own, known);
    if (reason !== undefined) yield { type: 'finish', reason, raw: word ?? unified };
  }
}

function isWithoutFinish(error: unknown): boolean {
  return error instanceof Error && error.name === 'AI_InvalidResponseDataError' && /finish reason/i.test(error.message);
}

function isUnknownChunk(error: unknown): boolean {
  return error instanceof Error && error.name === 'AI_TypeValidationError';
}

function toUsageEvent(usage: PartUsage | undefined): UsageEvent | undefined {
  const { inputTokens: input, outputTokens: output } = usage ?? {};
  const counts = {
    input: keepCount(typeof input === 'object' ? input?.total : input),
    output: keepCount(typeof output === 'object' ? output?.total : output),
    cached: typeof input === 'object' ? input?.cacheRead : usage?.cachedInputTokens,
    reasoning: typeof output === 'object' ? output?.reasoning : usage?.reasoningTokens,
  };
  return counts.input === undefined && counts.output === undefined ? undefined : toUsage(usage, counts);
}
