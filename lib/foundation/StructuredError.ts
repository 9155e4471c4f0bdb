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
    return isBranded(value, this.brand);
  }
}

/**
 * Whether a value is an error with one of these brands. Like `instanceof`, without a need for the classes: who only
 * asks does not have their words in a page.
 */
export function isBranded(value: unknown, ...brands: readonly string[]): boolean {
  let maker: object | null = value instanceof Error ? value.constructor : null;
  for (; maker !== null; maker = Object.getPrototypeOf(maker) as object | null)
    if (Object.hasOwn(maker, 'brand') && brands.includes((maker as { readonly brand: string }).brand)) return true;
  return false;
}
