import * as t from 'io-ts';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import { canBecome } from './choicePlan.js';
import { withheld, type Cursor, type Plan } from './Cursor.js';
import { isJsonObject } from './Overlay.js';
import type { Place } from './Place.js';
import { RelayingCursor } from './RelayingCursor.js';

export interface Member {
  readonly codec: t.Mixed;
  readonly plan: Plan;
}

/** How io-ts tells the members of a tagged union apart. */
export interface Tags {
  readonly key: string;
  /** By member. */
  readonly values: readonly (readonly (boolean | number | string)[])[];
}

/** One of several codecs: the first that accepts the value. */
export function unionPlan(members: readonly Member[], tags: Tags | undefined): Plan {
  const claims = (key: string): boolean => members.some(({ plan }) => plan.claims(key));
  return { open: (place) => new UnionCursor(place, members, tags), claims };
}

class UnionCursor extends RelayingCursor {
  /** The members that may still accept the value, by index; none is asked before there is something to be seen. */
  private alive: Map<number, Cursor> | undefined;
  /** Why the others do not, by index. */
  private readonly refusals: t.Errors[] = [];

  constructor(
    place: Place,
    private readonly members: readonly Member[],
    private readonly tags: Tags | undefined,
  ) {
    super(place);
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    this.place.actual = value;
    this.alive ??= new Map(this.members.map((member, index) => [index, this.openMember(member, index, value)]));
    if (this.tags !== undefined && !this.dropOthers(this.tags, value, path, depth))
      return this.fail(this.refusals.some(({ length }) => length > 0) ? this.refusals.flat() : this.refusal(value));
    for (const [index, cursor] of this.alive) {
      if (cursor.grow(value, path, depth)) continue;
      this.refusals[index] = cursor.errors;
      this.alive.delete(index);
    }
    if (this.alive.size === 0) return this.fail(this.refusals.flat());
    this.look([...this.alive.values()]);
    return true;
  }

  close(value: unknown): t.Validation<unknown> {
    this.place.actual = value;
    if (this.tags !== undefined) return this.closeTagged(this.tags, value);
    for (const [index, member] of this.members.entries()) {
      if (this.refusals[index] !== undefined) continue;
      const result = this.closeMember(member, index, value);
      if (result._tag === 'Right') return result;
      this.refusals[index] = result.left;
    }
    return t.failures(this.refusals.flat());
  }

  private closeTagged({ key, values }: Tags, value: unknown): t.Validation<unknown> {
    const tag: unknown = isJsonObject(value) ? value[key] : undefined;
    const index = values.findIndex((ofMember) => ofMember.some((candidate) => candidate === tag));
    const member = this.members[index];
    if (!isJsonObject(value) || member === undefined) return t.failures(this.refusal(value));
    const refusal = this.refusals[index];
    return refusal === undefined ? this.closeMember(member, index, value) : t.failures(refusal);
  }

  private openMember({ codec, plan }: Member, index: number, value: unknown): Cursor {
    return plan.open(this.place.within(String(index), codec, value));
  }

  private closeMember(member: Member, index: number, value: unknown): t.Validation<unknown> {
    const cursor = this.alive?.get(index) ?? this.openMember(member, index, value);
    const result = cursor.close(value);
    return result._tag === 'Right' ? this.accept(result.right, cursor.view) : result;
  }

  /** Leaves the members that the discriminator, as far as it is there, allows. */
  private dropOthers({ key, values }: Tags, value: Json, path: JsonPath, depth: number): boolean {
    if (!isJsonObject(value)) return false;
    if (!Object.hasOwn(value, key)) return true;
    const tag = value[key];
    const isOpen = path[depth] === key && path.length === depth + 1;
    values.forEach((ofMember, index) => {
      if (ofMember.some((candidate) => (isOpen ? canBecome(tag, candidate) : candidate === tag))) return;
      this.alive?.delete(index);
      this.refusals[index] = [];
    });
    return this.alive !== undefined && this.alive.size > 0;
  }

  /**
   * While it is open which member it will be, only what is true whichever it is may be shown: the wire's own values.
   * Where one of the members may make something else of them, what was shown before stays.
   */
  private look(alive: readonly Cursor[]): void {
    this.raw = alive.every(({ raw }) => raw);
    if (alive.length > 1 && !this.raw) return;
    const shown = alive.find(({ view }) => view !== withheld);
    const view = shown?.view ?? withheld;
    this.relay(view, shown);
  }
}
