import type * as t from 'io-ts';

type Codec = t.Decoder<unknown, unknown>;

export interface Items {
  readonly item: Codec;
  readonly mayBeEmpty: boolean;
}

/**
 * The codec of the items of a codec that is only a function, where it decodes arrays: `nonEmptyArray`, `setFromArray`,
 * `mapFromEntries`, `t.array(…).pipe(…)`. io-ts names the codec that failed at each step of the way, so items that no
 * codec of JSON accepts make it tell.
 */
export function findItem(codec: Codec): Items | undefined {
  try {
    const item = findRejecting(codec, '0');
    // Two different codecs mean a tuple (an entry of a map, say), which is not a list of one kind of item.
    if (item === undefined || item !== findRejecting(codec, '1')) return undefined;
    // It takes everything, so it is not what has rejected the item: the errors of other libraries name no codec.
    if (item.name === 'unknown') return undefined;
    return { item, mayBeEmpty: codec.validate([], [])._tag === 'Right' };
  } catch {
    // A function that takes for granted what it is given.
    return undefined;
  }
}

/**
 * The codec that rejected one of two items. Symbols serve as items, because no codec of JSON takes them: `t.unknown`
 * alone does, and then there is nothing to find.
 */
function findRejecting(codec: Codec, index: string): Codec | undefined {
  const result = codec.validate([Symbol('no JSON'), Symbol('no JSON')], []);
  if (result._tag === 'Right') return undefined;
  // The first step of the way, from the array to its element; what comes below it belongs to the element.
  const steps = result.left.map(({ context }) => context[0]);
  const isList = steps.every((step) => step?.key === '0' || step?.key === '1');
  return isList ? steps.find((step) => step?.key === index)?.type : undefined;
}
