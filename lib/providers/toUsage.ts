import type { UsageEvent } from '../completions/CompletionEvent.js';
import { keepCount } from './keepObjects.js';

/** Tokens as an API counts them: numbers, where the server keeps to it. */
interface Counts {
  readonly input: unknown;
  readonly output: unknown;
  readonly cached?: unknown;
  readonly reasoning?: unknown;
}

/** The usage that an API reports. What it does not count of input and output is 0. */
export function toUsage(raw: unknown, { input, output, cached, reasoning }: Counts): UsageEvent {
  const cachedInputTokens = keepCount(cached);
  const reasoningTokens = keepCount(reasoning);
  return {
    type: 'usage',
    inputTokens: keepCount(input) ?? 0,
    outputTokens: keepCount(output) ?? 0,
    ...(cachedInputTokens !== undefined && { cachedInputTokens }),
    ...(reasoningTokens !== undefined && { reasoningTokens }),
    raw,
  };
}
