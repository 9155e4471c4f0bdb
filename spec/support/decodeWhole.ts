import * as t from 'io-ts';
import type { CodecSample, CombinedSample, ListSample, ObjectSample, RecordSample } from './codecSamples.js';

/** io-ts's own, which it exports and does not declare. */
const { getTags, mergeAll } = t as unknown as {
  readonly getTags: (codec: t.Mixed) => Readonly<Record<string, readonly unknown[]>>;
  readonly mergeAll: (base: unknown, results: readonly unknown[]) => unknown;
};

/** The result. */
export interface Whole {
  readonly value: unknown;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Keys of an object that hold a null which means that they are not there. */
type Absent = readonly string[];

/**
 * The result of `codec.decode`, with the one rule that io-ts has not: a `null` under a key that may be left out, and
 * whose codec rejects null, reads as if the key were not there, for all members of an intersection. The codec decides
 * it before anything is read. Nothing where the document is rejected.
 *
 * The plainest way to say it: recursion over the description of the codec, on whole values, sharing no code with the
 * library.
 *
 * @param absent Keys that an intersection around this codec reads as not there.
 */
export function decodeWhole(sample: CodecSample, value: unknown, absent: Absent = []): Whole | undefined {
  switch (sample.kind) {
    case 'leaf':
    case 'opaque': {
      const result = sample.codec.decode(without(value, absent));
      return result._tag === 'Right' ? { value: result.right } : undefined;
    }
    case 'object':
      return decodeObject(sample, value, absent);
    case 'list':
      return decodeList(sample, value);
    case 'record':
      return decodeRecord(sample, value, absent);
    case 'union':
      return decodeUnion(sample, value, absent);
    case 'intersection':
      return decodeIntersection(sample, value, absent);
    case 'refinement': {
      const whole = decodeWhole(sample.parts[0]!, value, absent);
      return whole !== undefined && sample.predicate!(whole.value) ? whole : undefined;
    }
    case 'exact': {
      if (!isObject(value)) return undefined;
      const whole = decodeWhole(sample.parts[0]!, value, absent);
      return whole && { value: filterKeys(whole.value as JsonObject, (key) => sample.keys!.includes(key)) };
    }
    default:
      return decodeWhole(sample.parts[0]!, value, absent);
  }
}

/** How a codec reads a null under a key: as a key that is not there; so for some members of a union; as a null. */
function nullAt(sample: CodecSample, key: string): 'absent' | 'depends' | 'null' {
  switch (sample.kind) {
    case 'object': {
      const prop = sample.props[key];
      if (prop === undefined || prop.codec.decode(null)._tag === 'Right') return 'null';
      return sample.optional || prop.codec.decode(undefined)._tag === 'Right' ? 'absent' : 'null';
    }
    case 'union': {
      const readings = sample.parts.filter((part) => knows(part, key)).map((part) => nullAt(part, key));
      if (readings.length > 0 && readings.every((reading) => reading === 'absent')) return 'absent';
      return readings.every((reading) => reading === 'null') ? 'null' : 'depends';
    }
    case 'intersection': {
      const readings = sample.parts.map((part) => nullAt(part, key));
      if (readings.includes('absent')) return 'absent';
      return readings.includes('depends') ? 'depends' : 'null';
    }
    case 'leaf':
    case 'opaque':
    case 'list':
    case 'record':
      return 'null';
    default:
      return nullAt(sample.parts[0]!, key);
  }
}

function knows(sample: CodecSample, key: string): boolean {
  switch (sample.kind) {
    case 'object':
      return Object.hasOwn(sample.props, key);
    case 'exact':
      return sample.keys!.includes(key);
    case 'record':
      return sample.domain.decode(key)._tag === 'Right';
    case 'leaf':
      return sample.codec.is({});
    case 'opaque':
      return true;
    case 'list':
      return false;
    default:
      return sample.parts.some((part) => knows(part, key));
  }
}

function without(value: unknown, absent: Absent): unknown {
  return isObject(value) ? filterKeys(value, (key) => !(value[key] === null && absent.includes(key))) : value;
}

function decodeObject(sample: ObjectSample, value: unknown, outer: Absent): Whole | undefined {
  if (!isObject(value)) return undefined;
  const { props, optional } = sample;
  const absent = [...outer, ...Object.keys(props).filter((key) => nullAt(sample, key) === 'absent')];
  const rest = without(value, absent) as JsonObject;
  const changes: Record<string, unknown> = {};
  for (const [key, prop] of Object.entries(props)) {
    const whole = decodeWhole(prop, rest[key]);
    if (whole === undefined && !(optional && rest[key] === undefined)) return undefined;
    if (whole === undefined) continue;
    const isThere = Object.hasOwn(rest, key);
    if (whole.value !== rest[key] || (!optional && whole.value === undefined && !isThere)) changes[key] = whole.value;
  }
  return { value: Object.keys(changes).length > 0 ? { ...rest, ...changes } : rest };
}

function decodeList({ item, length }: ListSample, value: unknown): Whole | undefined {
  if (!Array.isArray(value)) return undefined;
  const wire = value.slice(0, length) as unknown[];
  const items = [...wire];
  for (let index = 0; index < (length ?? wire.length); index++) {
    const whole = decodeWhole(item(index)!, wire[index]);
    if (whole === undefined) return undefined;
    if (whole.value !== wire[index]) items[index] = whole.value;
  }
  return { value: isDeepSame(items, value) ? value : items };
}

function decodeRecord({ domain, value: sample }: RecordSample, value: unknown, absent: Absent): Whole | undefined {
  if (!isObject(value)) return undefined;
  const rest = without(value, absent) as JsonObject;
  const result: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(rest)) {
    const name = domain.decode(key);
    if (name._tag === 'Left') continue;
    const whole = decodeWhole(sample, inner);
    if (whole === undefined) return undefined;
    result[name.right as string] = whole.value;
  }
  return { value: isDeepSame(Object.entries(result).flat(), Object.entries(rest).flat()) ? rest : result };
}

function decodeUnion({ codec, parts }: CombinedSample, value: unknown, absent: Absent): Whole | undefined {
  if (!('tag' in codec)) {
    for (const part of parts) {
      const whole = decodeWhole(part, value, absent);
      if (whole !== undefined) return whole;
    }
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const tag = codec.tag as string;
  const member = parts.find((part) => getTags(part.codec)[tag]!.includes(value[tag]));
  return member && decodeWhole(member, value, absent);
}

function decodeIntersection(sample: CombinedSample, value: unknown, outer: Absent): Whole | undefined {
  const { parts } = sample;
  const keys = isObject(value) ? Object.keys(value) : [];
  const absent = [...outer, ...keys.filter((key) => nullAt(sample, key) === 'absent')];
  const wholes = parts.map((part) => decodeWhole(part, value, absent));
  if (!wholes.every((whole) => whole !== undefined)) return undefined;
  const results = wholes.map((whole) => whole.value);
  const merged = mergeAll(without(value, absent), results);
  // The member of a union alone may have read a null as a key that is not there.
  const dropped = keys.filter((key) => {
    if (nullAt(sample, key) !== 'depends' || (value as JsonObject)[key] !== null) return false;
    const has = results.map((result) => isObject(result) && Object.hasOwn(result, key));
    return has.includes(false) && !parts.some((part, index) => has[index] && knows(part, key));
  });
  return { value: without(merged, dropped) };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same object where all its keys stay: io-ts's intersections go by identity. */
function filterKeys(value: JsonObject, stays: (key: string) => boolean): JsonObject {
  const entries = Object.entries(value).filter(([key]) => stays(key));
  return entries.length === Object.keys(value).length ? value : Object.fromEntries(entries);
}

function isDeepSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
