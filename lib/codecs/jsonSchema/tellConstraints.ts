import { listPatterns, listTexts } from './intersectConstraints.js';
import { resolve, type Constraints, type Shape } from './Shape.js';

/**
 * Says constraints in words, one sentence each, for a description: a model reads it where a provider takes no keyword.
 * Numbers are in digits.
 */
export function tellConstraints(constraints: Constraints): readonly string[] {
  const { format, formatPattern, multipleOf, uniqueItems, contentEncoding, contentMediaType } = constraints;
  const patterns = [...listPatterns(constraints), ...(typeof formatPattern === 'string' ? [formatPattern] : [])];
  return [
    ...tellRange(constraints),
    ...(typeof multipleOf === 'number' ? [`A multiple of ${multipleOf}.`] : []),
    ...tellCount('character', constraints['minLength'], constraints['maxLength']),
    ...tellCount('item', constraints['minItems'], constraints['maxItems']),
    ...(uniqueItems === true ? ['No item twice.'] : []),
    ...(typeof format === 'string' ? [`Format: ${format}.`] : []),
    ...patterns.map((source) => `Matches the regular expression \`${source}\`.`),
    ...listTexts(constraints['flagged']).map((expression) => `Matches the regular expression \`${expression}\`.`),
    ...(typeof contentEncoding === 'string' && contentEncoding !== format ? [`Encoded as ${contentEncoding}.`] : []),
    ...(typeof contentMediaType === 'string' ? [`Media type: ${contentMediaType}.`] : []),
  ];
}

/** Both ends in one sentence where both are there: descriptions are paid for with every request. */
function tellRange({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Constraints): readonly string[] {
  const sentences = [
    ...(typeof exclusiveMinimum === 'number' ? [`Greater than ${exclusiveMinimum}.`] : []),
    ...(typeof exclusiveMaximum === 'number' ? [`Less than ${exclusiveMaximum}.`] : []),
  ];
  if (typeof minimum === 'number' && typeof maximum === 'number')
    return [`Between ${minimum} and ${maximum}.`, ...sentences];
  if (typeof minimum === 'number') sentences.push(`At least ${minimum}.`);
  if (typeof maximum === 'number') sentences.push(`At most ${maximum}.`);
  return sentences;
}

/** Counts are said with their unit: "At least 1." alone would be about a number. */
function tellCount(unit: string, least: unknown, most: unknown): readonly string[] {
  const tellUnits = (count: number): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (typeof least === 'number' && typeof most === 'number')
    return [least === most ? `Exactly ${tellUnits(most)}.` : `Between ${least} and ${tellUnits(most)}.`];
  if (typeof least === 'number') return [`At least ${tellUnits(least)}.`];
  return typeof most === 'number' ? [`At most ${tellUnits(most)}.`] : [];
}

/** Says which item of a tuple is what, where one schema stands for all of them. */
export function tellOrder(items: readonly Shape[]): readonly string[] {
  return items.length < 2 ? [] : [`In this order: ${items.map(tellKind).join(', ')}.`];
}

/** One word for each item: the full schema of the items stands beside the sentence. */
function tellKind(shape: Shape): string {
  const target = resolve(shape);
  switch (target.kind) {
    case 'scalar':
      return target.type;
    case 'array':
    case 'object':
      return target.kind;
    case 'enum':
      return target.values.map((value) => JSON.stringify(value)).join(' or ');
    case 'union':
      return target.members.map(tellKind).join(' or ');
    default:
      return 'value';
  }
}
