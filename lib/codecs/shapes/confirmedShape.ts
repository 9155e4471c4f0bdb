import type { JsonPath } from '../../partials/PartialJson.js';
import {
  type ArrayShape,
  type Definition,
  definition,
  type ObjectShape,
  type Property,
  resolved,
  type Shape,
} from './Shape.js';
import { witness } from './witness.js';

/** What a vendor has against a document: the paths of its issues; `undefined` where it accepts. */
export type Refusals = (document: unknown) => readonly JsonPath[] | undefined;

/**
 * The part of a shape that a vendor stands by. Coercions, fallbacks and preprocessing accept more than their JSON Schema
 * says, and an answer that would have been accepted must not be refused early: so the vendor is shown a value of every
 * wrong kind at every place, and a place where it takes one is `hidden`.
 */
export function confirmedShape(shape: Shape, refusals: Refusals): Shape {
  return new Examiner(refusals).confirm(shape, { path: [], around: (value) => value, inUnion: false });
}

/** Where a value stands. */
interface Place {
  readonly path: JsonPath;
  /** The document around a value. */
  readonly around: (value: unknown) => unknown;
  /** Vendors that tried every member of a union do not say which part of which member was wrong. */
  readonly inUnion: boolean;
}

class Examiner {
  readonly #refusals: Refusals;
  // Once is enough, and a recursion has no end.
  readonly #examined = new Map<Definition, Definition>();

  constructor(refusals: Refusals) {
    this.#refusals = refusals;
  }

  confirm(shape: Shape, place: Place): Shape {
    const wrong = [...samples, ...variantsOf(shape)].filter((sample) => !admits(shape, sample));
    const isRefused = (value: unknown): boolean =>
      this.#refuses(value, witness(shape), place, Array.isArray(value) ? keysNoArrayHas(shape) : []);
    return wrong.every(isRefused) ? this.#confirmParts(shape, place) : hidden;
  }

  #confirmParts(shape: Shape, place: Place): Shape {
    switch (shape.kind) {
      case 'ref':
        return { kind: 'ref', definition: this.#confirmDefinition(shape.definition, place) };
      case 'union':
        return {
          kind: 'union',
          members: shape.members.map((member) => this.#confirmParts(member, { ...place, inUnion: true })),
        };
      case 'array':
        return this.#confirmArray(shape, place);
      case 'object':
        return this.#confirmObject(shape, place);
      default:
        return shape;
    }
  }

  #confirmDefinition(original: Definition, place: Place): Definition {
    const known =
      this.#examined.get(original) ??
      definition(original.name, () => this.#confirmParts(resolved(original.shape), place));
    this.#examined.set(original, known);
    return known;
  }

  #confirmArray({ first, rest, constraints }: ArrayShape, { path, around, inUnion }: Place): Shape {
    const whole = first.map((item) => witness(item));
    const at = (index: number): Place => ({
      path: [...path, index],
      around: (value) => around(Object.assign([...whole], { [index]: value })),
      inUnion,
    });
    return {
      kind: 'array',
      first: first.map((item, index) => this.confirm(item, at(index))),
      rest: rest.kind === 'none' ? rest : this.confirm(rest, at(first.length)),
      constraints,
    };
  }

  #confirmObject(shape: ObjectShape, { path, around, inUnion }: Place): Shape {
    const whole = Object.entries(witness(shape) as object);
    const at = (key: string): Place => {
      const others = whole.filter(([other]) => other !== key);
      const withKey = (value: unknown): unknown =>
        Object.fromEntries(value === undefined ? others : [...others, [key, value]]);
      return { path: [...path, key], around: (value) => around(withKey(value)), inUnion };
    };
    const properties = Array.from(shape.properties, ([key, property]): readonly [string, Property] => {
      const mayBeMissing = property.optional || !this.#refuses(undefined, witness(property.shape), at(key));
      return [key, { shape: this.confirm(property.shape, at(key)), optional: mayBeMissing, orNull: property.orNull }];
    });
    const key = shape.keys === undefined ? 'any other key' : String(witness(shape.keys));
    const rest = shape.rest && this.#confirmRest(shape.rest, at(key));
    return { ...shape, properties: new Map(properties), rest };
  }

  /** Where the key that was made up is itself what the vendor refuses, nothing can be learned. */
  #confirmRest(rest: Shape, place: Place): Shape {
    const issues = this.#refusals(place.around(witness(rest))) ?? [];
    return issues.some((issue) => isSamePath(issue, place.path)) ? hidden : this.confirm(rest, place);
  }

  /** Whether the vendor refuses a value, for what it is (or for keys it cannot have), not for what stands beside it. */
  #refuses(value: unknown, right: unknown, { path, around, inUnion }: Place, keys: readonly string[] = []): boolean {
    const issues = this.#refusals(around(value));
    if (issues === undefined) return false;
    const telling = [path, ...keys.map((key) => [...path, key])];
    if (issues.some((issue) => telling.some((other) => isSamePath(issue, other)))) return true;
    return inUnion && this.#refusals(around(right)) === undefined;
  }
}

/** Some vendors take an array for an object, and then complain about the keys. */
function keysNoArrayHas(shape: Shape): readonly string[] {
  const target = resolved(shape);
  if (target.kind === 'union') return target.members.flatMap(keysNoArrayHas);
  if (target.kind !== 'object') return [];
  const required = [...target.properties].filter(([, { optional }]) => !optional).map(([key]) => key);
  return required.filter((key) => !(key in [] || /^\d+$/.test(key)));
}

const hidden: Shape = { kind: 'hidden', name: 'a value that its schema does not tell' };

/** Values of every kind, those among them that coercions like. */
const samples: readonly unknown[] = [null, true, 0, -1.5, '', '0', 'x', 'true', '2020-02-20T20:20:20Z', [], ['x'], {}];

/** What a preprocessed enum may take for one of its values. */
function variantsOf(shape: Shape): readonly string[] {
  if (shape.kind !== 'enum') return [];
  return shape.values.flatMap((value) => {
    const text = String(value);
    return [text, text.toUpperCase(), text.toLowerCase(), ` ${text}`];
  });
}

function admits(shape: Shape, sample: unknown): boolean {
  const target = resolved(shape);
  switch (target.kind) {
    case 'any':
    case 'hidden':
      return true;
    case 'none':
      return false;
    case 'scalar':
      return typeof sample === (target.type === 'integer' ? 'number' : target.type);
    case 'enum':
      return target.values.some((value) => value === sample);
    case 'union':
      return target.members.some((member) => admits(member, sample));
    case 'array':
      return Array.isArray(sample);
    case 'object':
      return typeof sample === 'object' && sample !== null && !Array.isArray(sample);
  }
}

function isSamePath(a: JsonPath, b: JsonPath): boolean {
  return a.length === b.length && a.every((step, index) => String(step) === String(b[index]));
}
