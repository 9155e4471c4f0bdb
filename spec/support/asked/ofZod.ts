import * as z from 'zod';
import { ownKey, tagOf, type Leaf, type MembersNode, type Node, type Prop, type Props, type Wrapping } from './Node.js';

/** The schema of a node, in zod's words. */
export function ofZod(node: Node): z.ZodType {
  switch (node.kind) {
    case 'leaf':
      return ofLeaf(node.leaf);
    case 'list':
      return node.isNonEmpty ? z.array(ofZod(node.item)).min(1) : z.array(ofZod(node.item));
    case 'tuple': {
      const items = node.items.map(ofZod) as [z.ZodType];
      return node.rest === undefined ? z.tuple(items) : z.tuple(items, ofZod(node.rest));
    }
    case 'entries':
      return z.record(z.string(), ofZod(node.value));
    case 'named':
      return (node.isPartial ? z.partialRecord : z.record)(z.enum(['p', 'q']), ofZod(node.value));
    case 'object':
      return { dropped: z.object, kept: z.looseObject, refused: z.strictObject }[node.extras](ofProps(node.props));
    case 'members':
      return ofMembers(node);
    case 'intersection':
      return z.object(ofProps(node.props)).and(ofZod(node.other));
    case 'choice':
      return z.union(node.members.map(ofZod));
    case 'tree': {
      const value = ofZod(node.value);
      const next = (): z.ZodType => {
        if (node.through === 'list' || node.through === 'union') return z.array(tree);
        return { nullable: z.nullable, nullish: z.nullish, optional: z.optional }[node.through](tree);
      };
      const tree: z.ZodType = z.lazy(() => {
        if (node.through !== 'union') return z.object({ value, next: next() });
        const box = z.object({ kind: z.literal('box'), value, next: next() });
        return z.discriminatedUnion('kind', [z.object({ kind: z.literal('leaf'), value }), box]);
      });
      return tree;
    }
    case 'wrapped':
      return node.how === 'inPrefault' && isText(node.inner)
        ? ofZod(node.inner).prefault('pre').readonly()
        : wrap(node.how, ofZod(node.inner));
  }
}

function ofMembers(node: MembersNode): z.ZodType {
  const members = node.members.map((props, index) => {
    const own = node.tag === undefined ? z.string().nullable() : z.literal(tagOf(index, node));
    return z.object({ [ownKey(index, node)]: own, ...ofProps(props) });
  });
  const [first, ...others] = members as [z.ZodObject, ...z.ZodObject[]];
  if (node.tag !== undefined)
    return z.discriminatedUnion('kind', [node.first === 'refuse' ? first.refine(isTaken) : first, ...others]);
  return z.union([node.first === undefined ? first : wrap(node.first, first), ...others]);
}

/** A prefault is validated, unlike a default. */
export const isText = (node: Node): boolean =>
  node.kind === 'leaf' && ['coercedText', 'counted', 'short', 'string'].includes(node.leaf);

/** A condition that only some values break. */
export const isTaken = (value: unknown): boolean => JSON.stringify([value]).length % 7 !== 0;

function ofLeaf(leaf: Leaf): z.ZodType {
  const make: Record<Leaf, () => z.ZodType> = {
    any: z.any,
    boolean: z.boolean,
    coerced: () => z.coerce.number(),
    coercedBoolean: () => z.coerce.boolean(),
    coercedText: () => z.coerce.string(),
    counted: () => z.string().transform((text) => text.length),
    date: () => z.iso.date(),
    email: () => z.email(),
    enum: () => z.enum(['red', 'green']),
    int: () => z.int().min(-9),
    literalNull: () => z.literal(null),
    literals: () => z.literal(['a', 1, null]),
    long: () => z.string().min(4),
    null: z.null,
    number: z.number,
    numeric: () =>
      z
        .string()
        .regex(/^-?[0-9]+$/)
        .transform(Number)
        .pipe(z.number()),
    regex: () => z.string().regex(/^ab*$/),
    short: () => z.string().max(3),
    string: z.string,
    uuid: () => z.uuid(),
  };
  return make[leaf]();
}

const ofProps = (props: Props): Record<string, z.ZodType> =>
  Object.fromEntries(props.map((prop) => [prop.key, ofProp(prop)]));

/** Whether zod itself says that a key may be left out. */
export function isOptionalInZod(prop: Prop): boolean {
  const { required = [] } = z.toJSONSchema(z.object({ it: ofProp(prop) }), { io: 'input', unrepresentable: 'any' });
  return !required.includes('it');
}

function ofProp({ node, presence }: Prop): z.ZodType {
  const schema = ofZod(node);
  switch (presence) {
    case 'caught':
      return schema.optional().catch('caught');
    case 'default':
      return schema.default('default');
    case 'exact':
      return schema.exactOptional();
    case 'nullish':
      return schema.nullish();
    case 'optional':
      return schema.optional();
    case 'prefault':
      return isText(node) ? schema.prefault('pre') : schema.default('default');
    case 'required':
      return schema;
  }
}

function wrap(how: Wrapping, inner: z.ZodType): z.ZodType {
  switch (how) {
    case 'brand':
      return inner.brand('B');
    case 'catch':
      return inner.catch('caught');
    case 'inDefault':
      return z.union([inner.default('default'), z.literal('other')]);
    case 'inOptional':
      return z.union([inner.optional(), z.literal('other')]);
    case 'inPrefault':
      return inner.default('default').readonly();
    case 'lazy':
      return z.lazy(() => inner);
    case 'nullable':
      return inner.nullable();
    case 'pipe':
      return inner.pipe(z.unknown());
    case 'preprocess':
      return z.preprocess((value) => value, inner);
    case 'readonly':
      return inner.readonly();
    case 'refine':
      return inner.refine(() => true);
    case 'refuse':
      return inner.refine(isTaken, 'not of such a length');
    case 'transform':
      return inner.transform((value) => [value]);
  }
}
