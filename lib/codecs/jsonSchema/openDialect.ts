import type { Constrained, Dialect, Limits } from './Dialect.js';
import { toGrammarPattern, maxRepeats } from './toGrammarPattern.js';
import { listPatterns } from './intersectConstraints.js';
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
    const { long, short } = splitByLength(constraints);
    const told = tellConstraints(long);
    if (type !== 'string') return { keywords: short, told };
    // All patterns are taken out together and written anew, so that none is sent that a grammar cannot read.
    const { pattern: _, patterns: __, formatPattern: ___, flagged, ...keywords } = short;
    const sources = listPatterns(constraints);
    const readable = [...new Set(sources.flatMap((source) => toGrammarPattern(source) ?? []))];
    const unreadable = sources.filter((source) => toGrammarPattern(source) === undefined);
    // Not `formatPattern`: llama.cpp looks at patterns first, and would forget a format that it knows.
    return {
      keywords: { ...keywords, ...joinPatterns(readable) },
      told: [...told, ...tellConstraints({ patterns: unreadable, flagged })],
    };
  },
  createLimits: (): Limits => ({
    addObject: () => undefined,
    addEnumeration: () => undefined,
    addName: () => undefined,
    addChoice: () => undefined,
    addOptionalKey: () => 'left out',
  }),
};

/**
 * The keywords of which a grammar makes repetitions; ranges of numbers are none.
 */
const counts = ['minLength', 'maxLength', 'minItems', 'maxItems'];

/** A grammar that repeats something too often is rejected, so great counts are only told. */
function splitByLength(constraints: Constraints): { readonly long: Constraints; readonly short: Constraints } {
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
function joinPatterns(patterns: readonly string[]): Constraints {
  const [pattern, ...others] = patterns;
  if (pattern === undefined) return {};
  if (others.length === 0) return { pattern };
  return { pattern, anyOf: [{ type: 'string', ...joinPatterns(others) }] };
}
