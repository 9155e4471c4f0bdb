import type * as t from 'io-ts';

/** A union that io-ts tells apart by a discriminator. */
export interface TaggedUnion extends t.UnionType<t.Mixed[]> {
  readonly tag: string;
}

/** The codecs of io-ts that say what they are made of. */
export type TaggedCodec =
  | t.AnyArrayType
  | t.AnyDictionaryType
  | t.AnyType
  | t.ArrayType<t.Mixed>
  | t.BigIntType
  | t.BooleanType
  | t.DictionaryType<t.Mixed, t.Mixed>
  | t.ExactType<t.Mixed>
  | t.FunctionType
  | t.InterfaceType<t.AnyProps>
  | t.IntersectionType<t.Mixed[]>
  | t.KeyofType<Record<string, unknown>>
  | t.LiteralType<boolean | number | string>
  | t.NeverType
  | t.NullType
  | t.NumberType
  | (t.Mixed & { readonly _tag: 'ObjectType' })
  | t.PartialType<t.AnyProps>
  | t.ReadonlyArrayType<t.Mixed>
  | t.ReadonlyType<t.Mixed>
  | t.RecursiveType<t.Mixed>
  | t.RefinementType<t.Mixed>
  | t.StringType
  | TaggedUnion
  | t.TupleType<t.Mixed[]>
  | t.UndefinedType
  | t.UnionType<t.Mixed[]>
  | t.UnknownType
  | t.VoidType;
