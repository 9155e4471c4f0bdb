import * as fc from 'fast-check';
import type { Json } from '../../../lib/partials/PartialJson.js';

/** The values of each leaf, as they are written. */
export const leaves = {
  any: fc.constantFrom<Json>(null, 'x', 5, true, [null], { a: null }),
  boolean: fc.boolean(),
  coerced: fc.integer({ min: -9, max: 9 }),
  coercedBoolean: fc.boolean(),
  coercedText: fc.constantFrom('', 'a', 'null'),
  counted: fc.constantFrom('', 'abc'),
  date: fc.constantFrom('2024-02-29', '1999-12-31'),
  email: fc.constantFrom('a@b.co', 'c@d.org'),
  enum: fc.constantFrom('red', 'green'),
  int: fc.integer({ min: -9, max: 9 }),
  literalNull: fc.constant(null),
  literals: fc.constantFrom('a', 1, null),
  long: fc.constantFrom('abcd', 'abcdefg'),
  null: fc.constant(null),
  number: fc.constantFrom(0, 1, -2.5, 1e21),
  numeric: fc.constantFrom('5', '-12', '0'),
  regex: fc.constantFrom('a', 'ab', 'abb'),
  short: fc.constantFrom('', 'ab', 'abc'),
  string: fc.constantFrom('', 'a', 'null', '5'),
  uuid: fc.constantFrom('123e4567-e89b-42d3-a456-426614174000'),
} satisfies Record<string, fc.Arbitrary<Json>>;

export type Leaf = keyof typeof leaves;

/** Leaves whose own schema takes a `null`. */
const nullLeaves: readonly Leaf[] = ['any', 'literalNull', 'literals', 'null'];

/** How a key may be left out. */
export type Presence = 'caught' | 'default' | 'exact' | 'nullish' | 'optional' | 'prefault' | 'required';

export interface Prop {
  readonly key: string;
  readonly node: Node;
  readonly presence: Presence;
}

export type Props = readonly Prop[];

/** What becomes of keys without a name. */
export type Extras = 'dropped' | 'kept' | 'refused';

export type Wrapping =
  | 'brand'
  | 'catch'
  | 'inDefault'
  | 'inOptional'
  | 'inPrefault'
  | 'lazy'
  | 'nullable'
  | 'pipe'
  | 'preprocess'
  | 'readonly'
  | 'refine'
  | 'refuse'
  | 'transform';

export interface MembersNode {
  readonly kind: 'members';
  readonly members: readonly Props[];
  /** A literal tells them apart; that of the last one may be `null`. Else each has a key of its own. */
  readonly tag: 'literal' | 'null' | undefined;
  /** Something about the first member alone. */
  readonly first: 'catch' | 'nullable' | 'refuse' | 'transform' | undefined;
}

export interface TreeNode {
  readonly kind: 'tree';
  readonly value: Node;
  readonly through: 'list' | 'nullable' | 'nullish' | 'optional' | 'union';
}

/** A schema of no vendor. */
export type Node =
  | MembersNode
  | TreeNode
  | { readonly kind: 'choice'; readonly members: readonly Node[] }
  | { readonly kind: 'entries'; readonly value: Node }
  | { readonly kind: 'intersection'; readonly props: Props; readonly other: MembersNode | ObjectNode }
  | { readonly kind: 'leaf'; readonly leaf: Leaf }
  | { readonly kind: 'list'; readonly item: Node; readonly isNonEmpty: boolean }
  | { readonly kind: 'named'; readonly value: Node; readonly isPartial: boolean }
  | { readonly kind: 'tuple'; readonly items: readonly Node[]; readonly rest: Node | undefined }
  | { readonly kind: 'wrapped'; readonly how: Wrapping; readonly inner: Node }
  | ObjectNode;

export interface ObjectNode {
  readonly kind: 'object';
  readonly props: Props;
  readonly extras: Extras;
}

/** A key of one member of a union alone, or the literal that tells it apart. */
export const ownKey = (index: number, { tag }: MembersNode): string => (tag === undefined ? `own${index}` : 'kind');

/** The literal of a member. */
export const tagOf = (index: number, { tag, members }: MembersNode): string | null =>
  tag === 'null' && index === members.length - 1 ? null : `k${index}`;

/** Whether the schema of a value takes a `null`, as it asks for one. */
export function takesNull(node: Node): boolean {
  switch (node.kind) {
    case 'wrapped':
      return node.how === 'nullable' || takesNull(node.inner);
    case 'leaf':
      return nullLeaves.includes(node.leaf);
    case 'choice':
      return node.members.some(takesNull);
    case 'members':
      return node.first === 'nullable';
    default:
      return false;
  }
}

const wrappings: readonly Wrapping[] = [
  'brand',
  'catch',
  'inDefault',
  'inOptional',
  'inPrefault',
  'lazy',
  'nullable',
  'nullable',
  'pipe',
  'preprocess',
  'readonly',
  'refine',
  'refuse',
  'transform',
];
const presences: readonly Presence[] = [
  'caught',
  'default',
  'exact',
  'nullish',
  'optional',
  'optional',
  'prefault',
  'required',
  'required',
];
const keys = fc.oneof({ weight: 9, arbitrary: fc.constantFrom('a', 'b', 'c', '1') }, fc.constant('x y'));

/** Nodes that are told apart by their JSON alone. */
const texts: readonly Leaf[] = ['coercedText', 'counted', 'email', 'enum', 'long', 'short', 'string'];
const others: readonly Leaf[] = ['boolean', 'coerced', 'int', 'literalNull', 'null', 'number'];
const leafOf = (names: readonly Leaf[]): fc.Arbitrary<Node> =>
  fc.constantFrom(...names).map((leaf): Node => ({ kind: 'leaf', leaf }));

const tied = fc.letrec<{ node: Node; props: Props; object: ObjectNode; members: MembersNode }>((tie) => ({
  props: fc.uniqueArray(fc.record<Prop>({ key: keys, node: tie('node'), presence: fc.constantFrom(...presences) }), {
    maxLength: 3,
    selector: ({ key }) => key,
  }),
  object: fc
    .tuple(tie('props'), fc.constantFrom<Extras>('dropped', 'dropped', 'kept', 'refused'))
    .map(([props, extras]) => ({ kind: 'object', props, extras })),
  members: fc
    .tuple(
      fc.array(tie('props'), { minLength: 2, maxLength: 3 }),
      fc.constantFrom('literal' as const, 'null' as const, undefined),
      fc.constantFrom('catch' as const, 'nullable' as const, 'refuse' as const, 'transform' as const, undefined),
    )
    .map(([members, tag, first]) => ({
      kind: 'members',
      members,
      tag,
      first: tag === undefined || first === 'refuse' ? first : undefined,
    })),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 10, arbitrary: leafOf((Object.keys(leaves) as Leaf[]).filter((leaf) => leaf !== 'any')) },
    { weight: 1, arbitrary: leafOf(['any']) },
    { weight: 6, arbitrary: tie('object') },
    { weight: 6, arbitrary: tie('members') },
    {
      weight: 8,
      arbitrary: fc
        .tuple(fc.constantFrom(...wrappings), tie('node'))
        .map(([how, inner]): Node => ({ kind: 'wrapped', how, inner })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie('node'), fc.boolean())
        .map(([item, isNonEmpty]): Node => ({ kind: 'list', item, isNonEmpty })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(leafOf(texts), leafOf(others), fc.array(tie('object'), { maxLength: 1 }))
        .map(([text, other, objects]): Node => ({ kind: 'choice', members: [...objects, text, other] })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.array(tie('node'), { minLength: 1, maxLength: 2 }), fc.option(tie('node'), { nil: undefined }))
        .map(([items, rest]): Node => ({ kind: 'tuple', items, rest })),
    },
    { weight: 1, arbitrary: tie('node').map((value): Node => ({ kind: 'entries', value })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie('node'), fc.boolean())
        .map(([value, isPartial]): Node => ({ kind: 'named', value, isPartial })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('props'), fc.oneof(tie('members'), tie('object')))
        .map(([props, other]): Node => ({ kind: 'intersection', props: props.map(apart), other: mergeable(other) })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('node'), fc.constantFrom<TreeNode['through']>('list', 'nullable', 'nullish', 'optional', 'union'))
        .map(([value, through]): Node => ({ kind: 'tree', value, through })),
    },
  ),
}));

/** A property that no other part of an intersection has. */
const apart = ({ key, ...prop }: Prop): Prop => ({ ...prop, key: `${key}_` });

/** Parts of an intersection are objects that leave the keys of the others alone. */
function mergeable(node: MembersNode | ObjectNode): MembersNode | ObjectNode {
  return node.kind === 'object' ? { ...node, extras: 'dropped' } : { ...node, first: undefined };
}

export const nodes: fc.Arbitrary<ObjectNode> = tied.object;
