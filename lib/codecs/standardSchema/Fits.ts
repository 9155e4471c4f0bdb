import { isObject } from '../../foundation/isObject.js';
import {
  type ArrayShape,
  type EnumShape,
  type ObjectShape,
  type Property,
  type ScalarShape,
  type Shape,
} from '../jsonSchema/Shape.js';
import { admits } from './admits.js';
import { isAbove, isBelow, violates } from './violates.js';

/** How far a value is from a shape. */
export interface Fit {
  /** How far the value is from fitting. */
  readonly misfit: number;
  /** Keys too many, and optional keys that are missing: the distance from what strict mode would have asked for. */
  readonly slack: number;
}

const FITS: Fit = { misfit: 0, slack: 0 };
// Each outweighs any number of the next that a document has.
/** An object where text was asked for: another member of the union was meant. */
const wrongKind: Fit = { misfit: 2 ** 40, slack: 0 };
/** A discriminator of another value: only a wrong kind says more clearly that this member was not meant. */
const wrongLiteral: Fit = { misfit: 2 ** 20, slack: 0 };
/** A constraint that is broken, or a required key that is missing: the member may still have been meant. */
const wrongValue: Fit = { misfit: 1, slack: 0 };
/** A shape that leads back to itself without a value in between. It never wins. */
const endless: Fit = { misfit: Infinity, slack: 0 };

const isBetter = (a: Fit, b: Fit): boolean => a.misfit < b.misfit || (a.misfit === b.misfit && a.slack < b.slack);

type Values = Readonly<Record<string, unknown>>;

/**
 * Keys that may be left out, and whose `null` their vendor rejects although their shape takes it: Effect writes `null`
 * where a key may hold `undefined`. Filled where shapes are confirmed, and never cleared.
 */
export const rejectedNulls = new WeakSet<Property>();

/**
 * A `null` for a key that may be left out, whose own shape does not take it, stands for a key left out. Objects that do
 * not name the key hold it as an entry, and so it stays. Opaque shapes take it: they might, and a `null` that is taken away
 * wrongly is lost.
 */
export const isAbsence = (property: Property | undefined, value: unknown): boolean =>
  value === null && property?.optional === true && (rejectedNulls.has(property) || !admits(property.shape, null));

/** Measures values of one document. Each value is measured by each shape once, so the work is linear in both. */
export class Fits {
  /** By the value's identity: parts of one document are distinct objects. Filled by `measure`, for one document. */
  readonly #known = new Map<object, Map<Shape, Fit>>();

  measure(value: unknown, shape: Shape): Fit {
    if (typeof value !== 'object' || value === null) return this.#measureLeaf(value, shape, new Set());
    const known = this.#known.get(value) ?? new Map<Shape, Fit>();
    this.#known.set(value, known);
    const before = known.get(shape);
    if (before !== undefined) return before;
    // While it is being measured, for a recursion that asks again: replaced when the result is known.
    known.set(shape, endless);
    const fit = this.#measureContainer(value, shape);
    known.set(shape, fit);
    return fit;
  }

  /** Those of the shapes that a value fits best. */
  findBest(value: unknown, shapes: readonly Shape[]): readonly Shape[] {
    const fits = shapes.map((shape) => this.measure(value, shape));
    const best = pickBest(fits);
    return shapes.filter((_, index) => !isBetter(best, fits[index] ?? endless));
  }

  /** Scalars are measured anew each time: the shape alone has to come to an end. */
  #measureLeaf(value: unknown, shape: Shape, visited: Set<Shape>): Fit {
    if (visited.has(shape)) return endless;
    visited.add(shape);
    if (shape.kind === 'ref') return this.#measureLeaf(value, shape.definition.shape, visited);
    if (shape.kind === 'union')
      return pickBest(shape.members.map((member) => this.#measureLeaf(value, member, visited)));
    return this.#measureContainer(value, shape);
  }

  #measureContainer(value: unknown, shape: Shape): Fit {
    switch (shape.kind) {
      case 'any':
      case 'opaque':
        return FITS;
      case 'none':
        return wrongKind;
      case 'ref':
        return this.measure(value, shape.definition.shape);
      case 'scalar':
        return measureScalar(value, shape);
      case 'enum':
        return measureEnum(value, shape);
      case 'union':
        return pickBest(shape.members.map((member) => this.measure(value, member)));
      case 'array':
        return Array.isArray(value) ? this.#measureArray(value, shape) : wrongKind;
      case 'object':
        return isObject(value) ? this.#measureObject(value, shape) : wrongKind;
    }
  }

  #measureArray(value: readonly unknown[], { first, rest, constraints }: ArrayShape): Fit {
    const { minItems, maxItems } = constraints;
    const parts = value.map((item, index) => this.measure(item, first[index] ?? rest));
    const isOfLength = !isBelow(value.length, minItems) && !isAbove(value.length, maxItems);
    return addUp(isOfLength ? parts : [...parts, wrongValue]);
  }

  /**
   * An extra key of an open object is slack and not misfit: strict mode would not have let the model write it, but
   * the vendor takes it.
   */
  #measureObject(value: Values, { properties, rest, closed }: ObjectShape): Fit {
    const parts: Fit[] = [];
    for (const [key, property] of properties) {
      const inner = Object.hasOwn(value, key) ? value[key] : undefined;
      if (inner === undefined) parts.push(property.optional ? { misfit: 0, slack: 1 } : wrongValue);
      else if (!isAbsence(property, inner)) parts.push(this.measure(inner, property.shape));
    }
    for (const key of Object.keys(value)) {
      if (properties.has(key)) continue;
      if (rest !== undefined) parts.push(this.measure(value[key], rest));
      else parts.push({ misfit: closed === true ? 1 : 0, slack: 1 });
    }
    return addUp(parts);
  }
}

/** A union fits as well as its best member; one without members fits no value. */
const pickBest = (fits: readonly Fit[]): Fit => fits.reduce((a, b) => (isBetter(b, a) ? b : a), endless);

function addUp(parts: readonly Fit[]): Fit {
  let misfit = 0;
  let slack = 0;
  for (const part of parts) {
    misfit += part.misfit;
    slack += part.slack;
  }
  return { misfit, slack };
}

/**
 * A scalar of another type counts as a wrong value only: vendors coerce `"1"` to 1, and never an object. Patterns are
 * read with all flags by which more would match: a value is not far off that another flag makes right.
 */
function measureScalar(value: unknown, shape: ScalarShape): Fit {
  if (typeof value === 'object' && value !== null) return wrongKind;
  const isOfType = typeof value === (shape.type === 'integer' ? 'number' : shape.type);
  return isOfType && !violates(value, shape, 'ims') ? FITS : wrongValue;
}

function measureEnum(value: unknown, { values }: EnumShape): Fit {
  if (values.some((known) => known === value)) return FITS;
  return typeof value === 'object' && value !== null ? wrongKind : wrongLiteral;
}
