import { boundMessage } from './boundMessage.js';

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

  /**
   * A message has at most 4 KB, whatever it is made of.
   *
   * @param told What models and servers have written, by field, and the `cause`. Whoever knows the name of a field can
   * read it. Nothing that lists fields finds its value: no logger, and not Node when it prints an uncaught error.
   */
  constructor(message: string, told: Readonly<Record<string, unknown>> = {}) {
    super(boundMessage(message));
    for (const [field, value] of Object.entries(told))
      if (value !== undefined) Object.defineProperty(this, field, { get: () => value, configurable: true });
  }

  /** The error for a log: its name, message and closed fields. The words of models and servers are left out. */
  toJSON(): Readonly<Record<string, unknown>> {
    return Object.fromEntries([['message', this.message], ...Object.entries(this)]);
  }

  /**
   * The same for `console.log` in Node, with the stack. A cause is named only: errors of SDKs hold the whole request, and
   * those of parsers what they read.
   */
  [Symbol.for('nodejs.util.inspect.custom')](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    const { message, stack = '', name: _, ...fields }: Error = this;
    return inspect(Object.assign(new Error(message), { ...fields, stack, ...nameCause(this) }), options);
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // A subclass without a brand of its own, a user's say, is asked about as usual.
    if (!Object.hasOwn(this, 'brand')) return Function.prototype[Symbol.hasInstance].call(this, value);
    return isBranded(value, this.brand);
  }
}

/** The name of an error's cause, and its code, as the network has them. */
function nameCause({ cause }: Error): object {
  if (!(cause instanceof Error)) return {};
  const code: unknown =
    Reflect.get(cause, 'code') ?? (cause.cause instanceof Error && Reflect.get(cause.cause, 'code'));
  return { cause: typeof code === 'string' ? `${cause.name} ${code}` : cause.name };
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
