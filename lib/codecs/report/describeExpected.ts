import * as t from 'io-ts';
import type { AnyDecoder, LeafType, RefinementKind } from '../ioTs/CodecKind.js';
import { describeCodec } from '../ioTs/readCodec.js';
import { cut, showValue } from './showValue.js';

/** More choices than these are not listed. */
const MOST_CHOICES = 20;

/** Longer names of codecs are cut. */
const LONGEST_NAME = 200;

/** The values that a codec takes, in words: `string`, `"circle" or "square"`, `UUID`. */
export function describeExpected(codec: AnyDecoder): string {
  const kind = describeCodec(codec);
  switch (kind.kind) {
    case 'props':
    case 'exact':
    case 'record':
      return 'object';
    case 'list':
      return 'array';
    case 'tuple':
      return `array of ${kind.items.length}`;
    case 'leaf':
      return leafNames[kind.type] ?? codec.name;
    case 'choice':
      return joinWords(kind.values.map(showLiteral));
    case 'union':
      return joinWords(kind.members.map(describeExpected));
    case 'intersection':
      return [...new Set(kind.members.map(describeExpected))].join(' and ');
    case 'refinement':
      return describeRefinement(codec.name, kind);
    case 'same':
      return describeExpected(kind.inner);
    case 'later':
      return describeExpected(kind.definition());
    case 'opaque':
      return cut(codec.name, LONGEST_NAME);
  }
}

function showLiteral(value: unknown): string {
  return showValue(value, false);
}

const leafNames: Readonly<Partial<Record<LeafType, string>>> = {
  array: 'array',
  dictionary: 'object',
  never: 'nothing',
  object: 'object',
  undefined: 'nothing',
};

/** The given words, each once: `a, b or c`. */
export function joinWords(words: readonly string[]): string {
  const unique = [...new Set(words)];
  const listed = unique.slice(0, MOST_CHOICES);
  if (unique.length > MOST_CHOICES) return `${listed.join(', ')} or ${unique.length - MOST_CHOICES} others`;
  const last = listed.pop() ?? 'nothing';
  return listed.length === 0 ? last : `${listed.join(', ')} or ${last}`;
}

/** A name that io-ts made up tells less than the codec and the condition. */
function describeRefinement(name: string, { inner, predicate }: RefinementKind): string {
  const condition = t.getFunctionName(predicate);
  if (name !== `(${inner.name} | ${condition})`) return name;
  return condition.startsWith('<')
    ? `valid ${describeExpected(inner)}`
    : `${describeExpected(inner)} that is ${condition}`;
}
