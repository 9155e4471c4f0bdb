import type { SchemaDialect } from '../../completions/SchemaDialect.js';
import { anthropicDialect } from './anthropicDialect.js';
import type { Constraints, Scalar, ScalarShape } from './Shape.js';
import { openaiDialect } from './openaiDialect.js';
import { openDialect } from './openDialect.js';

/** Constraints as a provider takes them: those that are keywords, and those that can only be told in words. */
export interface Constrained {
  readonly keywords: Constraints;
  /** Sentences for the description. */
  readonly told: readonly string[];
}

/**
 * Counts the limited things while a schema is written, and throws a `SchemaError` where there is too much. Begins
 * anew for each schema.
 */
export interface Limits {
  /** An object with these keys is begun, at this depth of objects. */
  addObject(path: string, level: number, keys: readonly string[]): void;
  addEnumeration(path: string, values: readonly Scalar[]): void;
  /** A definition of this name is written. */
  addName(path: string, name: string): void;
  /** A choice between several schemas is written. */
  addChoice(path: string): void;
  /** How a key that may be left out is asked for: it is not required, or it is and may be `null`. */
  addOptionalKey(path: string): 'left out' | 'null';
}

/** The differences between dialects: what a provider takes, and how the rest is told. */
export interface Dialect {
  /** Every object is closed and every value has a type, because the provider's decoder needs to know. */
  readonly isClosed: boolean;
  /** A schema may refer to itself. */
  readonly takesRecursion: boolean;
  /** Each item of a tuple has a schema of its own. */
  readonly takesPositions: boolean;
  /** A constraint without a keyword is told in words, in the description of its property. */
  readonly tells: boolean;
  /** `examples` and `default` are keywords, and there may be words beside `$ref`. */
  readonly takesNotes: boolean;
  constrain(type: ScalarShape['type'] | 'array', constraints: Constraints): Constrained;
  /** @param wayOut How to ask without these limits, as the end of a sentence: "… or {wayOut}." */
  createLimits(wayOut: string): Limits;
}

export const dialects: Readonly<Record<SchemaDialect, Dialect>> = {
  openai: openaiDialect,
  anthropic: anthropicDialect,
  open: openDialect,
};
