/** An id for a call without one. Nine letters and digits: the strictest rule for ids in use. */
export function makeUpId(step: number, nth: number): string {
  return `call${String(step).padStart(2, '0')}${String(nth).padStart(3, '0')}`;
}
