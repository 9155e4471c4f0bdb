import { scope, type, type Type } from 'arktype';
import {
  ownKey,
  tagOf,
  type Leaf,
  type MembersNode,
  type Node,
  type ObjectNode,
  type Prop,
  type Props,
  type Wrapping,
} from './Node.js';
import { isTaken } from './ofZod.js';

/** The schema of a node, in arktype's words. */
export function ofArktype(node: Node): Type {
  switch (node.kind) {
    case 'leaf':
      return ofLeaf(node.leaf);
    case 'list':
      return node.isNonEmpty ? ofArktype(node.item).array().atLeastLength(1) : ofArktype(node.item).array();
    case 'tuple': {
      const items = node.items.map(ofArktype);
      return type((node.rest === undefined ? items : [...items, '...', ofArktype(node.rest).array()]) as never);
    }
    case 'entries':
      return type({ '[string]': ofArktype(node.value) });
    case 'named': {
      const value = ofArktype(node.value);
      return node.isPartial ? type({ 'p?': value, 'q?': value }) : type({ p: value, q: value });
    }
    case 'object':
      return type({
        '+': { dropped: 'delete', kept: 'ignore', refused: 'reject' }[node.extras],
        ...ofProps(node.props),
      } as never);
    case 'members':
      return ofMembers(node);
    case 'intersection':
      return (type(ofProps(node.props) as never) as Type).and(ofArktype(kept(node.other)) as never);
    case 'choice':
      return node.members.map(ofArktype).reduce(either);
    case 'tree': {
      const value = ofArktype(node.value);
      const nexts = {
        list: { next: 'tree[]' },
        nullable: { next: 'tree | null' },
        nullish: { 'next?': 'tree | null' },
        optional: { 'next?': 'tree' },
        union: { next: 'tree[]' },
      };
      const box = { value, ...nexts[node.through] };
      const tree = node.through === 'union' ? [{ kind: "'leaf'", value }, '|', { kind: "'box'", ...box }] : box;
      return (scope({ tree } as never).export() as unknown as { readonly tree: Type }).tree;
    }
    case 'wrapped':
      return wrap(node.how, ofArktype(node.inner));
  }
}

/** A part that drops other keys would drop those of the other part. */
const kept = (node: MembersNode | ObjectNode): Node => (node.kind === 'object' ? { ...node, extras: 'kept' } : node);

function ofMembers(node: MembersNode): Type {
  const members = node.members.map((props, index): Type => {
    const tag = tagOf(index, node);
    const own = node.tag === undefined ? 'string | null' : tag === null ? 'null' : `'${tag}'`;
    return type({ [ownKey(index, node)]: own, ...ofProps(props) } as never);
  });
  return members
    .map((member, index) => (index === 0 && node.first !== undefined ? wrap(node.first, member) : member))
    .reduce(either);
}

function ofLeaf(leaf: Leaf): Type {
  const definitions: Record<Leaf, unknown> = {
    any: 'unknown',
    boolean: 'boolean',
    coerced: 'number',
    coercedBoolean: 'boolean',
    coercedText: 'string',
    counted: type('string').pipe((text) => text.length),
    date: /^\d{4}-\d\d-\d\d$/,
    email: 'string.email',
    enum: "'red' | 'green'",
    int: 'number.integer',
    literalNull: 'null',
    literals: "'a' | 1 | null",
    long: 'string >= 4',
    null: 'null',
    number: 'number',
    numeric: 'string.numeric.parse',
    regex: /^ab*$/,
    short: 'string <= 3',
    string: 'string',
    uuid: 'string.uuid',
  };
  return type(definitions[leaf] as never);
}

const ofProps = (props: Props): Record<string, unknown> =>
  Object.fromEntries(props.map((prop) => [isRequired(prop) ? prop.key : `${prop.key}?`, ofProp(prop)] as const));

/** A default makes a key one that may be left out by itself. */
const isRequired = ({ presence, node }: Prop): boolean => presence === 'required' || hasDefault({ presence, node });

const hasDefault = ({ presence, node }: Pick<Prop, 'node' | 'presence'>): boolean =>
  presence === 'default' && node.kind === 'leaf' && ['coercedText', 'string'].includes(node.leaf);

function ofProp(prop: Prop): unknown {
  const schema = ofArktype(prop.node);
  if (hasDefault(prop)) return [schema, '=', 'default'];
  return prop.presence === 'nullish' ? schema.or('null') : schema;
}

/** arktype's own types of these are conditional, and depend on the schemas. */
interface Untyped {
  or(other: Type): Type;
  narrow(check: (value: unknown, context: { readonly reject: (why: string) => boolean }) => boolean): Type;
}

const untyped = (inner: Type): Untyped => inner;
const either = (a: Type, b: Type): Type => untyped(a).or(b);
const narrowed = (inner: Type, isRight: (value: unknown) => boolean): Type =>
  untyped(inner).narrow((value, context) => isRight(value) || context.reject('not of such a length'));

function wrap(how: Wrapping, inner: Type): Type {
  switch (how) {
    case 'brand':
      return inner.brand('B');
    case 'nullable':
      return either(inner, type('null'));
    case 'pipe':
      return inner.pipe((value) => value);
    case 'refine':
      return narrowed(inner, () => true);
    case 'refuse':
      return narrowed(inner, isTaken);
    case 'transform':
      return inner.pipe((value) => [value]);
    default:
      return inner;
  }
}
