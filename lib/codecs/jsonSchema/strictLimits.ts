import { SchemaError } from './SchemaError.js';
import type { Scalar } from './Shape.js';

// What OpenAI documents. A reference is not followed, so a definition starts at the root's level again.
const most = {
  properties: 5_000,
  levels: 10,
  values: 1_000,
  characters: 120_000,
  freeValues: 250,
  enumCharacters: 15_000,
};

/** Counts what strict mode limits, and throws where there is too much of it. */
export interface StrictLimits {
  object(path: string, level: number, keys: Iterable<string>): void;
  enumeration(path: string, values: readonly Scalar[]): void;
  name(path: string, name: string): void;
}

export function strictLimits(): StrictLimits {
  const used = { properties: 0, values: 0, characters: 0 };

  const add = (what: keyof typeof used, count: number, path: string): void => {
    used[what] += count;
    check(used[what], most[what], what === 'characters' ? 'characters in names and enums' : what, path);
  };

  return {
    object(path, level, keys) {
      check(level, most.levels, 'levels of objects', path);
      for (const key of keys) {
        add('properties', 1, path);
        add('characters', key.length, path);
      }
    },
    enumeration(path, values) {
      const characters = values.reduce<number>((sum, value) => sum + String(value).length, 0);
      add('values', values.length, path);
      add('characters', characters, path);
      if (values.length > most.freeValues)
        check(characters, most.enumCharacters, 'characters in one enum of so many values', path);
    },
    name(path, name) {
      add('characters', name.length, path);
    },
  };
}

function check(used: number, limit: number, what: string, path: string): void {
  if (used > limit)
    throw new SchemaError(
      'limit',
      path,
      `strict mode takes at most ${limit} ${what}. Ask for less at once, or pass { dialect: 'open' } to toJsonSchema.`,
    );
}
