import type { JsonPath } from '../../partials/PartialJson.js';
import {
  type ArrayShape,
  type Definition,
  definition,
  type ObjectShape,
  type Property,
  resolved,
  type Shape,
} from '../jsonSchema/Shape.js';
import { witness } from './witness.js';

/** What a vendor has against a document: where its issues are, see {@link placeOf}; `undefined` where it accepts. */
export type Refusals = (document: unknown) => ReadonlySet<string> | undefined;

/** A path in a form that sets can hold. */
export function placeOf(path: JsonPath): string {
  return JSON.stringify(path.map(String));
}

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
    const isRefused = (value: unknown): boolean => this.#refuses(value, shape, place);
    return wrongFor(shape).every(isRefused) ? this.#confirmParts(shape, place) : hidden;
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
    const read = (): Shape => this.#confirmParts(resolved(original.shape), place);
    const known = this.#examined.get(original) ?? definition(original.name, read);
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

  #confirmObject(shape: ObjectShape, place: Place): Shape {
    const { path, around, inUnion } = place;
    const whole = new Map(Object.entries(witness(shape) as object));
    const at = (key: string): Place => ({
      path: [...path, key],
      around: (value) => around(withKeys(whole, [[key, value]])),
      inUnion,
    });
    const shapes = [...shape.properties].map(([key, property]) => [key, property.shape] as const);
    const required = shapes.filter(([key]) => shape.properties.get(key)?.optional === false);
    const confirmed = this.#refusedKeys(shapes, wrongFor, whole, place);
    const needed = this.#refusedKeys(required, () => [undefined], whole, place);
    const properties = Array.from(shape.properties, ([key, property]): readonly [string, Property] => {
      const known = confirmed.has(key) ? this.#confirmParts(property.shape, at(key)) : hidden;
      return [key, { ...property, shape: known, optional: !needed.has(key) }];
    });
    const key = shape.keys === undefined ? 'any other key' : String(witness(shape.keys));
    const rest = shape.rest && this.#confirmRest(shape.rest, at(key));
    return { ...shape, properties: new Map(properties), rest };
  }

  /** The keys whose wrong values are all refused. Outside unions they are shown together, one of each key at a time. */
  #refusedKeys(
    shapes: readonly (readonly [string, Shape])[],
    wrong: (shape: Shape) => readonly unknown[],
    whole: ReadonlyMap<string, unknown>,
    { path, around, inUnion }: Place,
  ): ReadonlySet<string> {
    const asked = shapes.map(([key, shape]) => ({ key, shape, wrong: wrong(shape) }));
    const rounds = Math.max(0, ...asked.map((one) => one.wrong.length));
    const refused = new Set(asked.map(({ key }) => key));
    for (let round = 0; round < rounds; round++) {
      const left = asked.filter((one) => round < one.wrong.length && refused.has(one.key));
      const issues = this.#refusals(
        around(
          withKeys(
            whole,
            left.map((one) => [one.key, one.wrong[round]]),
          ),
        ),
      );
      for (const { key, shape, wrong: values } of left) {
        const value = values[round];
        const place = {
          path: [...path, key],
          around: (other: unknown) => around(withKeys(whole, [[key, other]])),
          inUnion,
        };
        if (isBlamed(value, shape, place.path, issues) || (inUnion && this.#refuses(value, shape, place))) continue;
        refused.delete(key);
      }
    }
    return refused;
  }

  /** Where the key that was made up is itself what the vendor refuses, nothing can be learned. */
  #confirmRest(rest: Shape, place: Place): Shape {
    const issues = this.#refusals(place.around(witness(rest)));
    return issues?.has(placeOf(place.path)) === true ? hidden : this.confirm(rest, place);
  }

  /** Whether the vendor refuses a value, for what it is and not for what stands beside it. */
  #refuses(value: unknown, shape: Shape, { path, around, inUnion }: Place): boolean {
    const issues = this.#refusals(around(value));
    if (isBlamed(value, shape, path, issues)) return true;
    return inUnion && issues !== undefined && this.#refusals(around(witness(shape))) === undefined;
  }
}

/** Some vendors take an array for an object, and then complain about the keys it has not. */
function isBlamed(value: unknown, shape: Shape, path: JsonPath, issues: ReadonlySet<string> | undefined): boolean {
  if (issues === undefined) return false;
  if (issues.has(placeOf(path))) return true;
  return Array.isArray(value) && keysNoArrayHas(shape).some((key) => issues.has(placeOf([...path, key])));
}

function keysNoArrayHas(shape: Shape): readonly string[] {
  const target = resolved(shape);
  if (target.kind === 'union') return target.members.flatMap(keysNoArrayHas);
  if (target.kind !== 'object') return [];
  const required = [...target.properties].filter(([, { optional }]) => !optional).map(([key]) => key);
  return required.filter((key) => !(key in [] || /^\d+$/.test(key)));
}

/** An object with other values for some keys; without them, where the value is `undefined`. */
function withKeys(whole: ReadonlyMap<string, unknown>, values: Iterable<readonly [string, unknown]>): object {
  const entries = [...new Map([...whole, ...values])];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function wrongFor(shape: Shape): readonly unknown[] {
  return [...samples, ...variantsOf(shape)].filter((sample) => !admits(shape, sample));
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
