/**
 * The reason why a model's answer ended, in one vocabulary for all providers. Only after `stop` and `tool-calls` is
 * an answer complete; `interrupted`: the server broke off, `paused`: it wants to be asked to go on.
 */
export type FinishReason =
  'stop' | 'length' | 'content-filter' | 'tool-calls' | 'refusal' | 'interrupted' | 'paused' | 'other';

/**
 * The provider's id of the answer, and the model that really writes it. Some providers do not send them, and some only
 * at the end. A later start that adds a name which was missing is naming, too; any other says that the answer begins
 * anew.
 */
export interface StartEvent {
  readonly type: 'start';
  readonly id?: string;
  readonly model?: string;
  /** The request's id, from the headers of the response. The provider's support asks for it. */
  readonly requestId?: string;
  /** Headers of the HTTP response, in lower case: rate limits, processing times. Without cookies. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** More of the answer's text. */
export interface TextDeltaEvent {
  readonly type: 'text-delta';
  readonly text: string;
  /** Set for text on the way to the answer, if the provider marks it: {@link textDeltas} skips it. */
  readonly phase?: 'commentary';
}

/**
 * More of one tool call's arguments. `index` tells the calls of one answer apart; `id` and `name` come when the
 * provider sends them, usually with the first delta only. `text` may be empty.
 */
export interface ToolDeltaEvent {
  readonly type: 'tool-delta';
  readonly index: number;
  readonly id?: string;
  readonly name?: string;
  readonly text: string;
}

/** More of the reasoning before the answer. Never part of the answer. */
export interface ReasoningDeltaEvent {
  readonly type: 'reasoning-delta';
  readonly text: string;
}

/** More of the words with which the model declines to answer. */
export interface RefusalDeltaEvent {
  readonly type: 'refusal-delta';
  readonly text: string;
}

/** Tokens spent so far. Where a provider reports more than once, a later report replaces the earlier one. */
export interface UsageEvent {
  readonly type: 'usage';
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Part of `inputTokens` that came from the provider's cache. */
  readonly cachedInputTokens?: number;
  /** Part of `outputTokens` spent on reasoning. */
  readonly reasoningTokens?: number;
  /** The provider's own object. */
  readonly raw: unknown;
}

/**
 * A finished part of the model's turn in the provider's own form, to be sent back with the results of its calls: a
 * thought with its signature, a reasoning item, a call. Only where the model was asked with tools.
 */
export interface TurnPartEvent {
  readonly type: 'turn-part';
  readonly raw: unknown;
}

/** The model stopped, and why. A stream without one was interrupted. */
export interface FinishEvent {
  readonly type: 'finish';
  readonly reason: FinishReason;
  /** The provider's own word for it. */
  readonly raw: unknown;
}

/** Something that happens while a model answers, the same for every provider. */
export type CompletionEvent =
  | StartEvent
  | TextDeltaEvent
  | ToolDeltaEvent
  | ReasoningDeltaEvent
  | RefusalDeltaEvent
  | UsageEvent
  | FinishEvent
  | TurnPartEvent;
