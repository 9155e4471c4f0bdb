import type { FinishReason } from './CompletionEvent.js';

/** Reasons after which the answer is not whole, whatever the server says later. */
const CUTS: ReadonlySet<FinishReason> = new Set(['length', 'content-filter', 'refusal', 'interrupted', 'paused']);

/**
 * The reason that counts when a server gives several: the later one, but a reason that cuts stays. Some servers close
 * every answer with a `stop`, also one that they have just cut.
 */
export function pickLastingReason(before: FinishReason | undefined, later: FinishReason): FinishReason {
  return before !== undefined && CUTS.has(before) && !CUTS.has(later) ? before : later;
}
