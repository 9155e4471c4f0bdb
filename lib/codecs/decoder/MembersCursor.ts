import type * as t from 'io-ts';
import { Cursor, type Parts, type Plan } from './Cursor.js';
import { keepSame } from './keepSame.js';

/** One of several codecs that read the same value. */
export interface Member {
  readonly codec: t.Mixed;
  readonly plan: Plan;
}

/**
 * Whether two of the members may read a part by the same plan, so that sharing cursors pays. Most do not: the keys of
 * an intersection are seldom the same, nor are the members of a union that hold more than strings.
 */
export function haveCommonParts(members: readonly Member[]): boolean {
  const known = new Set<string>();
  // Lists and records may read any part, so two of them, or one beside an object with parts, may share one.
  let all = 0;
  for (const { plan } of members) {
    if (plan.parts === 'all') all++;
    else if (hasAny(plan.parts, known)) return true;
    else for (const key of plan.parts) known.add(key);
  }
  return all > 1 || (all === 1 && known.size > 0);
}

function hasAny(parts: Exclude<Parts, 'all'>, known: ReadonlySet<string>): boolean {
  return [...parts].some((key) => known.has(key));
}

/** The keys under which any of the members reads by a plan that is shared. */
export function joinParts(members: readonly Member[]): Parts {
  const keys: string[] = [];
  for (const { plan } of members) {
    if (plan.parts === 'all') return 'all';
    keys.push(...plan.parts);
  }
  return new Set(keys);
}

/**
 * Shows what other cursors for the same value show, now this one, now that one.
 *
 * The members of a union take turns as they are rejected; an intersection is shown by one of its members or by all.
 */
export abstract class MembersCursor extends Cursor {
  /** The cursor whose value was shown last, and that value. Set by `relay` alone. */
  #from: unknown;
  #relayed: unknown;

  /**
   * The shown value stays the same object when another cursor shows just that. While the same cursor shows it, it is
   * compared by identity instead: that costs nothing.
   */
  protected relay(shown: unknown, from: unknown): void {
    if (from !== this.#from) this.shown = keepSame(shown, this.shown);
    else if (shown !== this.#relayed) this.shown = shown;
    this.#from = from;
    this.#relayed = shown;
  }
}
