import type { JsonPath } from '../../partials/PartialJson.js';
import type { Shape } from '../jsonSchema/Shape.js';
import type { Complaint } from './Complaint.js';
import { admits, isUntold } from './admits.js';
import { findProperties, findStanding } from './findStanding.js';

/** The complaints of a vendor about a document; `undefined` if it accepts, or does not say. */
export type Complaints = (document: unknown) => readonly Complaint[] | undefined;

/** Builds a document around a value. */
type Around = (value: unknown) => unknown;

/** A union that a place lies in. */
interface Within {
  readonly shape: Shape;
  readonly depth: number;
}

/** A place in a document, and documents with any value at this place. */
export class Setting {
  /** By key or index. A union of hundreds of members is asked for each of them, again and again. */
  readonly #othersAt = new Map<string | number, readonly Shape[]>();

  /**
   * @param path Where it is.
   * @param whole The document around a value, made of samples.
   * @param broken The same, with values of a wrong kind beside: conditions on what is around are then not asked, and
   * what a vendor has against the value itself stands alone.
   * @param isIsolated Whether that is so, because there is something wrong beside, or nothing beside at all.
   * @param others What the other members of a union have at this place.
   * @param within The outermost union that the place lies in.
   * @param member Which member of a union stands here, where one does, and how many there are.
   */
  constructor(
    readonly path: JsonPath = [],
    readonly whole: Around = (value) => value,
    readonly broken: Around = whole,
    readonly isIsolated = true,
    readonly others: readonly Shape[] = [],
    readonly within?: Within,
    readonly member?: { readonly index: number; readonly count: number },
  ) {}

  /** The place for a member of a union that stands here. */
  enterMember(union: Shape, others: readonly Shape[], index: number): Setting {
    const { path, whole, broken, isIsolated, within = { shape: union, depth: path.length } } = this;
    const member = { index, count: others.length + 1 };
    return new Setting(path, whole, broken, isIsolated, [...this.others, ...others], within, member);
  }

  /**
   * A place within the container that stands here.
   *
   * @param container Makes it, with a value at the step.
   * @param broken Makes it with something wrong beside; `undefined` if there is nothing that the vendor would reject.
   * @param isAlone There is nothing beside.
   */
  enter(step: string | number, container: Around, broken: Around | undefined, isAlone: boolean): Setting {
    return new Setting(
      [...this.path, step],
      (value) => this.whole(container(value)),
      (value) => this.broken((broken ?? container)(value)),
      broken !== undefined || (isAlone && this.isIsolated),
      this.findOthers(step),
      this.within,
    );
  }

  /** The shapes that other members of a union have at a key or an index of this place. */
  findOthers(step: string | number): readonly Shape[] {
    const known = this.#othersAt.get(step);
    if (known !== undefined) return known;
    const shapes = this.others.flatMap((other) => findProperties(other, step).map(({ shape }) => shape));
    this.#othersAt.set(step, shapes);
    return shapes;
  }

  /**
   * Complaints about this place; without those of one member of a union, where another may be content.
   *
   * @param isConcerned Whether a shape that may stand here has to complain.
   * @param counts Whether a complaint is of the kind that is asked for.
   */
  findComplaints(
    complaints: readonly Complaint[] | undefined,
    isConcerned: (shape: Shape, optional: boolean) => boolean,
    counts: (complaint: Complaint) => boolean = () => true,
  ): readonly Complaint[] {
    if (complaints === undefined) return [];
    const isHere = (complaint: Complaint): boolean => isSamePlace(complaint.path, this.path) && counts(complaint);
    const direct = complaints.filter(isHere);
    if (direct.length > 0 || this.within === undefined) return direct;
    // Within a union nothing is said directly of the place: each member complains in a list of its own.
    const lists = complaints.flatMap((complaint) => findOfMembers(complaint, isHere));
    const { shape, depth } = this.within;
    const concerned = findStanding(shape, this.path.slice(depth)).filter((one) => isConcerned(one.shape, one.optional));
    // Fewer lists than members that ought to complain: one of them took the value, and so would the union.
    return lists.length > 0 && lists.length >= concerned.length ? lists.flat() : [];
  }

  /**
   * Whether a vendor rejects a value for its kind, as all shapes have to that may stand here and do not admit it. A shape
   * that is not told may reject it as well, and then its complaint is not to be taken for that of another. Conditions say
   * nothing of the kind, wherever they point.
   */
  blames(value: unknown, complaints: readonly Complaint[] | undefined): boolean {
    const isConcerned = (shape: Shape, optional: boolean): boolean =>
      value === undefined ? !optional : !admits(shape, value) || isUntold(shape);
    return this.findComplaints(complaints, isConcerned, ({ isCondition }) => !isCondition).length > 0;
  }
}

/** For each member of a union, however deep, its complaints that are sought. */
function findOfMembers(
  { members }: Complaint,
  isSought: (complaint: Complaint) => boolean,
): readonly (readonly Complaint[])[] {
  return members.flatMap((list) => {
    const sought = list.filter(isSought);
    return sought.length > 0 ? [sought] : list.flatMap((complaint) => findOfMembers(complaint, isSought));
  });
}

/** Steps are compared as text: vendors write the index of an element as a number or as a string. */
export function isSamePlace(a: JsonPath, b: JsonPath): boolean {
  return a.length === b.length && a.every((step, depth) => String(step) === String(b[depth]));
}
