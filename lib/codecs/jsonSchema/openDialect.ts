import type { Constrained, Dialect, Limits } from './Dialect.js';
import { grammarPattern, maxRepeats } from './grammarPattern.js';
import { patternsOf } from './intersectConstraints.js';
import type { Constraints } from './Shape.js';
import { tellConstraints } from './tellConstraints.js';

/**
 * All of JSON Schema 2020-12, as Ollama, llama.cpp, vLLM, Gemini and OpenAI without strict mode take it. llama.cpp
 * makes a grammar of it, rejects the whole schema for one keyword that the grammar cannot say, and ignores some others;
 * so constraints are written in a way that its grammar can read, and told in words otherwise.
 */
export const openDialect: Dialect = {
  isClosed: false,
  takesRecursion: true,
  takesPositions: true,
  tells: false,
  takesNotes: true,
  constrain: (type, constraints): Constrained => {
    const { long, short } = byLength(constraints);
    const told = tellConstraints(long);
    if (type !== 'string') return { keywords: short, told };
    const { pattern: _, patterns: __, formatPattern: ___, flagged, ...keywords } = short;
    const sources = patternsOf(constraints);
    const readable = [...new Set(sources.flatMap((source) => grammarPattern(source) ?? []))];
    const unreadable = sources.filter((source) => grammarPattern(source) === undefined);
    // Not `formatPattern`: llama.cpp looks at patterns first, and would forget a format that it knows.
    return {
      keywords: { ...keywords, ...allOf(readable) },
      told: [...told, ...tellConstraints({ patterns: unreadable, flagged })],
    };
  },
  limits: (): Limits => ({
    object: () => undefined,
    enumeration: () => undefined,
    name: () => undefined,
    choice: () => undefined,
    optionalKey: () => 'left out',
  }),
};

const counts = ['minLength', 'maxLength', 'minItems', 'maxItems'];

/** A grammar that repeats something too often is rejected, so great counts are only told. */
function byLength(constraints: Constraints): { readonly long: Constraints; readonly short: Constraints } {
  const isLong = ([keyword, value]: [string, unknown]): boolean =>
    counts.includes(keyword) && Number(value) > maxRepeats;
  const entries = Object.entries(constraints);
  return {
    long: Object.fromEntries(entries.filter(isLong)),
    short: Object.fromEntries(entries.filter((entry) => !isLong(entry))),
  };
}

/**
 * Every one of these patterns. Not as `allOf`, which llama.cpp takes for an object, and others for anything at all: as
 * a choice with one member, which they read as that member, and validators as all of it.
 */
function allOf(patterns: readonly string[]): Constraints {
  const [pattern, ...others] = patterns;
  if (pattern === undefined) return {};
  if (others.length === 0) return { pattern };
  return { pattern, anyOf: [{ type: 'string', ...allOf(others) }] };
}
