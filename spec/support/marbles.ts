import { expect } from 'chai';
import { TestScheduler, type RunHelpers } from 'rxjs/testing';

/**
 * Errors compare as their class, message and own fields: `deep.equal` alone looks at neither, so two different
 * errors would pass for the same.
 */
function comparable(value: unknown): unknown {
  if (value instanceof Error)
    return { ...Object.fromEntries(Object.entries(value)), class: value.constructor.name, message: value.message };
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, comparable(inner)]));
  return value;
}

/** A marble test: a fresh virtual clock for each. */
export function marbles(test: (helpers: RunHelpers) => void): () => void {
  return () => {
    new TestScheduler((actual, expected) => {
      expect(comparable(actual)).to.deep.equal(comparable(expected));
    }).run(test);
  };
}
