import type { Plan } from './Cursor.js';

/** A codec that may contain itself, and so can be looked into only when it is needed. */
export function recursivePlan(definition: () => Plan): Plan {
  let plan: Plan | undefined;
  const inner = (): Plan => (plan ??= definition());
  return { open: (place) => inner().open(place), claims: (key) => inner().claims(key) };
}
