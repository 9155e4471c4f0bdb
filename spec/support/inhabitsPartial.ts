import { hasState, isContradiction, type CodecSample, type ObjectSample } from './codecSamples.js';

/**
 * Whether a value has the type `PartialOf<A>` of a codec's `A`, told from the description of the codec; with `whole`,
 * whether it has the type `A`. An exact codec strips no keys that another part of an intersection lets through.
 */
export function inhabitsPartial(sample: CodecSample, value: unknown, whole = false, isPart = false): boolean {
  if (!whole && (sample.kind === 'opaque' || sample.kind === 'refinement') && hasState(sample))
    return inhabitsState(
      value,
      (complete) => inhabitsPartial(sample, complete, true),
      () => false,
    );
  switch (sample.kind) {
    case 'leaf':
      return sample.codec.is(value);
    case 'opaque':
      return !sample.isSound || sample.codec.is(value);
    case 'object':
      return inhabitsObject(sample, value, whole);
    case 'list':
      return (
        Array.isArray(value) &&
        value.length <= (sample.length ?? Infinity) &&
        value.every((item, index) => inhabitsPartial(sample.item(index)!, item, whole))
      );
    case 'record':
      return isObject(value) && Object.values(value).every((inner) => inhabitsPartial(sample.value, inner, whole));
    case 'exact':
      return (
        isObject(value) &&
        (isPart || Object.keys(value).every((key) => sample.keys!.includes(key))) &&
        inhabitsPartial(sample.parts[0]!, value, whole, isPart)
      );
    case 'union':
      return sample.parts.some((part) => inhabitsPartial(part, value, whole, isPart));
    case 'intersection':
      return isContradiction(sample) || sample.parts.every((part) => inhabitsPartial(part, value, whole, true));
    case 'refinement':
      return sample.predicate!(value) && inhabitsPartial(sample.parts[0]!, value, true, isPart);
    case 'same':
      return inhabitsPartial(sample.parts[0]!, value, whole, isPart);
    case 'complete':
      return inhabitsPartial(sample.parts[0]!, value, true);
    case 'present':
      return inhabitsPartial(sample.parts[0]!, value, whole);
    case 'state':
      return whole
        ? inhabitsPartial(sample.parts[0]!, value, true)
        : inhabitsState(
            value,
            (complete) => inhabitsPartial(sample.parts[0]!, complete, true),
            (growing) => inhabitsPartial(sample.parts[0]!, growing),
          );
  }
}

function inhabitsObject({ props, optional }: ObjectSample, value: unknown, whole: boolean): boolean {
  if (!isObject(value)) return false;
  return Object.entries(props).every(([key, sample]) => {
    if (Object.hasOwn(value, key)) return inhabitsPartial(sample, value[key], whole);
    return optional || !whole;
  });
}

function inhabitsState(
  value: unknown,
  isWhole: (value: unknown) => boolean,
  isGrowing: (value: unknown) => boolean,
): boolean {
  if (!isObject(value)) return false;
  const { state, ...rest } = value;
  if (state === 'pending') return Object.keys(rest).length === 0;
  if (state === 'complete') return isWhole(value['value']);
  return state === 'growing' && (!Object.hasOwn(value, 'value') || isGrowing(value['value']));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
