import { type Constraints, resolve, type ScalarShape, type Shape } from '../jsonSchema/Shape.js';
import { violates } from './violates.js';

/** Deeper parts get no sample: they are not worth it. */
const maxDepth = 20;

/** A value of a shape, as small as can be; for patterns just a guess. `null` where there is none. */
export function sampleOf(shape: Shape): unknown {
  return sampleWithin(shape, []) ?? null;
}

/**
 * Nothing, where a value would have to hold one of its own kind.
 *
 * @param above The shapes that lead here.
 */
function sampleWithin(shape: Shape, above: readonly Shape[]): unknown {
  const target = resolve(shape);
  if (above.includes(target)) return undefined;
  if (above.length > maxDepth) return null;
  const within = [...above, target];
  switch (target.kind) {
    case 'any':
    case 'opaque':
    // There is no value; `null` will be rejected, and then nothing is confirmed there.
    case 'none':
      return null;
    case 'scalar':
      return sampleScalar(target);
    case 'enum':
      return target.values[0] ?? null;
    case 'union':
      return sampleFirst(target.members, within);
    case 'array': {
      const { first, rest, constraints } = target;
      const length = Math.max(first.length, count(constraints, 'minItems'));
      return sampleAll(
        Array.from({ length }, (_, index) => first[index] ?? rest),
        within,
      );
    }
    // Required keys alone: an optional key would be one more thing that a vendor could reject.
    case 'object': {
      const required = [...target.properties].filter(([, { optional }]) => !optional);
      const values = sampleAll(
        required.map(([, property]) => property.shape),
        within,
      );
      return values && Object.fromEntries(required.map(([key], at) => [key, values[at]]));
    }
  }
}

/**
 * The first member that comes to an end: it is only needed that some member takes the sample. Following a recursion to
 * the greatest depth would take as many steps as a tree of that depth has nodes.
 */
function sampleFirst(members: readonly Shape[], above: readonly Shape[]): unknown {
  for (const member of members) {
    const sample = sampleWithin(member, above);
    if (sample !== undefined) return sample;
  }
  return undefined;
}

function sampleAll(shapes: readonly Shape[], above: readonly Shape[]): readonly unknown[] | undefined {
  const samples: unknown[] = [];
  for (const shape of shapes) {
    const sample = sampleWithin(shape, above);
    if (sample === undefined) return undefined;
    samples.push(sample);
  }
  return samples;
}

/** One value for each format, plain enough for every library: an ordinary UUID of version 4, a time with its zone. */
const byFormat: Readonly<Record<string, string>> = {
  date: '2020-02-20',
  'date-time': '2020-02-20T20:20:20Z',
  email: 'someone@example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  time: '20:20:20',
  uri: 'https://example.com',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
};

/** Zero if it may be, else the nearest limit: samples are guesses, and the vendor has the last word. */
function sampleScalar(shape: ScalarShape): unknown {
  const { type, constraints } = shape;
  if (type === 'boolean') return true;
  if (type === 'string') return sampleOfText(constraints);
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf = 1 } = constraints;
  const step = Number(multipleOf);
  const limits = [minimum, Number(exclusiveMinimum) + step, maximum, Number(exclusiveMaximum) - step];
  return [0, ...limits].find((limit) => Number.isFinite(limit) && !violates(limit, shape)) ?? 0;
}

/** Effect counts characters and writes half of them, as JSON Schema counts code points: where there is room, a text has twice as many. */
function sampleOfText(constraints: Constraints): string {
  const least = count(constraints, 'minLength');
  const most = constraints['maxLength'];
  const length = typeof most === 'number' ? Math.max(least, Math.min(2 * least, most)) : 2 * least;
  return (byFormat[String(constraints['format'])] ?? '').padEnd(length, 'x');
}

/**
 * A schema may ask for a million elements: beyond a thousand none are made, because every question would build them.
 */
function count(constraints: Constraints, keyword: string): number {
  const value = constraints[keyword];
  return typeof value === 'number' && value < 1_000 ? value : 0;
}
