/** Whether two types are the same, not only assignable to each other. */
export type Same<A, B> = Exactly<A> extends Exactly<B> ? true : false;

// The compiler compares two conditional types with a deferred check only if what they extend is identical.
type Exactly<A> = <T>() => T extends A ? 1 : 2;

/** Compiles if the actual value's type is exactly the expected one: `expectType<Expected>()(actual)`. */
export function expectType<Expected>() {
  return <Actual>(_actual: Actual & (Same<Actual, Expected> extends true ? unknown : never)): void => undefined;
}
