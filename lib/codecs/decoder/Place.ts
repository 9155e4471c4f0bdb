import type * as t from 'io-ts';

/**
 * Where a codec meets a value: one entry of an io-ts context, linked to the one above. The context itself is an array
 * as long as the document is deep, and is made only for codecs and errors that need it.
 */
export class Place {
  constructor(
    private readonly parent: Place | undefined,
    private readonly key: string,
    private readonly type: t.Decoder<unknown, unknown>,
    /** The value here, as far as it is known. */
    public actual: unknown,
  ) {}

  /** A place within: a key or an index, or a member of a union or an intersection. */
  within(key: string, type: t.Decoder<unknown, unknown>, actual: unknown): Place {
    return new Place(this, key, type, actual);
  }

  context(): t.Context {
    const { key, type, actual } = this;
    const entries: t.ContextEntry[] = this.parent === undefined ? [] : [...this.parent.context()];
    entries.push({ key, type, actual });
    return entries;
  }
}
