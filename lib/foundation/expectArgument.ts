import { describeValue } from './describeValue.js';

/**
 * Throws where JavaScript has passed what the types forbid, before something deep within fails at it.
 *
 * @param caller The public function that was called.
 * @param expected In a few words: "a function", "{ input, run }".
 * @throws TypeError
 */
export function expectArgument(caller: string, isRight: boolean, expected: string, given: unknown): void {
  if (!isRight) throw new TypeError(`${caller}: expected ${expected}, got ${describeValue(given)}`);
}

/** An object of options, which may be left out but not be `null` or a word. */
export function expectOptions(caller: string, given: unknown): void {
  expectArgument(caller, typeof given === 'object' && given !== null, 'an object of options', given);
}

export function expectFunction(caller: string, expected: string, given: unknown): void {
  expectArgument(caller, typeof given === 'function', expected, given);
}

/** Whether a value is an object with a function of this name. */
export function hasMethod(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function';
}
