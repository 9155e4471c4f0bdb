import {
  type ArrayShape,
  type Definition,
  createDefinition,
  type ObjectShape,
  type Property,
  resolve,
  type Shape,
  type UnionShape,
} from '../jsonSchema/Shape.js';
import type { JsonPath } from '../../partials/PartialJson.js';
import type { Complaint } from './Complaint.js';
import { isObject } from '../../foundation/isObject.js';
import { rejectedNulls } from './Fits.js';
import { LengthJudge } from './LengthJudge.js';
import { ScalarJudge } from './ScalarJudge.js';
import type { Judge } from '../annotations/Annotation.js';
import { sampleOf } from './sampleOf.js';
import { type Complaints, isSamePlace, Setting } from './Setting.js';
import { withoutNull } from './withoutNull.js';
import { admits, pickWrongSamples } from './pickWrongSamples.js';

/** The part of a shape that a vendor confirms. */
export interface ConfirmedShape {
  readonly shape: Shape;
  /** The judges of values of a shape that has constraints. */
  readonly judges: ReadonlyMap<Shape, Judge>;
}

/**
 * The part of a shape that a vendor stands by. Coercions, fallbacks and preprocessing accept more than their JSON
 * Schema says, and an answer that would have been accepted must not be rejected early: so the vendor is shown a value
 * of every wrong kind at every place, and a place where it takes one is `opaque`.
 */
export function confirmShape(shape: Shape, complaints: Complaints): ConfirmedShape {
  const examiner = new Examiner(complaints);
  return { shape: examiner.confirm(shape, new Setting()), judges: examiner.judges };
}

type Entry = readonly [key: string, shape: Shape];

class Examiner {
  /** Filled while shapes are confirmed. By identity, which is why every confirmed shape is a new object. */
  readonly judges = new Map<Shape, Judge>();

  readonly #complaints: Complaints;
  // Once is enough, and a recursion has no end.
  readonly #examined = new Map<Definition, Definition>();

  constructor(complaints: Complaints) {
    this.#complaints = complaints;
  }

  confirm(shape: Shape, setting: Setting): Shape {
    const wrong = pickWrongSamples(shape, setting.others);
    return wrong.every((value) => this.#rejects(value, shape, setting)) ? this.#confirmParts(shape, setting) : opaque;
  }

  /** The shapes that come out of this are new ones: a judge is for one place. */
  #confirmParts(shape: Shape, setting: Setting): Shape {
    switch (shape.kind) {
      case 'ref':
        return { kind: 'ref', definition: this.#confirmDefinition(shape.definition, setting) };
      case 'union':
        return this.#confirmUnion(shape, setting);
      case 'array':
        return this.#confirmArray(shape, setting);
      case 'object':
        return this.#confirmObject(shape, setting);
      case 'scalar': {
        const { kind, type, constraints } = shape;
        const copy: Shape = { kind, type, constraints };
        if (type === 'integer' || Object.keys(constraints).length > 0)
          this.judges.set(copy, new ScalarJudge(copy, setting, this.#complaints));
        return copy;
      }
      case 'enum':
        return { kind: 'enum', values: shape.values };
      default:
        return shape;
    }
  }

  #confirmDefinition(original: Definition, setting: Setting): Definition {
    const read = (): Shape => this.#confirmParts(resolve(original.shape), setting);
    const known = this.#examined.get(original) ?? createDefinition(original.name, read);
    this.#examined.set(original, known);
    return known;
  }

  /** A value that one member rejects another may take, so each member is told what the others would admit. */
  #confirmUnion(shape: UnionShape, setting: Setting): Shape {
    const members = shape.members.map((member, index) => {
      const others = shape.members.filter((other) => other !== member);
      return this.#confirmParts(member, setting.enterMember(shape, others, index));
    });
    return { kind: 'union', members };
  }

  /**
   * A tuple is asked about item by item, within samples of its other items; a list about its first item, which stands
   * for all: a vendor has no other schema for the second one.
   */
  #confirmArray(shape: ArrayShape, setting: Setting): Shape {
    const { first, rest, constraints } = shape;
    const whole = first.map((item) => sampleOf(item));
    const withItem = (index: number, value: unknown): unknown => Object.assign([...whole], { [index]: value });
    const enterItem = (index: number, broken?: (value: unknown) => unknown): Setting => {
      const isAlone = first.length === 1 && rest.kind === 'none';
      return setting.enter(index, (value) => withItem(index, value), broken, isAlone);
    };
    // Beside wrong items nothing is said of the tuple as a whole.
    const wrong = first.map((item, index): readonly unknown[] => {
      const [sample] = pickWrongSamples(item, setting.findOthers(index));
      return sample !== undefined && this.#rejects(sample, item, enterItem(index)) ? [sample] : [];
    });
    const breakOthers = (index: number, value: unknown): unknown =>
      whole.map((sample, other) => (other === index ? value : (wrong[other]?.[0] ?? sample)));
    const firsts = first.map((item, index) => {
      const hasWrong = wrong.some((samples, other) => other !== index && samples.length > 0);
      return this.confirm(item, enterItem(index, hasWrong ? (value) => breakOthers(index, value) : undefined));
    });
    const copy: Shape = {
      kind: 'array',
      first: firsts,
      rest: rest.kind === 'none' ? rest : this.#confirmItem(rest, first.length, withItem, setting),
      constraints,
    };
    // That a tuple is too short is told by its structure.
    if ('maxItems' in constraints || (first.length === 0 && 'minItems' in constraints))
      this.judges.set(copy, new LengthJudge(shape, setting, this.#complaints));
    return copy;
  }

  /** Beside a wrong item nothing is said of the list as a whole. */
  #confirmItem(
    item: Shape,
    index: number,
    withItem: (index: number, value: unknown) => unknown,
    setting: Setting,
  ): Shape {
    const alone = setting.enter(index, (value) => withItem(index, value), undefined, index === 0);
    const [wrong] = pickWrongSamples(item, alone.others);
    const breakItem = (value: unknown): unknown => [...(withItem(index, value) as readonly unknown[]), wrong];
    const isRejected = wrong !== undefined && this.#rejects(wrong, item, alone);
    return this.confirm(
      item,
      isRejected ? setting.enter(index, (value) => withItem(index, value), breakItem, false) : alone,
    );
  }

  /**
   * The vendor is asked about all keys at once, because each question validates a whole document: with a hundred keys
   * it is a dozen validations and not a thousand. Only inside unions it is asked key by key where that tells too
   * little.
   */
  #confirmObject(shape: ObjectShape, setting: Setting): Shape {
    const whole = new Map(Object.entries(sampleOf(shape) as object));
    const entries = [...shape.properties].map(([key, property]): Entry => [key, property.shape]);
    const required = entries.filter(([key]) => shape.properties.get(key)?.optional === false);
    const listWrong = ([key, inner]: Entry): readonly unknown[] => pickWrongSamples(inner, setting.findOthers(key));
    const confirmed = this.#findRejectedKeys(entries, listWrong, whole, setting);
    // `undefined` leaves the key out. A key that the vendor then does not miss has a default, whatever `required`
    // says.
    const needed = this.#findRejectedKeys(required, () => [undefined], whole, setting);
    // Literals stay right: a wrong one would make it another member of the union, and the questions would be about
    // that.
    const beside = entries.filter(([, inner]) => !isLiteral(inner));
    const wrong = beside.flatMap((entry): Wrong[] => {
      const [first] = confirmed.has(entry[0]) ? listWrong(entry) : [];
      return first === undefined ? [] : [[entry[0], first]];
    });
    const enterKey = (key: string, more: readonly Wrong[] = []): Setting => {
      const others = [...wrong.filter(([other]) => other !== key), ...more];
      const isAlone = shape.rest === undefined && beside.every(([other]) => other === key);
      const breakItem = (value: unknown): object => withKeys(whole, [...others, [key, value]]);
      const wrapKey = (value: unknown): object => withKeys(whole, [[key, value]]);
      return setting.enter(key, wrapKey, others.length > 0 ? breakItem : undefined, isAlone);
    };
    const properties = Array.from(shape.properties, ([key, property]): readonly [string, Property] => {
      const isNullRejected = property.optional && this.#rejectsNull(property.shape, enterKey(key));
      if (isNullRejected) rejectedNulls.add(property);
      const asked = isNullRejected ? withoutNull(property.shape) : property.shape;
      const known = confirmed.has(key) ? this.#confirmParts(asked, enterKey(key)) : opaque;
      return [key, { ...property, shape: known, optional: !needed.has(key) }];
    });
    const { keys, closed } = shape;
    const key = keys === undefined ? 'any other key' : String(sampleOf(keys));
    const rest = shape.rest && this.#confirmRest(shape.rest, key, (more) => enterKey(key, more));
    // A vendor may write `additionalProperties: false` where it only strips extra keys.
    const isClosed = closed === true && this.#rejectsKey(whole, wrong, setting);
    return { kind: 'object', properties: new Map(properties), rest, keys, closed: isClosed };
  }

  /**
   * The keys whose wrong values are all rejected. The vendor gets them together, a wrong one for each key at a time.
   */
  #findRejectedKeys(
    entries: readonly Entry[],
    wrongAt: (entry: Entry) => readonly unknown[],
    whole: ReadonlyMap<string, unknown>,
    setting: Setting,
  ): ReadonlySet<string> {
    const asked = entries.map((entry) => ({ key: entry[0], shape: entry[1], wrong: wrongAt(entry) }));
    const rounds = Math.max(0, ...asked.map(({ wrong }) => wrong.length));
    const rejected = new Set(asked.map(({ key }) => key));
    for (let round = 0; round < rounds; round++) {
      const wrong = asked.filter(({ key, wrong: values }) => values.length > 0 && rejected.has(key));
      // A key of which all values were shown stays wrong: its conditions, which may answer late, are not asked.
      const values = wrong.map((one) => [one.key, one.wrong[round % one.wrong.length]] as const);
      const complaints = this.#complaints(setting.broken(withKeys(whole, values)));
      for (const { key, shape, wrong: own } of wrong) {
        if (round >= own.length) continue;
        const value = own[round];
        const place = setting.enter(key, (other) => withKeys(whole, [[key, other]]), undefined, false);
        if (isBlamed(value, shape, place, complaints)) continue;
        if (place.within !== undefined && this.#rejects(value, shape, place)) continue;
        rejected.delete(key);
      }
    }
    return rejected;
  }

  /** If the vendor rejects the made-up key itself, nothing can be learned. */
  #confirmRest(rest: Shape, key: string, at: (other: readonly Wrong[]) => Setting): Shape {
    const alone = at([]);
    const complaints = this.#complaints(alone.whole(sampleOf(rest)));
    if (complaints?.some(({ path }) => isSamePlace(path, alone.path)) === true) return opaque;
    const [wrong] = pickWrongSamples(rest, alone.others);
    const isRejected = wrong !== undefined && this.#rejects(wrong, rest, alone);
    return this.confirm(rest, isRejected ? at([[`${key} too`, wrong]]) : alone);
  }

  /** Whether the vendor rejects a value because of itself, and not because of its neighbours. */
  #rejects(value: unknown, shape: Shape, setting: Setting): boolean {
    if (isBlamed(value, shape, setting, this.#complaints(setting.broken(value)))) return true;
    const complaints = this.#complaints(setting.whole(value));
    if (isBlamed(value, shape, setting, complaints)) return true;
    return (
      setting.within !== undefined &&
      complaints !== undefined &&
      this.#complaints(setting.whole(sampleOf(shape))) === undefined
    );
  }

  /** Effect says `null` where a value may be `undefined`. */
  #rejectsNull(shape: Shape, setting: Setting): boolean {
    if (!admits(shape, null)) return false;
    const isBlamedIn = (document: unknown): boolean =>
      setting.findComplaints(this.#complaints(document), () => true).length > 0;
    if (setting.within === undefined) return isBlamedIn(setting.broken(null));
    // A union that is content says nothing of the key, and one that is not says it of each member that knows the key.
    return isBlamedIn(setting.whole(null)) && !isBlamedIn(setting.whole(undefined));
  }

  /** Whether the vendor rejects an object because of a key that it does not know. */
  #rejectsKey(whole: ReadonlyMap<string, unknown>, wrong: readonly Wrong[], setting: Setting): boolean {
    const extra = ['any other key', null] as const;
    const ask = (around: (value: unknown) => unknown, keys: readonly Wrong[]): readonly Complaint[] | undefined =>
      this.#complaints(around(withKeys(whole, keys)));
    if (setting.within !== undefined)
      return ask(setting.whole, [extra]) !== undefined && ask(setting.whole, []) === undefined;
    const listMessages = (complaints: readonly Complaint[] = []): readonly string[] =>
      complaints
        .filter(({ path }) => isSamePlace(path, setting.path) || isSamePlace(path, [...setting.path, extra[0]]))
        .map(({ message }) => message);
    const known = listMessages(ask(setting.broken, wrong));
    return listMessages(ask(setting.broken, [...wrong, extra])).some((message) => !known.includes(message));
  }
}

/** A key with a value that is wrong there. */
type Wrong = readonly [key: string, value: unknown];

/** Some vendors take anything for an object at first, and then complain about the keys it has not. */
function isBlamed(
  value: unknown,
  shape: Shape,
  setting: Setting,
  complaints: readonly Complaint[] | undefined,
): boolean {
  if (complaints === undefined) return false;
  if (setting.blames(value, complaints)) return true;
  return !isObject(value) && hasObjects(shape) && complaints.some(({ path }) => missesKey(value, path, setting.path));
}

/** Whether a complaint is about a key that no value of this kind has: `length` and `0` are no such keys. */
function missesKey(value: unknown, path: JsonPath, place: JsonPath): boolean {
  const key = path[place.length];
  if (key === undefined || !isSamePlace(path.slice(0, place.length), place)) return false;
  return value === null || value === undefined || !(/^\d+$/.test(String(key)) || key in Object(value));
}

function hasObjects(shape: Shape): boolean {
  const target = resolve(shape);
  return target.kind === 'object' || (target.kind === 'union' && target.members.some(hasObjects));
}

/** A literal says which member of a union an object is. */
function isLiteral(shape: Shape): boolean {
  const target = resolve(shape);
  return target.kind === 'enum' && target.values.length === 1;
}

/** An object with other values for some keys; without them, where the value is `undefined`. */
function withKeys(whole: ReadonlyMap<string, unknown>, values: Iterable<readonly [string, unknown]>): object {
  const entries = [...new Map([...whole, ...values])];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

const opaque: Shape = { kind: 'opaque', name: 'a value that its schema does not tell' };
