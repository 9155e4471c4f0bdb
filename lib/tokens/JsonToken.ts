/** An object or an array opens or closes, at `offset`. */
export interface JsonStructureToken {
  readonly type: 'object-start' | 'object-end' | 'array-start' | 'array-end';
  /** Where in the text, in UTF-16 code units as `String.length` counts them. */
  readonly offset: number;
}

/** A whole key of the object that is open. */
export interface JsonKeyToken {
  readonly type: 'key';
  /** The offset of its opening quote. */
  readonly offset: number;
  readonly key: string;
}

/**
 * The next piece of a string value, escapes decoded. A string comes in one piece per delta it spreads over: the first
 * has `start`, the last has `end`, and either may be empty. No piece ends in half a surrogate pair, unless that is
 * how the string ends.
 */
export interface JsonStringToken {
  readonly type: 'string';
  /** The offset of its opening quote; for a further piece, the beginning of its delta. */
  readonly offset: number;
  readonly text: string;
  readonly start: boolean;
  readonly end: boolean;
}

/**
 * The next piece of a number, as it is spelled. Pieces come as those of a string do; only the character after a
 * number tells that it has ended, so the last piece may be empty.
 */
export interface JsonNumberToken {
  readonly type: 'number';
  /** The offset of its first character; for a further piece, the beginning of its delta. */
  readonly offset: number;
  readonly text: string;
  readonly start: boolean;
  readonly end: boolean;
}

/** A whole `true`, `false` or `null`. */
export interface JsonLiteralToken {
  readonly type: 'literal';
  readonly offset: number;
  readonly value: boolean | null;
}

/** A part of a JSON text, told apart by `type`. Commas and colons are left out: the order says it all. */
export type JsonToken = JsonStructureToken | JsonKeyToken | JsonStringToken | JsonNumberToken | JsonLiteralToken;

/**
 * The tokens of one delta, and the source text they were read from, whitespace included. The text of a delta that
 * gave no token comes with the next one that does.
 */
export type JsonTokens = readonly JsonToken[] & { readonly text: string };

/** Tokens as one batch. */
export function withText(tokens: JsonToken[], text: string): JsonTokens {
  const batch: JsonToken[] & { text?: string } = tokens;
  batch.text = text;
  return batch as JsonTokens;
}
