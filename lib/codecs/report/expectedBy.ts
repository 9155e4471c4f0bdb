import * as t from 'io-ts';
import type { TaggedCodec } from '../ioTs/TaggedCodec.js';

/** More choices than these are not listed. */
const MOST_CHOICES = 20;

/** What a codec asks for, in words: `string`, `"circle" or "square"`, `UUID`. */
export function expectedBy(codec: t.Decoder<unknown, unknown>): string {
  const tagged = codec as typeof codec & TaggedCodec;
  switch (tagged._tag) {
    case 'InterfaceType':
    case 'PartialType':
    case 'ExactType':
    case 'DictionaryType':
    case 'AnyDictionaryType':
    case 'ObjectType':
      return 'object';
    case 'ArrayType':
    case 'ReadonlyArrayType':
    case 'AnyArrayType':
      return 'array';
    case 'TupleType':
      return `array of ${tagged.types.length}`;
    case 'LiteralType':
      return JSON.stringify(tagged.value);
    case 'KeyofType':
      return anyOf(Object.keys(tagged.keys).map((key) => JSON.stringify(key)));
    case 'UnionType':
      return anyOf(tagged.types.map(expectedBy));
    case 'IntersectionType':
      return [...new Set(tagged.types.map(expectedBy))].join(' and ');
    case 'RefinementType':
      return expectedByRefinement(tagged);
    case 'ReadonlyType':
    case 'RecursiveType':
      return expectedBy(tagged.type);
    case 'UndefinedType':
    case 'VoidType':
    case 'NeverType':
      return 'nothing';
    default:
      return codec.name;
  }
}

/** The given words, each once: `a, b or c`. */
export function anyOf(words: readonly string[]): string {
  const unique = [...new Set(words)];
  const listed = unique.slice(0, MOST_CHOICES);
  if (unique.length > MOST_CHOICES) return `${listed.join(', ')} or ${unique.length - MOST_CHOICES} others`;
  const last = listed.pop() ?? 'nothing';
  return listed.length === 0 ? last : `${listed.join(', ')} or ${last}`;
}

/** A name that io-ts made up tells less than the codec and the condition. */
function expectedByRefinement({ name, type, predicate }: t.RefinementType<t.Mixed>): string {
  const condition = t.getFunctionName(predicate);
  if (name !== `(${type.name} | ${condition})`) return name;
  return condition.startsWith('<') ? `valid ${expectedBy(type)}` : `${expectedBy(type)} that is ${condition}`;
}
