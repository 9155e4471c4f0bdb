import type * as t from 'io-ts';
import { isContainer, isObject } from '../../partials/Container.js';
import type { JsonPath } from '../../partials/PartialJson.js';
import type { AnyDecoder, CodecKind } from '../ioTs/CodecKind.js';
import { describeCodec } from '../ioTs/readCodec.js';
import { listTagValues } from '../ioTs/listTagValues.js';
import { joinWords, describeExpected } from './describeExpected.js';

/** A union that an error lies in, and the member that complains. */
export interface Alternative {
  /**
   * The entry of the union's own value. Contexts are copied entry by entry, so errors of one union have it in common.
   */
  readonly union: t.ContextEntry;
  /** How many steps of the error's path lead to the union. */
  readonly depth: number;
  readonly index: number;
  readonly codec: AnyDecoder;
}

export interface LocatedError {
  readonly path: JsonPath;
  /** Outermost first. */
  readonly alternatives: readonly Alternative[];
  /** The codec's own message, if it has one. */
  readonly message: string | undefined;
  readonly expected: string;
  readonly value: unknown;
  /** Whether a key or element is not there that should be, or is there and should not. */
  readonly presence: 'missing' | 'forbidden' | 'as expected';
}

/**
 * Where in the document an error is. An io-ts context has an entry for each step down, but also one for each member of
 * a union or intersection on the way, whose key is the member's number and no step at all.
 */
export function locateError({ context, message, value }: t.ValidationError): LocatedError {
  const path: (string | number)[] = [];
  const alternatives: Alternative[] = [];
  let isMissing = false;
  for (const [depth, { key, type, actual }] of context.entries()) {
    const parent = context[depth - 1];
    if (parent === undefined) continue;
    const combination = findCombination(parent.type, key, type);
    if (combination === undefined && !isSameValue(parent, actual)) {
      path.push(Array.isArray(parent.actual) ? Number(key) : key);
      isMissing = isContainer(parent.actual) && !Object.hasOwn(parent.actual, key);
    } else if (combination !== 'intersection') {
      alternatives.push({ union: parent, depth: path.length, index: Number(key), codec: type });
    }
  }
  const codec = context.at(-1)?.type;
  const plain = codec && readPlainCodec(codec);
  const expected = codec === undefined ? 'another value' : describeExpected(codec);
  if (plain?.kind === 'union' && plain.tag !== undefined && isObject(value) && message === undefined) {
    // A tagged union rejects the discriminator.
    const { tag, members } = plain;
    const tags = members.flatMap((member) => listTagValues(member, tag)).map((literal) => JSON.stringify(literal));
    const presence = Object.hasOwn(value, tag) ? 'as expected' : 'missing';
    const found: unknown = Reflect.get(value, tag);
    return { path: [...path, tag], alternatives, message, expected: joinWords(tags), value: found, presence };
  }
  const isForbidden = plain?.kind === 'leaf' && plain.type === 'never' && path.length > 0;
  const presence = isMissing ? 'missing' : isForbidden ? 'forbidden' : 'as expected';
  return { path, alternatives, message, expected, value, presence };
}

/** Whether two errors lie in the same union, that many unions down. */
export function haveSameUnion(a: LocatedError, b: LocatedError, nesting: number): boolean {
  const union = a.alternatives[nesting]?.union;
  return union !== undefined && union === b.alternatives[nesting]?.union;
}

/** The codec without conditions, names and `readonly` around it. */
function readPlainCodec(codec: AnyDecoder): CodecKind {
  const kind = describeCodec(codec);
  switch (kind.kind) {
    case 'exact':
    case 'same':
    case 'refinement':
      return readPlainCodec(kind.inner);
    case 'later':
      return readPlainCodec(kind.definition());
    default:
      return kind;
  }
}

/** The kind of combination, if the given codec is a member of it. */
function findCombination(codec: AnyDecoder, key: string, member: AnyDecoder): 'union' | 'intersection' | undefined {
  const plain = readPlainCodec(codec);
  if (plain.kind !== 'union' && plain.kind !== 'intersection') return undefined;
  return plain.members[Number(key)] === member ? plain.kind : undefined;
}

/** A step down leads to another value; a codec with a union inside stays with the same. */
function isSameValue(parent: t.ContextEntry, actual: unknown): boolean {
  return parent.actual !== undefined && parent.actual === actual;
}
