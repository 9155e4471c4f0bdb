import type * as t from 'io-ts';
import type { Annotation } from '../annotations/Annotation.js';

/** Any codec, also one that only decodes. */
export type AnyDecoder = t.Decoder<unknown, unknown>;

export type Literal = boolean | number | string;

/**
 * A codec, as the library sees it. It is the only description of io-ts that the decoder, the reports and JSON Schema
 * have: a combinator is added here, in `readCodec`, and where it means something new.
 */
export type CodecKind =
  | LeafKind
  | ChoiceKind
  | ListKind
  | TupleKind
  | PropsKind
  | RecordKind
  | UnionKind
  | IntersectionKind
  | RefinementKind
  | ExactKind
  | SameKind
  | LaterKind
  | AnnotatedKind
  | OpaqueKind;

/** A value that is told by its type alone, and comes out as it went in. */
export interface LeafKind {
  readonly kind: 'leaf';
  readonly type: LeafType;
}

export type LeafType =
  | 'anything'
  | 'array'
  | 'bigint'
  | 'boolean'
  | 'dictionary'
  | 'function'
  | 'never'
  | 'number'
  /** An object or an array: io-ts's deprecated `t.object`. */
  | 'object'
  | 'string'
  | 'undefined';

/** One of a few values: a literal, `null`, the keys of an object. */
export interface ChoiceKind {
  readonly kind: 'choice';
  /** In the order of the codec, which is the order in which io-ts reports them. */
  readonly values: readonly (Literal | null)[];
  /** It was made by `t.literal`: io-ts tells members of a union apart by literals only. */
  readonly isLiteral: boolean;
}

/** Elements of one codec. `t.readonlyArray` is one as well: it validates with the function of `t.array`. */
export interface ListKind {
  readonly kind: 'list';
  readonly item: t.Mixed;
}

/** Elements by position. io-ts decodes as many as there are codecs, and cuts off further ones without a complaint. */
export interface TupleKind {
  readonly kind: 'tuple';
  readonly items: readonly t.Mixed[];
}

/** An object with known keys: all required, or all optional. Other keys pass. */
export interface PropsKind {
  readonly kind: 'props';
  readonly props: Readonly<Record<string, t.Mixed>>;
  readonly optional: boolean;
}

/** An object whose keys are its entries. The domain is a codec too, and may translate the keys. */
export interface RecordKind {
  readonly kind: 'record';
  readonly domain: t.Mixed;
  readonly value: t.Mixed;
  /** The keys of a finite domain: such a record is an exact object with these keys, all of them required. */
  readonly keys: readonly string[] | undefined;
}

/** The first member to accept decides. With a tag, io-ts asks the member that the tag names, and no other. */
export interface UnionKind {
  readonly kind: 'union';
  readonly members: readonly t.Mixed[];
  /** The key whose literal tells the members apart, where io-ts found one. */
  readonly tag: string | undefined;
}

/** All members read the same value; io-ts merges their results key by key, so the order of the members counts. */
export interface IntersectionKind {
  readonly kind: 'intersection';
  readonly members: readonly t.Mixed[];
}

/** A condition on what the inner codec has decoded, not on the wire's value: brands, `t.Int`, `t.refinement`. */
export interface RefinementKind {
  readonly kind: 'refinement';
  readonly inner: t.Mixed;
  readonly predicate: (value: unknown) => boolean;
}

/** An object that keeps only some of its keys. */
export interface ExactKind {
  readonly kind: 'exact';
  readonly inner: t.Mixed;
  readonly keys: readonly string[];
}

/** Another codec that reads just as the inner one does: `t.readonly`. */
export interface SameKind {
  readonly kind: 'same';
  readonly inner: t.Mixed;
}

/** A codec that may contain itself. */
export interface LaterKind {
  readonly kind: 'later';
  /** The same function for all copies of one recursion. It may be called only when a value is there to be read. */
  readonly definition: () => t.Mixed;
}

/** The inner codec, with something said about its partials. */
export interface AnnotatedKind {
  readonly kind: 'annotated';
  readonly inner: t.Mixed;
  readonly annotation: Annotation;
}

/** A codec that is only a function. */
export interface OpaqueKind {
  readonly kind: 'opaque';
  /**
   * How the codec describes itself, where it was made of another one: `withFallback(t.number, 0)` is like `t.number`.
   */
  readonly like: Exclude<CodecKind, OpaqueKind> | undefined;
}
