import type { Constrained, Dialect, Limits } from './Dialect.js';
import { SchemaError } from './SchemaError.js';
import type { Constraints } from './Shape.js';
import { tellConstraints } from './tellConstraints.js';

/** The formats that Anthropic documents. Another one is told in words. */
const formats = new Set<unknown>([
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'uri',
  'ipv4',
  'ipv6',
  'uuid',
]);

// The limits that Anthropic documents, for all schemas of a request.
const most = { optionalKeys: 24, choices: 16 };

/**
 * Anthropic's structured outputs: every object closed, no recursion, hardly a constraint. A constraint without a
 * keyword there is told in the description of its property.
 */
export const anthropicDialect: Dialect = {
  isClosed: true,
  takesRecursion: false,
  takesPositions: false,
  tells: true,
  takesNotes: false,
  constrain: (type, constraints): Constrained => {
    if (type === 'array') return constrainArray(constraints);
    // Numbers have no keyword here at all, and booleans have no constraint: all is told.
    if (type !== 'string') return { keywords: {}, told: tellConstraints(withoutSafeBounds(constraints)) };
    const { format, ...rest } = constraints;
    if (!formats.has(format)) return { keywords: {}, told: tellConstraints(constraints) };
    // The format says it all; the pattern with which a library checks it would only be noise.
    return { keywords: { format }, told: tellConstraints({ ...rest, formatPattern: undefined }) };
  },
  createLimits: (wayOut) => new AnthropicLimits(wayOut),
};

/** `minItems` may be 0 or 1: a list that must be longer must at least not be empty. */
function constrainArray(constraints: Constraints): Constrained {
  const { minItems } = constraints;
  if (typeof minItems !== 'number') return { keywords: {}, told: tellConstraints(constraints) };
  // An exact length stays in words even where `minItems` is 1, or the sentence would only say "at most".
  const isSaid = minItems <= 1 && constraints['maxItems'] !== minItems;
  return {
    keywords: { minItems: Math.min(minItems, 1) },
    told: tellConstraints(isSaid ? { ...constraints, minItems: undefined } : constraints),
  };
}

/** That an integer can be told from its neighbours is a matter of JavaScript, which libraries say of every integer. */
function withoutSafeBounds(constraints: Constraints): Constraints {
  return Object.fromEntries(
    Object.entries(constraints).filter(([, value]) => Math.abs(Number(value)) !== Number.MAX_SAFE_INTEGER),
  );
}

class AnthropicLimits implements Limits {
  readonly #wayOut: string;
  // Counts of the whole schema so far.
  #optionalKeys = 0;
  #choices = 0;

  constructor(wayOut: string) {
    this.#wayOut = wayOut;
  }

  // These have no limit.
  addObject(): void {}
  addEnumeration(): void {}
  addName(): void {}

  addChoice(path: string): void {
    if (++this.#choices <= most.choices) return;
    throw new SchemaError(
      'limit',
      path,
      `Anthropic's structured outputs take at most ${most.choices} choices between types, and ${most.optionalKeys} optional keys (those beyond are asked for as a choice with null). Make keys required, ask for less at once, or ${this.#wayOut}.`,
    );
  }

  /** Beyond the limit a key is asked for as OpenAI's strict mode asks for it, as long as there are choices left. */
  addOptionalKey(): 'left out' | 'null' {
    return ++this.#optionalKeys <= most.optionalKeys ? 'left out' : 'null';
  }
}
