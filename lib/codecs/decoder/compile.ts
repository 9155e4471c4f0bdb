import * as t from 'io-ts';
import { annotationOf, type Annotation } from '../Annotation.js';
import { choicePlan, type Choice } from './choicePlan.js';
import type { Plan } from './Cursor.js';
import { excessPlan } from './excessPlan.js';
import { intersectionPlan } from './intersectionPlan.js';
import { isOwnCodec, isTaggedUnion } from './isOwnCodec.js';
import { itemsPlan, type Item } from './itemsPlan.js';
import { structurePlan } from './structurePlan.js';
import { whenCompletePlan } from './whenCompletePlan.js';
import { whenPresentPlan } from './whenPresentPlan.js';
import { withStatePlan } from './withStatePlan.js';
import { leafPlan } from './leafPlan.js';
import { opaquePlan } from './opaquePlan.js';
import { propsPlan } from './propsPlan.js';
import { recordPlan } from './recordPlan.js';
import { recursivePlan } from './recursivePlan.js';
import { refinementPlan } from './refinementPlan.js';
import type { TaggedCodec } from './TaggedCodec.js';
import { tagValues } from './tagValues.js';
import { unionPlan } from './unionPlan.js';

/** What becomes of keys that an object's codec does not know. */
export type Excess = 'allow' | 'strip' | 'error';

/** How to read a codec incrementally. A codec is looked into once. */
export function compile(codec: t.Mixed, excess: Excess): Plan {
  return compilers[excess].plan(codec, false);
}

class Compiler {
  private readonly plans = new WeakMap<t.Mixed, Plan>();
  private readonly parts = new WeakMap<t.Mixed, Plan>();

  constructor(private readonly excess: Excess) {}

  /**
   * @param isPart The codec is a member of an intersection, and reads an object beside others: which keys are extra is
   * for the intersection to say.
   */
  plan(codec: t.Mixed, isPart: boolean): Plan {
    const plans = isPart ? this.parts : this.plans;
    const known = plans.get(codec);
    if (known !== undefined) return known;
    const plan = this.make(codec, isPart);
    plans.set(codec, plan);
    return plan;
  }

  private make(codec: t.Mixed, isPart: boolean): Plan {
    const annotated = annotationOf(codec);
    if (annotated !== undefined)
      return this.annotated(this.plan(annotated.codec, isPart), annotated.annotation, isPart);
    return isOwnCodec(codec) ? this.own(codec, isPart) : opaquePlan(codec);
  }

  private annotated(plan: Plan, annotation: Annotation, isPart: boolean): Plan {
    switch (annotation.kind) {
      case 'complete':
        return whenCompletePlan(plan);
      case 'present':
        return whenPresentPlan(plan, annotation.key);
      case 'state':
        return withStatePlan(plan);
      case 'structure':
        return structurePlan(this.plan(annotation.structure, isPart), plan, annotation.partials);
    }
  }

  private own(codec: t.Mixed & TaggedCodec, isPart: boolean): Plan {
    switch (codec._tag) {
      case 'StringType':
        return leafPlan((value) => typeof value === 'string');
      case 'NumberType':
        return leafPlan((value) => typeof value === 'number');
      case 'BooleanType':
        return leafPlan((value) => typeof value === 'boolean');
      case 'NullType':
        return leafPlan((value) => value === null);
      case 'UndefinedType':
      case 'VoidType':
        return leafPlan((value) => value === undefined);
      case 'BigIntType':
        return leafPlan((value) => typeof value === 'bigint');
      case 'FunctionType':
        return leafPlan((value) => typeof value === 'function');
      case 'NeverType':
        return leafPlan(() => false);
      case 'AnyType':
      case 'UnknownType':
        return leafPlan(() => true, true);
      case 'AnyArrayType':
        return leafPlan((value) => Array.isArray(value));
      case 'AnyDictionaryType':
        return leafPlan((value) => isObject(value) && !Array.isArray(value), true);
      case 'ObjectType':
        return leafPlan(isObject, true);
      case 'LiteralType':
        return choicePlan(codec, [codec.value]);
      case 'KeyofType':
        return choicePlan(codec, Object.keys(codec.keys));
      case 'ArrayType':
      case 'ReadonlyArrayType':
        return this.array(codec.type);
      case 'TupleType':
        return this.tuple(codec.types);
      case 'InterfaceType':
        return isSum(codec.props) ? whenCompletePlan(this.props(codec.props, isPart)) : this.props(codec.props, isPart);
      case 'PartialType':
        return this.props(codec.props, isPart, true);
      case 'DictionaryType':
        return this.record(codec);
      case 'UnionType':
        return this.union(codec, isPart);
      case 'IntersectionType':
        return this.intersection(codec.types, isPart);
      case 'RefinementType':
        return refinementPlan(this.plan(codec.type, isPart), codec.predicate);
      case 'ReadonlyType':
        return this.plan(codec.type, isPart);
      case 'RecursiveType':
        return recursivePlan(() => this.plan(codec.type, isPart));
      case 'ExactType': {
        const known = new Set(keysOf(codec.type));
        return excessPlan(this.plan(codec.type, true), this.excess === 'error' && !isPart ? 'error' : 'strip', (key) =>
          known.has(key),
        );
      }
    }
  }

  private array(type: t.Mixed): Plan {
    const item = this.item(type);
    return itemsPlan(() => item);
  }

  private tuple(types: readonly t.Mixed[]): Plan {
    const items = types.map((type) => this.item(type));
    return itemsPlan((index) => items[index], items.length, items.length);
  }

  private item(codec: t.Mixed): Item {
    return { codec, plan: this.plan(codec, false) };
  }

  private props(codecs: t.AnyProps, isPart: boolean, optional = false): Plan {
    const props = Object.keys(codecs).flatMap((key) => {
      const codec = codecs[key] as t.Mixed | undefined;
      return codec === undefined ? [] : [{ key, codec, plan: this.plan(codec, false) }];
    });
    return this.guarded(propsPlan(props, optional), isPart);
  }

  private guarded(plan: Plan, isPart: boolean): Plan {
    return isPart || this.excess === 'allow' ? plan : excessPlan(plan, this.excess);
  }

  /** Over a finite domain a record is an exact object whose keys are all required. */
  private record(codec: t.DictionaryType<t.Mixed, t.Mixed>): Plan {
    const { domain, codomain } = codec;
    const keys = domainKeys(domain as t.Mixed & TaggedCodec);
    const plan = this.plan(codomain, false);
    if (keys !== undefined) {
      const known = new Set(keys);
      const props = propsPlan(
        [...known].map((key) => ({ key, codec: codomain, plan })),
        false,
      );
      return excessPlan(props, this.excess === 'error' ? 'error' : 'strip', (key) => known.has(key));
    }
    // io-ts takes an array for a record of `any`.
    if ((codomain as t.Mixed & TaggedCodec)._tag === 'AnyType') return opaquePlan(codec);
    return recordPlan(domain, codomain, plan);
  }

  private union(codec: t.UnionType<t.Mixed[]>, isPart: boolean): Plan {
    const choices = codec.types.map(choicesOf);
    if (choices.every((ofMember) => ofMember !== undefined)) return choicePlan(codec, choices.flat());
    const members = codec.types.map((type) => ({ codec: type, plan: this.plan(type, isPart) }));
    if (!isTaggedUnion(codec)) return unionPlan(members, undefined);
    const values = codec.types.map((type) => tagValues(type, codec.tag));
    return unionPlan(members, { key: codec.tag, values });
  }

  private intersection(types: readonly t.Mixed[], isPart: boolean): Plan {
    if (types.length === 0) return leafPlan(() => true, true);
    return this.guarded(intersectionPlan(types.map((type) => ({ codec: type, plan: this.plan(type, true) }))), isPart);
  }
}

const compilers: Readonly<Record<Excess, Compiler>> = {
  allow: new Compiler('allow'),
  strip: new Compiler('strip'),
  error: new Compiler('error'),
};

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** The values of a codec of which there are only a few, all of them known. */
function choicesOf(codec: t.Mixed): readonly Choice[] | undefined {
  if (annotationOf(codec) !== undefined || !isOwnCodec(codec)) return undefined;
  switch (codec._tag) {
    case 'LiteralType':
      return [codec.value];
    case 'KeyofType':
      return Object.keys(codec.keys);
    case 'NullType':
      return [null];
    default:
      return undefined;
  }
}

/** Half an Option or Either would break every function that takes one: they are whole or not there. */
function isSum(props: t.AnyProps): boolean {
  const tag = props['_tag'] as (t.Mixed & TaggedCodec) | undefined;
  return tag?._tag === 'LiteralType' && ['None', 'Some', 'Left', 'Right'].includes(String(tag.value));
}

/** The keys that io-ts leaves when it strips. */
function keysOf(codec: t.Mixed): readonly string[] {
  const own = codec as t.Mixed & TaggedCodec;
  switch (own._tag) {
    case 'InterfaceType':
    case 'PartialType':
      return Object.keys(own.props);
    case 'IntersectionType':
      return own.types.flatMap(keysOf);
    case 'ReadonlyType':
    case 'RefinementType':
      return keysOf(own.type);
    default:
      return [];
  }
}

/** The keys of a domain, where they are only a few. */
function domainKeys(domain: t.Mixed & TaggedCodec): readonly string[] | undefined {
  switch (domain._tag) {
    case 'LiteralType':
      return typeof domain.value === 'string' ? [domain.value] : undefined;
    case 'KeyofType':
      return Object.keys(domain.keys);
    case 'UnionType': {
      const keys = domain.types.map((type) => domainKeys(type as t.Mixed & TaggedCodec));
      return keys.every((ofMember) => ofMember !== undefined) ? keys.flat() : undefined;
    }
    default:
      return undefined;
  }
}
