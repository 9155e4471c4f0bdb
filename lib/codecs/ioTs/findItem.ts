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
    if (item === undefined || item !== findRejecting(codec, '1')) return undefined;
    return { item, mayBeEmpty: codec.validate([], [])._tag === 'Right' };
  } catch {
    // A function that takes for granted what it is given.
    return undefined;
  }
}

function findRejecting(codec: Codec, index: string): Codec | undefined {
  const result = codec.validate([Symbol('no JSON'), Symbol('no JSON')], []);
  if (result._tag === 'Right') return undefined;
  const steps = result.left.map(({ context }) => context[0]);
  const isList = steps.every((step) => step?.key === '0' || step?.key === '1');
  return isList ? steps.find((step) => step?.key === index)?.type : undefined;
}
