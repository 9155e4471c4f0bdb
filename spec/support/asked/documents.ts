import * as fc from 'fast-check';
import type { Json } from '../../../lib/partials/PartialJson.js';
import {
  leaves,
  ownKey,
  tagOf,
  takesNull,
  type MembersNode,
  type Node,
  type Prop,
  type Props,
  type TreeNode,
} from './Node.js';

/** One answer in the ways that it may be written. */
export interface Asked {
  /** As strict mode asks for it: every key is there. */
  readonly sent: Json;
  /** The same without the keys that are left out. */
  readonly meant: Json;
  /** As it is asked for where keys may be left out, and others be there. */
  readonly loose: Json;
}

const same = (value: Json): Asked => ({ sent: value, meant: value, loose: value });

type Write = (parts: readonly Json[]) => Json;

const together = (parts: readonly Asked[], write: Write): Asked => ({
  sent: write(parts.map(({ sent }) => sent)),
  meant: write(parts.map(({ meant }) => meant)),
  loose: write(parts.map(({ loose }) => loose)),
});

const asObject = (value: Json): Readonly<Record<string, Json>> => value as Readonly<Record<string, Json>>;
const merge: Write = (parts) => Object.assign({}, ...parts.map(asObject)) as Json;

/** Documents that a schema is written for. */
export class Documents {
  readonly #isOptional: (prop: Prop) => boolean;
  readonly #hasExtras: boolean;

  /**
   * @param isOptional Whether a key may be left out.
   * @param hasExtras Whether the library says of a loose object that other keys may be there.
   */
  constructor(isOptional: (prop: Prop) => boolean, hasExtras: boolean) {
    this.#isOptional = isOptional;
    this.#hasExtras = hasExtras;
  }

  of(node: Node): fc.Arbitrary<Asked> {
    switch (node.kind) {
      case 'leaf':
        return (leaves[node.leaf] as fc.Arbitrary<Json>).map(same);
      case 'list': {
        const { item, isNonEmpty } = node;
        return fc
          .array(this.of(item), { minLength: isNonEmpty ? 1 : 0, maxLength: 2 })
          .map((items) => together(items, (parts) => parts));
      }
      case 'tuple': {
        const rest = node.rest === undefined ? fc.constant([]) : fc.array(this.of(node.rest), { maxLength: 2 });
        return fc
          .tuple(fc.tuple(...node.items.map((item) => this.of(item))), rest)
          .map(([first, more]) => together([...first, ...more], (parts) => parts));
      }
      case 'entries':
        return fc
          .dictionary(fc.constantFrom('p', 'q'), this.of(node.value), { maxKeys: 2, noNullPrototype: true })
          .map((entries) =>
            together(Object.values(entries), (parts) =>
              Object.fromEntries(Object.keys(entries).map((key, index) => [key, parts[index]!])),
            ),
          );
      case 'named':
        return this.#props(
          ['p', 'q'].map((key) => ({ key, node: node.value, presence: node.isPartial ? 'exact' : 'required' })),
        );
      case 'object':
        return node.extras === 'kept' && this.#hasExtras
          ? fc.tuple(this.#props(node.props), fc.constantFrom(undefined, null, 'more', [null])).map(([own, more]) => ({
              ...own,
              loose: more === undefined ? own.loose : { ...asObject(own.loose), extra: more },
            }))
          : this.#props(node.props);
      case 'members':
        return this.#members(node);
      case 'intersection':
        return fc.tuple(this.#props(node.props), this.of(node.other)).map((parts) => together(parts, merge));
      case 'choice':
        return fc.oneof(...node.members.map((member) => this.of(member)));
      case 'tree':
        return this.#tree(node);
      case 'wrapped':
        return node.how === 'nullable'
          ? fc.oneof({ weight: 3, arbitrary: this.of(node.inner) }, fc.constant(same(null)))
          : this.of(node.inner);
    }
  }

  #members(node: MembersNode): fc.Arbitrary<Asked> {
    const members = node.members.map((props, index) => {
      const own = node.tag === undefined ? fc.constantFrom('own', null) : fc.constant(tagOf(index, node));
      return fc
        .tuple(own, this.#props(props))
        .map(([value, rest]) => together([same({ [ownKey(index, node)]: value }), rest], merge));
    });
    return fc.oneof(...members, ...(node.first === 'nullable' ? [fc.constant(same(null))] : []));
  }

  #props(props: Props): fc.Arbitrary<Asked> {
    const entries = props.map((prop) => {
      const { key, node, presence } = prop;
      const there = this.of(node).map((value) => together([value], ([part]) => ({ [key]: part! })));
      const withNull = presence === 'nullish' || takesNull(node);
      const none = same({});
      const asNull = same({ [key]: null });
      if (!this.#isOptional(prop)) return presence === 'nullish' ? fc.oneof(there, fc.constant(asNull)) : there;
      const absent = fc.constant<Asked>({ ...none, sent: asNull.sent });
      const wanted = fc.constantFrom<Asked>(asNull, { ...asNull, loose: none.loose });
      return fc.oneof({ weight: 2, arbitrary: there }, { weight: 1, arbitrary: withNull ? wanted : absent });
    });
    return fc.tuple(...entries).map((all) => together(all, merge));
  }

  #tree({ value, through }: TreeNode): fc.Arbitrary<Asked> {
    const own = this.of(value);
    const tree = (next: Asked): fc.Arbitrary<Asked> => {
      const kind = through === 'union' ? [same({ kind: 'box' })] : [];
      return own.map((part) => together([...kind, together([part], ([one]) => ({ value: one! })), next], merge));
    };
    const asNext = (next: Asked): Asked => together([next], ([part]) => ({ next: part! }));
    const listed = (items: readonly Asked[]): Asked =>
      together([together(items, (parts) => parts)], ([part]) => ({ next: part! }));
    const leaf = own.map((part) =>
      together([same({ kind: 'leaf' }), together([part], ([one]) => ({ value: one! }))], merge),
    );
    switch (through) {
      case 'list':
        return fc.array(tree(listed([])), { maxLength: 2 }).chain((items) => tree(listed(items)));
      case 'union':
        return fc
          .array(fc.oneof(leaf, tree(listed([]))), { maxLength: 2 })
          .chain((items) => fc.oneof({ weight: 1, arbitrary: leaf }, { weight: 3, arbitrary: tree(listed(items)) }));
      default: {
        const asNull = same({ next: null });
        const end: Asked = through === 'optional' ? { ...same({}), sent: asNull.sent } : asNull;
        const ends = through === 'nullish' ? fc.constantFrom(end, { ...end, loose: {} }) : fc.constant(end);
        const whole = ends.chain(tree);
        return fc.oneof(whole, whole.map(asNext).chain(tree));
      }
    }
  }
}
