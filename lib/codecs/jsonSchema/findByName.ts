import { createEnum, createNothing, createScalar, type Shape } from './Shape.js';
import { unionOf } from './unionOf.js';

/** Without a pattern, models write words. Every provider that takes patterns can read it. */
const wholeNumber = createScalar('string', { pattern: '^-?[0-9]+$' });

/** io-ts and io-ts-types; a codec without a tag keeps what it is made of to itself, so its name has to do. */
const known: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['string', createScalar('string')],
  ['number', createScalar('number')],
  ['boolean', createScalar('boolean')],
  ['Int', createScalar('integer')],
  ['Integer', createScalar('integer')],
  ['NonEmptyString', createScalar('string', { minLength: 1 })],
  ['UUID', createScalar('string', { format: 'uuid' })],
  ['BigIntFromString', wholeNumber],
  ['BooleanFromNumber', createScalar('number')],
  ['BooleanFromString', createEnum('true', 'false')],
  ['DateFromISOString', createScalar('string', { format: 'date-time' })],
  ['DateFromNumber', createScalar('number')],
  ['DateFromUnixTime', createScalar('integer')],
  ['IntFromString', wholeNumber],
  ['JsonFromString', createScalar('string')],
  ['NumberFromString', createScalar('string', { pattern: String.raw`^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$` })],
  ['Date', createNothing('Date')],
  ['RegExp', createNothing('RegExp')],
]);

/**
 * The names that io-ts and io-ts-types make up for codecs of codecs, and which of their parts a document holds: a pipe
 * starts with the first codec, a model should not be asked for a fallback.
 */
const wrapped = /^(?:pipe\((\w+), .*\)|(?:fromNullable|withFallback)\((.+)\)|Option<(.+)>)$/;

/** The shape of a codec that has nothing but a name, where the name is a known one. */
export function findByName(name: string): Shape | undefined {
  // The whole name first: only the names of codecs of codecs are taken apart.
  const direct = known.get(name);
  if (direct !== undefined) return direct;
  const [, first, tolerant, optional] = wrapped.exec(name) ?? [];
  const inner = first ?? tolerant ?? optional;
  const shape = inner === undefined ? undefined : findByName(inner);
  // `optionFromNullable` reads `null` as none; the model must be able to write it.
  return optional === undefined || shape === undefined ? shape : unionOf([shape, createEnum(null)]);
}
