/**
 * How many retries a number asks for: `NaN` and negatives none, a fraction those that it has in full, `Infinity` as
 * many as it takes.
 *
 * `Number(process.env.UNSET)` is `NaN`, and must not ask without end.
 */
export function countRetries(count: number): number {
  return count >= 1 ? Math.floor(count) : 0;
}
