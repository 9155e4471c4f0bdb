import type { CompletionEvent, FinishReason, UsageEvent } from './CompletionEvent.js';
import { lastingReason } from './lastingReason.js';

/** Tokens spent, summed over attempts. An attempt that was cut off may have been stopped before it reported any. */
export type Usage = Omit<UsageEvent, 'type' | 'raw'>;

/** What is known of a completion besides its answer. */
export interface CompletionInfo {
  /** The provider's name for the last answer. */
  readonly id?: string;
  /** The model that wrote the last answer. */
  readonly model?: string;
  /** Why the model stopped; absent where the connection ended, or was ended, after the answer but before the reason. */
  readonly finishReason?: FinishReason;
  readonly usage?: Usage;
}

/** Gathers {@link CompletionInfo} from the events of one attempt, on top of what the attempts before have spent. */
export function completionInfo(
  spent: Usage | undefined,
): (info: CompletionInfo, event: CompletionEvent) => CompletionInfo {
  return (info, event) => {
    switch (event.type) {
      case 'start': {
        const { id, model } = event;
        return { ...info, ...(id !== undefined && { id }), ...(model !== undefined && { model }) };
      }
      case 'usage': {
        const { type: _type, raw: _raw, ...usage } = event;
        return { ...info, usage: spent === undefined ? usage : sum(spent, usage) };
      }
      case 'finish':
        return { ...info, finishReason: lastingReason(info.finishReason, event.reason) };
      default:
        return info;
    }
  };
}

function sum(a: Usage, b: Usage): Usage {
  const counts = { ...a, ...b };
  for (const key of Object.keys(counts) as (keyof Usage)[]) counts[key] = (a[key] ?? 0) + (b[key] ?? 0);
  return counts;
}
