import { enumOf, nothing, scalar, type Shape } from './Shape.js';
import { unionOf } from './unionOf.js';

/** Without a pattern, models write words. Every provider that takes patterns can read it. */
const wholeNumber = scalar('string', { pattern: '^-?[0-9]+$' });

/** io-ts and io-ts-types; a codec without a tag keeps what it is made of to itself, so its name has to do. */
const known: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['string', scalar('string')],
  ['number', scalar('number')],
  ['boolean', scalar('boolean')],
  ['Int', scalar('integer')],
  ['Integer', scalar('integer')],
  ['NonEmptyString', scalar('string', { minLength: 1 })],
  ['UUID', scalar('string', { format: 'uuid' })],
  ['BigIntFromString', wholeNumber],
  ['BooleanFromNumber', scalar('number')],
  ['BooleanFromString', enumOf('true', 'false')],
  ['DateFromISOString', scalar('string', { format: 'date-time' })],
  ['DateFromNumber', scalar('number')],
  ['DateFromUnixTime', scalar('integer')],
  ['IntFromString', wholeNumber],
  ['JsonFromString', scalar('string')],
  ['NumberFromString', scalar('string', { pattern: String.raw`^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$` })],
  ['Date', nothing('Date')],
  ['RegExp', nothing('RegExp')],
]);

/**
 * The names that io-ts and io-ts-types make up for codecs of codecs, and which of their parts a document holds: a pipe
 * starts with the first codec, a model should not be asked for a fallback.
 */
const wrapped = /^(?:pipe\((\w+), .*\)|(?:fromNullable|withFallback)\((.+)\)|Option<(.+)>)$/;

/** The shape of a codec that has nothing but a name, where the name is a known one. */
export function knownByName(name: string): Shape | undefined {
  const direct = known.get(name);
  if (direct !== undefined) return direct;
  const [, first, tolerant, optional] = wrapped.exec(name) ?? [];
  const inner = first ?? tolerant ?? optional;
  const shape = inner === undefined ? undefined : knownByName(inner);
  return optional === undefined || shape === undefined ? shape : unionOf([shape, enumOf(null)]);
}
