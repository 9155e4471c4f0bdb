/** The longest that timers take. They would fire at once for more. */
const LONGEST_DELAY = 2 ** 31 - 1;

/**
 * Milliseconds as timers can wait for them: more than 24.8 days, `Infinity` included, are 24.8 days; `NaN` and
 * negatives are none.
 */
export function toDelay(milliseconds: number): number {
  return milliseconds > 0 ? Math.min(milliseconds, LONGEST_DELAY) : 0;
}
