import { Effect, Schema } from 'effect';
import { ownKey, tagOf, type Leaf, type MembersNode, type Node, type Prop, type Props, type Wrapping } from './Node.js';
import { isTaken, isText } from './ofZod.js';

type Codec = Schema.Codec<unknown, unknown>;

/** The schema of a node, in Effect's words. */
export function ofEffect(node: Node): Codec {
  switch (node.kind) {
    case 'leaf':
      return ofLeaf(node.leaf);
    case 'list':
      return node.isNonEmpty ? Schema.NonEmptyArray(ofEffect(node.item)) : Schema.Array(ofEffect(node.item));
    case 'tuple': {
      const items = Schema.Tuple(node.items.map(ofEffect));
      return node.rest === undefined ? items : Schema.TupleWithRest(items, [ofEffect(node.rest)]);
    }
    case 'entries':
      return Schema.Record(Schema.String, ofEffect(node.value));
    case 'named': {
      const value = node.isPartial ? Schema.optionalKey(ofEffect(node.value)) : ofEffect(node.value);
      return Schema.Struct({ p: value, q: value });
    }
    case 'object':
      return Schema.Struct(ofProps(node.props));
    case 'members':
      return ofMembers(node);
    case 'intersection':
      return node.other.kind === 'object'
        ? Schema.Struct(ofProps([...node.props, ...node.other.props]))
        : ofMembers({ ...node.other, members: node.other.members.map((props) => [...node.props, ...props]) });
    case 'choice':
      return Schema.Union(node.members.map(ofEffect));
    case 'tree': {
      const value = ofEffect(node.value);
      const self = Schema.suspend((): Codec => tree);
      const nexts = {
        list: () => Schema.Array(self),
        nullable: () => Schema.NullOr(self),
        nullish: () => Schema.optional(Schema.NullOr(self)),
        optional: () => Schema.optionalKey(self),
        union: () => Schema.Array(self),
      };
      const next = nexts[node.through]();
      const tree: Codec =
        node.through === 'union'
          ? Schema.Union([
              Schema.Struct({ kind: Schema.Literal('leaf'), value }),
              Schema.Struct({ kind: Schema.Literal('box'), value, next }),
            ])
          : Schema.Struct({ value, next });
      return tree;
    }
    case 'wrapped':
      return wrap(node.how, ofEffect(node.inner));
  }
}

function ofMembers(node: MembersNode): Codec {
  const members = node.members.map((props, index): Codec => {
    const tag = tagOf(index, node);
    const literal = tag === null ? Schema.Null : Schema.Literal(tag);
    const own = node.tag === undefined ? Schema.NullOr(Schema.String) : literal;
    const member = Schema.Struct({ [ownKey(index, node)]: own, ...ofProps(props) });
    return index === 0 && node.first !== undefined ? wrap(node.first, member) : member;
  });
  return Schema.Union(members);
}

function ofLeaf(leaf: Leaf): Codec {
  const make: Record<Leaf, Codec> = {
    any: Schema.Unknown,
    boolean: Schema.Boolean,
    coerced: Schema.Finite,
    coercedBoolean: Schema.Boolean,
    coercedText: Schema.String,
    counted: Schema.Trim,
    date: Schema.String.check(Schema.isPattern(/^\d{4}-\d\d-\d\d$/)),
    email: Schema.String.check(Schema.isPattern(/^[^@]+@[^@]+$/)),
    enum: Schema.Literals(['red', 'green']),
    int: Schema.Int,
    literalNull: Schema.Null,
    literals: Schema.Union([Schema.Literals(['a', 1]), Schema.Null]),
    long: Schema.String.check(Schema.isMinLength(4)),
    null: Schema.Null,
    number: Schema.Number,
    numeric: Schema.NumberFromString,
    regex: Schema.String.check(Schema.isPattern(/^ab*$/)),
    short: Schema.String.check(Schema.isMaxLength(3)),
    string: Schema.String,
    uuid: Schema.String.check(Schema.isUUID()),
  };
  return make[leaf];
}

const ofProps = (props: Props): Record<string, Codec> =>
  Object.fromEntries(props.map((prop) => [prop.key, ofProp(prop)]));

function ofProp({ node, presence }: Prop): Codec {
  const schema = ofEffect(node);
  switch (presence) {
    case 'default':
    case 'prefault': {
      if (!isText(node)) return Schema.optional(schema);
      const value = Effect.succeed('def');
      if (presence === 'default') return schema.pipe(Schema.withDecodingDefaultKey(value));
      return schema.pipe(Schema.withDecodingDefault(value));
    }
    case 'exact':
      return Schema.optionalKey(schema);
    case 'nullish':
      return Schema.optional(Schema.NullOr(schema));
    case 'caught':
    case 'optional':
      return Schema.optional(schema);
    case 'required':
      return schema;
  }
}

function wrap(how: Wrapping, inner: Codec): Codec {
  switch (how) {
    case 'brand':
      return inner.pipe(Schema.brand('B'));
    case 'lazy':
      return Schema.suspend(() => inner);
    case 'nullable':
      return Schema.NullOr(inner);
    case 'refine':
      return inner.check(Schema.makeFilter(() => true));
    case 'refuse':
      return inner.check(Schema.makeFilter(isTaken));
    default:
      return inner;
  }
}
