/**
 * The errors of this package are known by their brand: to `instanceof`, an error that one copy of the package has made
 * is an error of the other's class too. A process that both imports and requires the package holds two copies.
 */
export abstract class StructuredError extends Error {
  /**
   * The error's name within the package, the same in every copy; each class declares its own. Minifiers leave it alone,
   * and a plain string keeps an unused class removable, which a computed key would not.
   */
  protected static readonly brand: string = 'rx-structured';

  static override [Symbol.hasInstance](value: unknown): boolean {
    // A subclass without a brand of its own, a user's say, is asked about as usual.
    if (!Object.hasOwn(this, 'brand')) return Function.prototype[Symbol.hasInstance].call(this, value);
    for (let maker = makerOf(value); maker !== null; maker = Object.getPrototypeOf(maker) as object | null)
      if (Object.hasOwn(maker, 'brand') && (maker as typeof StructuredError).brand === this.brand) return true;
    return false;
  }
}

/** The class of an error. */
function makerOf(value: unknown): object | null {
  return value instanceof Error ? value.constructor : null;
}
