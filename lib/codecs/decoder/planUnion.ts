import { isObject } from '../../partials/Container.js';
import type { Json, JsonPath } from '../../partials/PartialJson.js';
import type { Literal } from '../ioTs/CodecKind.js';
import { canBecome } from './planChoice.js';
import { reject, rejectValue, withheld, type Cursor, type NullReading, type Plan, type Verdict } from './Cursor.js';
import { haveCommonParts, MembersCursor, joinParts, type Member } from './MembersCursor.js';
import { Node } from './Node.js';
import type { Place } from './Place.js';
import { blameMember, NO_REASON, createProblem, type Rejection } from './Rejection.js';

/** How io-ts tells the members of a tagged union apart. */
export interface Tags {
  readonly key: string;
  /** By member. */
  readonly values: readonly (readonly Literal[])[];
}

/**
 * The facts that all values of a union have in common. Computed once, because lists of unions open one for each
 * element.
 */
interface Layout {
  readonly members: readonly Member[];
  readonly tags: Tags | undefined;
  readonly sharesParts: boolean;
}

/**
 * One of several codecs: the first that accepts the value.
 *
 * All members read the value side by side until they reject it, so the union is rejected with the last of them. Which
 * one it will be is known at the end only, unless a discriminator tells; until then partials show what is true for all.
 *
 * ```text
 *  text       {"id":1   ,"at":"20   20","end":   true}       { at: string, end: true } | { at: Date, end: false }
 *  members    0 1       0 1         0 1          0
 *  partials   {id:1}    the same    the same     {id:1,at:'2020',end:true}
 * ```
 */
export function planUnion(members: readonly Member[], tags: Tags | undefined): Plan {
  const layout: Layout = { members, tags, sharesParts: haveCommonParts(members) };
  // It passes no keys on its own account: which keys come out depends on the member.
  return {
    open: (place) => new UnionCursor(place, layout),
    claims: (key) => members.some(({ plan }) => plan.claims(key)),
    readNull: (key) => combineNulls(members, key),
    passesOthers: false,
    isShared: members.some(({ plan }) => plan.isShared),
    parts: joinParts(members),
  };
}

/**
 * Members decide each for itself. For codecs that read the object beside the union it counts where all of them agree.
 */
function combineNulls(members: readonly Member[], key: string): NullReading {
  const readings = members.flatMap(({ plan }) => (plan.claims(key) ? [plan.readNull(key)] : []));
  if (readings.length > 0 && readings.every((reading) => reading === 'absent')) return 'absent';
  return readings.some((reading) => reading !== 'null') ? 'depends' : 'null';
}

/** By member: its cursor, while it may still accept the value. */
type Alive = (Cursor | undefined)[];

class UnionCursor extends MembersCursor {
  /**
   * The members that may still accept the value, by index. Opened when there is something of the value; a member goes
   * when its cursor rejects the value or the discriminator rules it out, and never comes back.
   */
  #alive: Alive | undefined;
  /** Why members have gone, by index. */
  readonly #rejections: Rejection[] = [];
  /** The value, for the members to share cursors of its parts. Made here unless an outer union has one. */
  #node: Node | undefined;
  /** The places of the members that were opened, by index. */
  readonly #places: Place[] = [];
  readonly #layout: Layout;

  constructor(place: Place, layout: Layout) {
    super(place);
    this.#layout = layout;
  }

  grow(value: Json, path: JsonPath, depth: number): boolean {
    this.place.actual = value;
    const { members, tags } = this.#layout;
    const alive = (this.#alive ??= members.map((_, index) => this.#openMember(index, value)));
    if (tags !== undefined && !this.#dropOthers(alive, tags, value, path, depth)) {
      const rejection = this.#joinRejections();
      return this.fail(rejection.length > 0 ? rejection : createProblem(value));
    }
    for (const [index, cursor] of alive.entries())
      if (cursor !== undefined && !cursor.grow(value, path, depth)) this.#drop(alive, index, cursor.rejection);
    const left = countCursors(alive);
    if (left === 0) return this.fail(this.#joinRejections());
    if (left === 1) this.#stopSharing(alive);
    this.#show(alive, left);
    return true;
  }

  close(value: unknown): Verdict {
    this.place.actual = value;
    const { members, tags } = this.#layout;
    if (tags !== undefined) return this.#closeTagged(tags, value);
    // In the order of the codec: the first that accepts decides, as in io-ts, also where a later one has been shown.
    for (const index of members.keys()) {
      if (this.#rejections[index] !== undefined) continue;
      const verdict = this.#closeMember(index, value);
      if (verdict._tag === 'Right') return verdict;
      this.#rejections[index] = verdict.left;
    }
    return reject(this.#joinRejections());
  }

  /** io-ts asks the member that the discriminator names, and no other. */
  #closeTagged({ key, values }: Tags, value: unknown): Verdict {
    const tag: unknown = isObject(value) ? value[key] : undefined;
    const index = values.findIndex((ofMember) => ofMember.some((candidate) => candidate === tag));
    if (!isObject(value) || index < 0) return rejectValue(value);
    const verdict: Verdict =
      this.#rejections[index] === undefined ? this.#closeMember(index, value) : reject(this.#rejections[index]);
    if (verdict._tag === 'Right') return verdict;
    const codec = this.#layout.members[index]?.codec;
    return codec === undefined ? verdict : reject(blameMember(index, codec, verdict.left));
  }

  #openMember(index: number, value: unknown): Cursor {
    const { members, sharesParts } = this.#layout;
    // The cast: indexes come from the members themselves.
    const { codec, plan } = members[index] as Member;
    if (sharesParts) this.#node ??= this.place.node ?? new Node(this.place.clock, value);
    const place = this.place.enterMember(index, codec, this.#node ?? this.place.node, this.place.absent);
    this.#places[index] = place;
    return plan.open(place);
  }

  /** Partials go on to show what the member that accepts has shown. It may differ from the result. */
  #closeMember(index: number, value: unknown): Verdict {
    // A value that began and ended between two snapshots has been read by no member.
    const cursor = this.#alive?.[index] ?? this.#openMember(index, value);
    const verdict = cursor.close(value);
    return verdict._tag === 'Right' ? this.accept(verdict.right, cursor.shown) : verdict;
  }

  /** In the order of the members, whichever went first, as io-ts reports them. */
  #joinRejections(): Rejection {
    return this.#layout.members.flatMap(({ codec }, index) =>
      blameMember(index, codec, this.#rejections[index] ?? NO_REASON),
    );
  }

  /**
   * Leaves the members that the discriminator, as far as it is there, allows. It may come last: until then all members
   * are read.
   *
   * @returns False if every member is ruled out, or the value is not an object.
   */
  #dropOthers(alive: Alive, { key, values }: Tags, value: Json, path: JsonPath, depth: number): boolean {
    if (!isObject(value)) return false;
    if (!Object.hasOwn(value, key)) return true;
    const tag = value[key];
    // A discriminator that is still open rules out what it cannot become any more.
    const isOpen = path[depth] === key && path.length === depth + 1;
    values.forEach((ofMember, index) => {
      if (ofMember.some((candidate) => (isOpen ? canBecome(tag, candidate) : candidate === tag))) return;
      this.#drop(alive, index, NO_REASON);
    });
    return countCursors(alive) > 0;
  }

  #drop(alive: Alive, index: number, rejection: Rejection): void {
    alive[index] = undefined;
    this.#rejections[index] = rejection;
  }

  /** The last remaining member shares its cursors only if an outer union reads the value as well. */
  #stopSharing(alive: Alive): void {
    if (this.#node === undefined || this.place.node !== undefined) return;
    this.#places[alive.findIndex((cursor) => cursor !== undefined)]?.leaveNode();
    this.#node = undefined;
  }

  /**
   * While it is open which member it will be, only what is true whichever it is may be shown: the wire's own values.
   * Where one of the members may make something else of them, what was shown before stays.
   */
  #show(alive: Alive, left: number): void {
    this.isWire = alive.every((cursor) => cursor?.isWire !== false);
    if (left > 1 && !this.isWire) return;
    // Where several are left, each shows the wire's own value, so any of them speaks for all.
    const speaker = alive.find((cursor) => cursor !== undefined && cursor.shown !== withheld);
    this.relay(speaker?.shown ?? withheld, speaker);
  }
}

function countCursors(alive: Alive): number {
  return alive.reduce((count, cursor) => (cursor === undefined ? count : count + 1), 0);
}
