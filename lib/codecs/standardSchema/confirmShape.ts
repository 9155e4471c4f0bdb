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
import type { Complaint } from './Complaint.js';
import { rejectedNulls } from './Fits.js';
import { LengthJudge } from './LengthJudge.js';
import { ScalarJudge } from './ScalarJudge.js';
import type { Judge } from '../annotations/Annotation.js';
import { sampleOf } from './sampleOf.js';
import { type Complaints, isSamePlace, Setting } from './Setting.js';
import { withoutNull } from './withoutNull.js';
import { admits } from './admits.js';
import { isBlamed } from './isBlamed.js';
import { pickWrongSamples } from './pickWrongSamples.js';

/** The part of a shape that a vendor confirms. */
export interface ConfirmedShape {
  readonly shape: Shape;
  /** The judges of values of a shape that has constraints. */
  readonly judges: ReadonlyMap<Shape, Judge>;
  /** Its recursions. Each is confirmed when it is looked at. */
  readonly definitions: ReadonlyMap<unknown, Definition>;
}

/**
 * The part of a shape that a vendor stands by. Coercions, fallbacks and preprocessing accept more than their JSON
 * Schema says, and an answer that would have been accepted must not be rejected early: so the vendor is shown a value
 * of every wrong kind at every place, and a place where it takes one is `opaque`.
 */
export function confirmShape(shape: Shape, complaints: Complaints): ConfirmedShape {
  const examiner = new Examiner(complaints);
  const { judges, definitions } = examiner;
  return { shape: examiner.confirm(shape, new Setting()), judges, definitions };
}

type Step = string | number;
type Entry = readonly [step: Step, shape: Shape];
/** A value at a key or an index. */
type Placed = readonly [step: Step, value: unknown];
/** Makes a container of samples, but for these values. */
type Make = (values: readonly Placed[]) => unknown;

/** What is known of the parts of a container that have shapes of their own. */
interface Parts {
  /** A wrong value for each part that may have one. */
  readonly wrong: readonly Placed[];
  /** The place of a part, beside parts that are wrong if that is possible, and beside more of them. */
  readonly enter: (step: Step, more?: readonly Placed[]) => Setting;
  /** The part of its shape that the vendor stands by. */
  readonly confirm: (step: Step, shape: Shape) => Shape;
}

class Examiner {
  /** Filled while shapes are confirmed. By identity, which is why every confirmed shape is a new object. */
  readonly judges = new Map<Shape, Judge>();
  /** By the definition that is confirmed: once is enough, and a recursion has no end. */
  readonly definitions = new Map<Definition, Definition>();

  readonly #complaints: Complaints;

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
    const known = this.definitions.get(original) ?? createDefinition(original.name, read);
    this.definitions.set(original, known);
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

  /** Of a list one item is asked about, which stands for all: a vendor has no other schema for the second one. */
  #confirmArray(shape: ArrayShape, setting: Setting): Shape {
    const { first, rest, constraints } = shape;
    const whole = first.map((item) => sampleOf(item));
    const make = (values: readonly Placed[]): unknown => Object.assign([...whole], Object.fromEntries(values));
    const parts = this.#examineParts([...first.entries()], make, rest.kind === 'none', setting);
    const copy: Shape = {
      kind: 'array',
      first: first.map((item, index) => parts.confirm(index, item)),
      rest: rest.kind === 'none' ? rest : this.#confirmRest(rest, [first.length, first.length + 1], parts),
      constraints,
    };
    // That a tuple is too short is told by its structure.
    if ('maxItems' in constraints || (first.length === 0 && 'minItems' in constraints))
      this.judges.set(copy, new LengthJudge(shape, setting, this.#complaints));
    return copy;
  }

  #confirmObject(shape: ObjectShape, setting: Setting): Shape {
    const whole = new Map(Object.entries(sampleOf(shape) as object));
    const make = (values: readonly Placed[]): object => withKeys(whole, values);
    const entries = Array.from(shape.properties, ([key, property]): Entry => [key, property.shape]);
    const parts = this.#examineParts(entries, make, shape.rest === undefined, setting);
    const required = entries.filter(([key]) => shape.properties.get(String(key))?.optional === false);
    // `undefined` leaves the key out. A key that the vendor then does not miss has a default, whatever `required`
    // says.
    const needed = this.#findRejected(required, () => [undefined], make, setting);
    const properties = Array.from(shape.properties, ([key, property]): readonly [string, Property] => {
      const isNullRejected = property.optional && this.#rejectsNull(property.shape, parts.enter(key));
      if (isNullRejected) rejectedNulls.add(property);
      const asked = isNullRejected ? withoutNull(property.shape) : property.shape;
      return [key, { ...property, shape: parts.confirm(key, asked), optional: !needed.has(key) }];
    });
    const { keys, closed } = shape;
    const key = keys === undefined ? 'any other key' : String(sampleOf(keys));
    const rest = shape.rest && this.#confirmEntry(shape.rest, key, parts);
    // A vendor may write `additionalProperties: false` where it only strips extra keys.
    const isClosed = closed === true && this.#rejectsKey(make, parts.wrong, setting);
    return { kind: 'object', properties: new Map(properties), rest, keys, closed: isClosed };
  }

  /**
   * The vendor is asked about all parts at once, because each question validates a whole document: with a hundred keys
   * it is a dozen validations and not a thousand. Only inside unions it is asked one by one where that tells too
   * little.
   *
   * @param make Makes the container, of samples but for some values.
   * @param isWhole Nothing else may stand in it.
   */
  #examineParts(entries: readonly Entry[], make: Make, isWhole: boolean, setting: Setting): Parts {
    const samples = new Map(
      entries.map(([step, inner]) => [step, pickWrongSamples(inner, setting.findOthers(step))] as const),
    );
    const listWrong = ([step]: Entry): readonly unknown[] => samples.get(step) ?? [];
    const confirmed = this.#findRejected(entries, listWrong, make, setting);
    // Literals stay right: a wrong one would make it another member of the union, and the questions would be about
    // that.
    const beside = entries.filter(([, inner]) => !isLiteral(inner));
    const wrong = beside.flatMap((entry): Placed[] => {
      const [first] = confirmed.has(entry[0]) ? listWrong(entry) : [];
      return first === undefined ? [] : [[entry[0], first]];
    });
    const enter = (step: Step, more: readonly Placed[] = []): Setting => {
      const others = [...wrong.filter(([other]) => other !== step), ...more];
      const isAlone = isWhole && beside.every(([other]) => other === step);
      const breakOthers = (value: unknown): unknown => make([...others, [step, value]]);
      return setting.enter(
        step,
        (value) => make([[step, value]]),
        others.length > 0 ? breakOthers : undefined,
        isAlone,
      );
    };
    const confirm = (step: Step, inner: Shape): Shape =>
      confirmed.has(step) ? this.#confirmParts(inner, enter(step)) : opaque;
    return { wrong, enter, confirm };
  }

  /** The parts whose wrong values are all rejected. The vendor gets them together, a wrong one for each at a time. */
  #findRejected(
    entries: readonly Entry[],
    wrongAt: (entry: Entry) => readonly unknown[],
    make: Make,
    setting: Setting,
  ): ReadonlySet<Step> {
    const asked = entries.map((entry) => ({ step: entry[0], shape: entry[1], wrong: wrongAt(entry) }));
    const rounds = Math.max(0, ...asked.map(({ wrong }) => wrong.length));
    const rejected = new Set(asked.map(({ step }) => step));
    for (let round = 0; round < rounds; round++) {
      const wrong = asked.filter(({ step, wrong: values }) => values.length > 0 && rejected.has(step));
      // A part of which all values were shown stays wrong: its conditions, which may answer late, are not asked.
      const values = wrong.map((one) => [one.step, one.wrong[round % one.wrong.length]] as const);
      const complaints = this.#complaints(setting.broken(make(values)));
      for (const { step, shape, wrong: own } of wrong) {
        if (round >= own.length) continue;
        const value = own[round];
        const place = setting.enter(step, (other) => make([[step, other]]), undefined, false);
        if (isBlamed(value, shape, place, complaints)) continue;
        if (place.within !== undefined && this.#rejects(value, shape, place)) continue;
        rejected.delete(step);
      }
    }
    return rejected;
  }

  /** If the vendor rejects the made-up key itself, nothing can be learned. */
  #confirmEntry(rest: Shape, key: string, parts: Parts): Shape {
    const { path, whole } = parts.enter(key);
    const complaints = this.#complaints(whole(sampleOf(rest)));
    if (complaints?.some((complaint) => isSamePlace(complaint.path, path)) === true) return opaque;
    return this.#confirmRest(rest, [key, `${key} too`], parts);
  }

  /** What stands where no part has a shape of its own. Beside a wrong one nothing is said of the container. */
  #confirmRest(rest: Shape, [step, next]: readonly [Step, Step], parts: Parts): Shape {
    const alone = parts.enter(step);
    const [wrong] = pickWrongSamples(rest, alone.others);
    const isRejected = wrong !== undefined && this.#rejects(wrong, rest, alone);
    return this.confirm(rest, isRejected ? parts.enter(step, [[next, wrong]]) : alone);
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
  #rejectsKey(make: Make, wrong: readonly Placed[], setting: Setting): boolean {
    const extra = ['any other key', null] as const;
    const ask = (around: (value: unknown) => unknown, keys: readonly Placed[]): readonly Complaint[] | undefined =>
      this.#complaints(around(make(keys)));
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

/** A literal says which member of a union an object is. */
function isLiteral(shape: Shape): boolean {
  const target = resolve(shape);
  return target.kind === 'enum' && target.values.length === 1;
}

/** An object with other values for some keys; without them, where the value is `undefined`. */
function withKeys(whole: ReadonlyMap<Step, unknown>, values: readonly Placed[]): object {
  const entries = [...new Map([...whole, ...values])];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

const opaque: Shape = { kind: 'opaque', name: 'a value that its schema does not tell' };
