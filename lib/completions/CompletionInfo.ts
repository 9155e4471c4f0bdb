import type { FinishReason, UsageEvent } from './CompletionEvent.js';
import type { Message } from './Message.js';

/** Tokens spent, as the provider reports them. */
export type Usage = Omit<UsageEvent, 'type' | 'raw'>;

/** The facts about one request to a model. Times are in milliseconds. */
export interface AttemptInfo {
  /** Counted from 1. */
  readonly attempt: number;
  /** Which request of the attempt this was, where tools make an attempt take several. Counted from 1. */
  readonly step?: number;
  /** The model that wrote, as the provider says; before it has said so, the model that was asked. */
  readonly model?: string;
  /** The provider's name for the answer. */
  readonly id?: string;
  /** The request's id in the provider's logs, which its support asks for. */
  readonly requestId?: string;
  /** When the model was asked, as `Date.now()` counts. */
  readonly startedAt: number;
  /** From the question to the provider's first event. Absent where none came. */
  readonly firstEventAfter?: number;
  /** From the question to the end of the request. */
  readonly duration: number;
  /** All that was read: text, arguments of tools, reasoning and refusals, in UTF-16 code units. */
  readonly characters: number;
  /**
   * Why the model stopped; `'stopped'` where we ended the request before the model said why. Absent where the
   * connection ended or failed before.
   */
  readonly finishReason?: FinishReason | 'stopped';
  /** Absent where the provider reported none, which is the rule for an attempt that was stopped. */
  readonly usage?: Usage;
}

/** The facts about a completion, besides its answer. `T` is the provider's own type of a turn. */
export interface CompletionInfo<T = unknown> {
  /** The provider's name for the last answer. */
  readonly id?: string;
  /** The model that wrote the last answer. */
  readonly model?: string;
  /** Why the model stopped; absent where the connection ended, or was ended, after the answer but before the reason. */
  readonly finishReason?: FinishReason;
  /**
   * The sum over all attempts that reported their usage. Attempts that were stopped have seldom reported any: look for
   * those without `usage` in `attempts`.
   */
  readonly usage?: Usage;
  /** The model's own words: the answer's text, with whatever stood around its JSON. */
  readonly text: string;
  /**
   * The turns to append to the conversation before the next question, in the model's own form; neutral ones where the
   * model does not write any.
   */
  readonly messages: readonly (T | Message)[];
  /** Every request, oldest first. */
  readonly attempts: readonly AttemptInfo[];
}

/** The usage of several requests, as far as it was reported. */
export function sumUsage(usages: readonly (Usage | undefined)[]): Usage | undefined {
  return usages.reduce((sum, usage) => {
    if (sum === undefined || usage === undefined) return sum ?? usage;
    const counts = { ...sum, ...usage };
    for (const key of Object.keys(counts) as (keyof Usage)[]) counts[key] = (sum[key] ?? 0) + (usage[key] ?? 0);
    return counts;
  }, undefined);
}
