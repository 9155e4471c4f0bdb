/**
 * The kind of a failure, without secrets:
 *
 * - `refused`: the model declined; the message is its own words.
 * - `length`, `content-filter`, `interrupted`, `paused`, `other`: the answer was cut off, see
 *   {@link IncompleteCompletionError}.
 * - `timeout`: the model did not write for too long, or was not reached in time.
 * - `rate-limited`, `unavailable`: the provider is busy or down. It can be asked again, later.
 * - `internal`: anything else, a wrong key included.
 */
export const FAILURE_CODES = [
  'refused',
  'length',
  'content-filter',
  'interrupted',
  'paused',
  'other',
  'timeout',
  'rate-limited',
  'unavailable',
  'internal',
] as const;

export type FailureCode = (typeof FAILURE_CODES)[number];
