import * as v from 'valibot';
import { ownKey, tagOf, type Leaf, type MembersNode, type Node, type Prop, type Props, type Wrapping } from './Node.js';
import { isTaken, isText } from './ofZod.js';

type Schema = v.GenericSchema;

/** The schema of a node, in valibot's words. */
export function ofValibot(node: Node): Schema {
  switch (node.kind) {
    case 'leaf':
      return ofLeaf(node.leaf);
    case 'list':
      return node.isNonEmpty ? v.pipe(v.array(ofValibot(node.item)), v.minLength(1)) : v.array(ofValibot(node.item));
    case 'tuple':
      return node.rest === undefined
        ? v.tuple(node.items.map(ofValibot))
        : v.tupleWithRest(node.items.map(ofValibot), ofValibot(node.rest));
    case 'entries':
      return v.record(v.string(), ofValibot(node.value));
    case 'named': {
      const value = ofValibot(node.value);
      return node.isPartial ? v.partial(v.object({ p: value, q: value })) : v.object({ p: value, q: value });
    }
    case 'object':
      return {
        dropped: v.object(ofProps(node.props)),
        kept: v.looseObject(ofProps(node.props)),
        refused: v.strictObject(ofProps(node.props)),
      }[node.extras];
    case 'members':
      return ofMembers(node);
    case 'intersection':
      return v.intersect([v.object(ofProps(node.props)), ofValibot(node.other)]);
    case 'choice':
      return v.union(node.members.map(ofValibot));
    case 'tree': {
      const value = ofValibot(node.value);
      const lazy: Schema = v.lazy(() => tree);
      const next = (): Schema => {
        if (node.through === 'list' || node.through === 'union') return v.array(lazy);
        return { nullable: v.nullable(lazy), nullish: v.nullish(lazy), optional: v.optional(lazy) }[node.through];
      };
      const box = v.object({ kind: v.literal('box'), value, next: next() });
      const tree: Schema =
        node.through === 'union'
          ? v.variant('kind', [v.object({ kind: v.literal('leaf'), value }), box])
          : v.object({ value, next: next() });
      return tree;
    }
    case 'wrapped':
      return wrap(node.how, ofValibot(node.inner));
  }
}

function ofMembers(node: MembersNode): Schema {
  const members = node.members.map((props, index) => {
    const tag = tagOf(index, node);
    const literal = tag === null ? v.null() : v.literal(tag);
    const own = node.tag === undefined ? v.nullable(v.string()) : literal;
    return v.object({ [ownKey(index, node)]: own, ...ofProps(props) });
  });
  const [first, ...others] = members as unknown as [Schema, ...Schema[]];
  const schemas = [node.first === undefined ? first : wrap(node.first, first), ...others];
  return node.tag === undefined ? v.union(schemas) : v.variant('kind', schemas as never);
}

function ofLeaf(leaf: Leaf): Schema {
  const make: Record<Leaf, () => Schema> = {
    any: v.any,
    boolean: v.boolean,
    coerced: v.number,
    coercedBoolean: v.boolean,
    coercedText: v.string,
    counted: () =>
      v.pipe(
        v.string(),
        v.transform((text) => text.length),
      ),
    date: () => v.pipe(v.string(), v.isoDate()),
    email: () => v.pipe(v.string(), v.email()),
    enum: () => v.picklist(['red', 'green']),
    int: () => v.pipe(v.number(), v.integer()),
    literalNull: v.null,
    literals: () => v.union([v.literal('a'), v.literal(1), v.null()]),
    long: () => v.pipe(v.string(), v.minLength(4)),
    null: v.null,
    number: v.number,
    numeric: () => v.pipe(v.string(), v.regex(/^-?[0-9]+$/), v.transform(Number), v.number()),
    regex: () => v.pipe(v.string(), v.regex(/^ab*$/)),
    short: () => v.pipe(v.string(), v.maxLength(3)),
    string: v.string,
    uuid: () => v.pipe(v.string(), v.uuid()),
  };
  return make[leaf]();
}

const ofProps = (props: Props): Record<string, Schema> =>
  Object.fromEntries(props.map((prop) => [prop.key, ofProp(prop)]));

function ofProp({ node, presence }: Prop): Schema {
  const schema = ofValibot(node);
  switch (presence) {
    case 'caught':
      return v.optional(v.fallback(schema, 'caught'), undefined);
    case 'default':
    case 'prefault':
      return isText(node) ? v.optional(schema, 'def' as never) : v.optional(schema);
    case 'exact':
      return v.exactOptional(schema);
    case 'nullish':
      return v.nullish(schema);
    case 'optional':
      return v.optional(schema);
    case 'required':
      return schema;
  }
}

function wrap(how: Wrapping, inner: Schema): Schema {
  switch (how) {
    case 'brand':
      return v.pipe(inner, v.brand('B'));
    case 'catch':
      return v.fallback(inner, 'caught');
    case 'lazy':
      return v.lazy(() => inner);
    case 'nullable':
      return v.nullable(inner);
    case 'inOptional':
      return v.undefinedable(inner);
    case 'inDefault':
    case 'inPrefault':
    case 'preprocess':
      return inner;
    case 'pipe':
      return v.pipe(inner, v.unknown());
    case 'readonly':
      return v.pipe(inner, v.readonly());
    case 'refine':
      return v.pipe(
        inner,
        v.check(() => true),
      );
    case 'refuse':
      return v.pipe(inner, v.check(isTaken, 'not of such a length'));
    case 'transform':
      return v.pipe(
        inner,
        v.transform((value) => [value]),
      );
  }
}
