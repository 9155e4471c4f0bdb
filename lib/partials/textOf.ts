import type { PartialJson } from './PartialJson.js';

/** Lets a subclass put its private fields on an object that is there already. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- what its constructor returns is all it is for
class Given {
  constructor(given: object) {
    return given;
  }
}

/**
 * The model's words, as a private field on a plain `{ value, path, complete }`: nobody can see or copy it, and it
 * costs some 25 ns a snapshot where a WeakMap costs 380.
 */
class Text extends Given {
  readonly #text: string;

  constructor(partial: PartialJson, text: string) {
    super(partial);
    this.#text = text;
  }

  static of(partial: PartialJson): string | undefined {
    return #text in partial ? partial.#text : undefined;
  }
}

/** The same partial, with the text it was read from. */
export function withText(partial: PartialJson, text: string): PartialJson {
  new Text(partial, text);
  return partial;
}

/** The same partial, with the text that `source` was read from, where that is known. */
export function withTextOf(partial: PartialJson, source: PartialJson): PartialJson {
  const text = Text.of(source);
  return text === undefined ? partial : withText(partial, text);
}

/**
 * The model's own words up to a partial: the whole text of the answer so far, whitespace and all.
 *
 * A partial that was made by hand has no such text; its value as JSON stands in.
 */
export function textOf(partial: PartialJson): string {
  return Text.of(partial) ?? (partial.value === undefined ? '' : JSON.stringify(partial.value));
}
