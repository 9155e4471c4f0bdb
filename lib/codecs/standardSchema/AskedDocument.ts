import type { JsonPath } from '../../partials/PartialJson.js';
import type { ArrayShape, ObjectShape, Shape, UnionShape } from '../jsonSchema/Shape.js';
import { isObject } from '../../foundation/isObject.js';
import { keepParts, keepSame } from '../decoder/keepSame.js';
import { isSamePlace } from './Setting.js';
import { Fits, isAbsence } from './Fits.js';

/** How often a document is read, where the vendor does not take what was made of it and there are other ways. */
const MOST_READINGS = 4;

/** A union whose members fit a value alike and make different documents of it. */
interface Choice {
  readonly path: JsonPath;
  readonly members: readonly Shape[];
  /** The member by which the value is read. */
  index: number;
  /** The last reading that has met the union. */
  reading: number;
}

/**
 * An answer without the keys that it has only because strict mode wants all of them.
 *
 * A key is left out if its value is `null`, it may be left out, and its own shape takes no `null`: the shape that the
 * model was asked for decides, before any validator sees the document. In a union the member decides that the value
 * fits best. Where several fit alike, the first one does, and {@link readAgain} turns to the next.
 *
 * Reading is linear: every value is measured and read once by each shape.
 */
export class AskedDocument {
  /** The document without such keys. Parts that have none are the same objects as before. */
  value: unknown;

  readonly #asked: unknown;
  readonly #shape: Shape;
  #strips: boolean;
  readonly #fits = new Fits();
  /**
   * By the value and by the union. Filled when a union is first met; `readAgain` moves a choice on, and never clears
   * it.
   */
  readonly #choices = new Map<object, Map<UnionShape, Choice>>();
  /** The results of this reading by value; cleared when the next one begins. */
  #read = new Map<object, Map<Shape, unknown>>();
  /** Counts readings from 1: a choice of an earlier reading may lie in a member that is not read any more. */
  #reading = 1;

  /** @param strips Keys that the shape does not know are left out as well, except those that the schema rejects. */
  constructor(asked: unknown, shape: Shape, strips = false) {
    this.#asked = asked;
    this.#shape = shape;
    this.#strips = strips;
    this.value = this.#readWhole();
  }

  /**
   * Reads the unions again in which, or in a part of which, a vendor has found something wrong.
   *
   * @param paths Where the vendor complains.
   * @returns False if they cannot be read in another way.
   */
  readAgain(paths: readonly JsonPath[]): boolean {
    if (this.#reading === MOST_READINGS) return false;
    const choices = [...this.#choices.values()].flatMap((ofValue) => [...ofValue.values()]);
    const open = choices.filter(
      ({ path, members, index, reading }) =>
        reading === this.#reading &&
        index + 1 < members.length &&
        paths.some((other) => isSamePlace(path, other.slice(0, path.length))),
    );
    if (open.length === 0) return false;
    // All at once and not one after another: trying every combination would grow exponentially with the unions.
    for (const choice of open) choice.index++;
    this.#reading++;
    this.#read = new Map();
    this.value = this.#readWhole();
    return true;
  }

  /** The paths of keys that the shape does not know, and that the schema does not reject itself. */
  listExtras(): readonly JsonPath[] {
    const before = this.#strips;
    const [kept, stripped] = [false, true].map((strips) => {
      this.#strips = strips;
      this.#read = new Map();
      return this.#readWhole();
    });
    this.#strips = before;
    return listMissing(kept, stripped);
  }

  #readWhole(): unknown {
    const asked = this.#asked;
    return typeof asked === 'object' && asked !== null ? this.#readAt(asked, this.#shape, []) : asked;
  }

  #readAt(value: object, shape: Shape, path: JsonPath): unknown {
    const known = this.#read.get(value) ?? new Map<Shape, unknown>();
    this.#read.set(value, known);
    if (known.has(shape)) return known.get(shape);
    // For a recursion that only leads back to itself.
    known.set(shape, value);
    const result = this.#readWithin(value, shape, path);
    known.set(shape, result);
    return result;
  }

  #readWithin(value: object, shape: Shape, path: JsonPath): unknown {
    if (shape.kind === 'ref') return this.#readAt(value, shape.definition.shape, path);
    if (shape.kind === 'union') return this.#readUnion(value, shape, path);
    if (Array.isArray(value)) return shape.kind === 'array' ? this.#readArray(value, shape, path) : value;
    return shape.kind === 'object' && isObject(value) ? this.#readObject(value, shape, path) : value;
  }

  /** Most parts are scalars, and no path is made for those. */
  #readPart(value: unknown, shape: Shape, path: JsonPath, step: string | number): unknown {
    return typeof value === 'object' && value !== null ? this.#readAt(value, shape, [...path, step]) : value;
  }

  #readUnion(value: object, union: UnionShape, path: JsonPath): unknown {
    const ofValue = this.#choices.get(value) ?? new Map<UnionShape, Choice>();
    const choice = ofValue.get(union) ?? {
      path,
      members: this.#findCandidates(value, union, path),
      index: 0,
      reading: 0,
    };
    // Says that this reading has met the union: only such a choice can help the next one.
    choice.reading = this.#reading;
    if (choice.members.length > 1) this.#choices.set(value, ofValue.set(union, choice));
    const member = choice.members[choice.index];
    return member === undefined ? value : this.#readAt(value, member, path);
  }

  /** The members that fit best; of those that make the same document, the first. */
  #findCandidates(value: object, { members }: UnionShape, path: JsonPath): readonly Shape[] {
    const best = this.#fits.findBest(value, members);
    if (best.length < 2) return best;
    const documents = best.map((member) => this.#readAt(value, member, path));
    return best.filter((_, index) => documents.findIndex((other) => isEqual(other, documents[index])) === index);
  }

  #readArray(value: readonly unknown[], { first, rest }: ArrayShape, path: JsonPath): unknown {
    const items = value.map((item, index) => this.#readPart(item, first[index] ?? rest, path, index));
    return keepSame(items, value);
  }

  #readObject(value: Readonly<Record<string, unknown>>, shape: ObjectShape, path: JsonPath): unknown {
    const { properties, rest, closed } = shape;
    const entries: (readonly [string, unknown])[] = [];
    for (const [key, part] of Object.entries(value)) {
      const property = properties.get(key);
      const isExtra = property === undefined && rest === undefined && closed !== true;
      if (isAbsence(property, part) || (isExtra && this.#strips)) continue;
      const own = property?.shape ?? rest;
      entries.push([key, own === undefined ? part : this.#readPart(part, own, path, key)]);
    }
    return keepSame(Object.fromEntries(entries), value);
  }
}

/** Whether two readings of one value are equal. Where nothing was left out they are the same objects. */
const isEqual = (a: unknown, b: unknown): boolean => keepParts(a, b) === b;

/** The paths of what one reading of a value has, and another has not. */
function listMissing(whole: unknown, part: unknown, path: JsonPath = []): readonly JsonPath[] {
  if (whole === part || typeof whole !== 'object' || typeof part !== 'object' || !whole || !part) return [];
  return Object.keys(whole).flatMap((key) => {
    const at = [...path, Array.isArray(whole) ? Number(key) : key];
    return Object.hasOwn(part, key) ? listMissing(Reflect.get(whole, key), Reflect.get(part, key), at) : [at];
  });
}
