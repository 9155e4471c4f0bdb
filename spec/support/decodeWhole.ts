import * as t from 'io-ts';
import type { CodecSample, CombinedSample, ListSample, ObjectSample, RecordSample } from './codecSamples.js';

/** io-ts's own, which it exports and does not declare. */
const { getTags, mergeAll } = t as unknown as {
  readonly getTags: (codec: t.Mixed) => Readonly<Record<string, readonly unknown[]>>;
  readonly mergeAll: (base: unknown, results: readonly unknown[]) => unknown;
};

/** What came out, and which keys of it were read as not there. */
export interface Whole {
  readonly value: unknown;
  readonly absent: readonly string[];
}

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * What `codec.decode` gives, with the one rule that io-ts has not: a `null` under a key that may be left out, and whose
 * codec refuses null, reads as if the key were not there, for all members of an intersection. Nothing where the document is refused.
 *
 * The plainest way to say it: recursion over the description of the codec, on whole values, sharing no code with the
 * library.
 */
export function decodeWhole(sample: CodecSample, value: unknown): Whole | undefined {
  switch (sample.kind) {
    case 'leaf':
    case 'opaque': {
      const result = sample.codec.decode(value);
      return result._tag === 'Right' ? plain(result.right) : undefined;
    }
    case 'object':
      return decodeObject(sample, value);
    case 'list':
      return decodeList(sample, value);
    case 'record':
      return decodeRecord(sample, value);
    case 'union':
      return decodeUnion(sample, value);
    case 'intersection':
      return decodeIntersection(sample, value);
    case 'refinement': {
      const whole = decodeWhole(sample.parts[0]!, value);
      return whole !== undefined && sample.predicate!(whole.value) ? whole : undefined;
    }
    case 'exact': {
      if (!isObject(value)) return undefined;
      const whole = decodeWhole(sample.parts[0]!, value);
      return whole && { ...whole, value: filterKeys(whole.value as JsonObject, (key) => sample.keys!.includes(key)) };
    }
    default:
      return decodeWhole(sample.parts[0]!, value);
  }
}

function decodeObject({ props, optional }: ObjectSample, value: unknown): Whole | undefined {
  if (!isObject(value)) return undefined;
  const changes: Record<string, unknown> = {};
  const absent: string[] = [];
  for (const [key, sample] of Object.entries(props)) {
    let wire = value[key];
    let whole = decodeWhole(sample, wire);
    const without = wire === null && whole === undefined ? decodeWhole(sample, undefined) : undefined;
    if (wire === null && whole === undefined && (optional || without !== undefined)) {
      absent.push(key);
      wire = undefined;
      whole = without;
    }
    if (whole === undefined && !(optional && wire === undefined)) return undefined;
    if (whole === undefined) continue;
    const isThere = Object.hasOwn(value, key) && !absent.includes(key);
    if (whole.value !== wire || (!optional && whole.value === undefined && !isThere)) changes[key] = whole.value;
  }
  const rest = filterKeys(value, (key) => !absent.includes(key));
  return { value: Object.keys(changes).length > 0 ? { ...rest, ...changes } : rest, absent };
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
  return plain(isDeepSame(items, value) ? value : items);
}

function decodeRecord({ domain, value: sample }: RecordSample, value: unknown): Whole | undefined {
  if (!isObject(value)) return undefined;
  const result: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const name = domain.decode(key);
    if (name._tag === 'Left') continue;
    const whole = decodeWhole(sample, inner);
    if (whole === undefined) return undefined;
    result[name.right as string] = whole.value;
  }
  return plain(isDeepSame(Object.entries(result).flat(), Object.entries(value).flat()) ? value : result);
}

function decodeUnion({ codec, parts }: CombinedSample, value: unknown): Whole | undefined {
  if (!('tag' in codec)) {
    for (const part of parts) {
      const whole = decodeWhole(part, value);
      if (whole !== undefined) return whole;
    }
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const tag = codec.tag as string;
  const member = parts.find((part) => getTags(part.codec)[tag]!.includes(value[tag]));
  return member && decodeWhole(member, value);
}

function decodeIntersection({ parts }: CombinedSample, value: unknown): Whole | undefined {
  const wholes = parts.map((part) => decodeWhole(part, value));
  if (!wholes.every((whole) => whole !== undefined)) return undefined;
  const absent = [...new Set(wholes.flatMap((whole) => whole.absent))];
  if (absent.length === 0 || !isObject(value))
    return plain(
      mergeAll(
        value,
        wholes.map((whole) => whole.value),
      ),
    );
  const rest = filterKeys(value, (key) => !absent.includes(key));
  const again = wholes.map((whole, index) =>
    absent.some((key) => isObject(whole.value) && Object.hasOwn(whole.value, key))
      ? decodeWhole(parts[index]!, rest)
      : whole,
  );
  if (!again.every((whole) => whole !== undefined)) return undefined;
  return {
    value: mergeAll(
      rest,
      again.map((whole) => whole.value),
    ),
    absent,
  };
}

function plain(value: unknown): Whole {
  return { value, absent: [] };
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
