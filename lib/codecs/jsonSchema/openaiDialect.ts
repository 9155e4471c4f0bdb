import type { Constrained, Dialect, Limits } from './Dialect.js';
import { listPatterns } from './intersectConstraints.js';
import { SchemaError } from './SchemaError.js';
import type { Constraints } from './Shape.js';

const numbers = ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf'];
/** By type: a keyword of another type is unknown there. */
const supported: Readonly<Record<string, readonly string[]>> = {
  array: ['minItems', 'maxItems'],
  boolean: [],
  integer: numbers,
  number: numbers,
};

const formats = new Set(['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid']);

/**
 * Formats that go without their pattern. Servers that speak OpenAI's protocol on llama.cpp look at the pattern first,
 * cannot read the one that libraries write for dates, and then forget the format, which they know.
 */
const formatsAlone = new Set<unknown>(['date', 'time', 'date-time', 'uuid']);

/** Strict mode's regular expressions are those of an automaton: no looking around, no references back. */
const unsupportedPattern = /\(\?<?[=!]|\\[1-9]|\\k</;

// The limits that OpenAI documents. A reference is not followed, so a definition starts at the root's level again.
const most = {
  properties: 5_000,
  levels: 10,
  values: 1_000,
  characters: 120_000,
  freeValues: 250,
  enumCharacters: 15_000,
};

/**
 * OpenAI's strict mode: every object closed and every key required, no `allOf`, `oneOf` or `prefixItems`. Constraints
 * it does not know are left to the codec.
 */
export const openaiDialect: Dialect = {
  isClosed: true,
  takesRecursion: true,
  takesPositions: false,
  tells: false,
  takesNotes: false,
  constrain: (type, constraints): Constrained => ({
    keywords: type === 'string' ? toStringKeywords(constraints) : toKeywords(type, constraints),
    told: [],
  }),
  createLimits: (wayOut) => new OpenaiLimits(wayOut),
};

/** A constraint that strict mode does not know would make it reject the whole schema. */
function toKeywords(type: string, constraints: Constraints): Constraints {
  return Object.fromEntries(Object.entries(constraints).filter(([keyword]) => supported[type]?.includes(keyword)));
}

/** A format, and one pattern, because strict mode has room for one: the user's own before the library's. */
function toStringKeywords(constraints: Constraints): Constraints {
  const { format, formatPattern, minLength, maxLength } = constraints;
  if (formatsAlone.has(format)) return { format };
  const pattern = [...listPatterns(constraints), formatPattern].find(
    (source) => typeof source === 'string' && !unsupportedPattern.test(source),
  );
  const taken = {
    ...(pattern !== undefined && { pattern }),
    ...(typeof format === 'string' && formats.has(format) && { format }),
  };
  // A length is said as a pattern, where no other pattern is in its place.
  if (Object.keys(taken).length > 0 || (minLength ?? maxLength) === undefined) return taken;
  return { pattern: `^[\\s\\S]{${countOr('0', minLength)},${countOr('', maxLength)}}$` };
}

const countOr = (otherwise: string, count: unknown): string => (typeof count === 'number' ? String(count) : otherwise);

class OpenaiLimits implements Limits {
  readonly #wayOut: string;
  // Counts of the whole schema so far.
  readonly #used = { properties: 0, values: 0, characters: 0 };

  constructor(wayOut: string) {
    this.#wayOut = wayOut;
  }

  addObject(path: string, level: number, keys: readonly string[]): void {
    this.#check(level, most.levels, 'levels of objects', path);
    // Names count twice at OpenAI: as properties, and by their length.
    for (const key of keys) {
      this.#add('properties', 1, path);
      this.#add('characters', key.length, path);
    }
  }

  addEnumeration(path: string, values: readonly unknown[]): void {
    const characters = values.reduce<number>((sum, value) => sum + String(value).length, 0);
    this.#add('values', values.length, path);
    this.#add('characters', characters, path);
    if (values.length > most.freeValues)
      this.#check(characters, most.enumCharacters, 'characters in one enum of so many values', path);
  }

  addName(path: string, name: string): void {
    this.#add('characters', name.length, path);
  }

  // These have no limit.
  addChoice(): void {}

  /** Strict mode wants every key required, so a key that may be left out is asked for with `null` instead. */
  addOptionalKey(): 'null' {
    return 'null';
  }

  #add(unit: 'properties' | 'values' | 'characters', count: number, path: string): void {
    this.#used[unit] += count;
    this.#check(this.#used[unit], most[unit], unit === 'characters' ? 'characters in names and enums' : unit, path);
  }

  #check(used: number, limit: number, unit: string, path: string): void {
    if (used <= limit) return;
    throw new SchemaError(
      'limit',
      path,
      `strict mode takes at most ${limit} ${unit}. Ask for less at once, or ${this.#wayOut}.`,
    );
  }
}
