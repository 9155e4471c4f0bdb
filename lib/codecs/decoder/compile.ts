import * as t from 'io-ts';
import { annotationOf, type Annotation } from '../annotations/Annotation.js';
import { choicePlan, type Choice } from './choicePlan.js';
import { codecsWithin } from '../ioTs/codecsWithin.js';
import type { Plan } from './Cursor.js';
import { exactPlan, excessPlan } from './excessPlan.js';
import { intersectionPlan } from './intersectionPlan.js';
import { isOwnCodec, isTaggedUnion } from '../ioTs/isOwnCodec.js';
import { itemsPlan, type Item } from './itemsPlan.js';
import { structurePlan } from './structurePlan.js';
import { whenCompletePlan } from './whenCompletePlan.js';
import { whenPresentPlan } from './whenPresentPlan.js';
import { withStatePlan } from './withStatePlan.js';
import { isObject } from './keepSame.js';
import { leafPlan } from './leafPlan.js';
import { opaquePlan } from './opaquePlan.js';
import { propsPlan } from './propsPlan.js';
import { recordPlan } from './recordPlan.js';
import { recursivePlan } from './recursivePlan.js';
import { refinementPlan } from './refinementPlan.js';
import type { TaggedCodec } from '../ioTs/TaggedCodec.js';
import { tagValues } from '../ioTs/tagValues.js';
import { unionPlan } from './unionPlan.js';

/** What becomes of keys that an object's codec does not know. */
export type Excess = 'allow' | 'strip' | 'error';

/** How to read a codec incrementally. A codec is looked into once. */
export function compile(codec: t.Mixed, excess: Excess): Plan {
  return compilers[excess].plan(codec);
}

type Codecs = readonly t.Mixed[];

const NOBODY: Codecs = [];

class Compiler {
  private readonly plans = new WeakMap<t.Mixed, Plan>();
  private readonly parts = new WeakMap<t.Mixed, Plan>();

  constructor(private readonly excess: Excess) {}

  /**
   * @param isPart The codec is a member of an intersection, and reads an object beside others: which keys are extra is
   * for the intersection to say.
   * @param others The codecs which read the same value because they, or what they are within, are in an intersection
   * with this one: keys that they know are no extra keys.
   */
  plan(codec: t.Mixed, isPart = false, others = NOBODY): Plan {
    if (others.length > 0) return this.make(codec, isPart, others);
    const plans = isPart ? this.parts : this.plans;
    const known = plans.get(codec);
    if (known !== undefined) return known;
    const plan = this.make(codec, isPart, others);
    plans.set(codec, plan);
    return plan;
  }

  private make(codec: t.Mixed, isPart: boolean, others: Codecs): Plan {
    const annotated = annotationOf(codec);
    if (annotated !== undefined) {
      const plan = this.plan(annotated.codec, isPart, others);
      return this.annotated(plan, annotated.annotation, isPart, others);
    }
    return isOwnCodec(codec) ? this.own(codec, isPart, others) : opaquePlan(codec);
  }

  private annotated(plan: Plan, annotation: Annotation, isPart: boolean, others: Codecs): Plan {
    switch (annotation.kind) {
      case 'complete':
        return whenCompletePlan(plan);
      case 'present':
        return whenPresentPlan(plan, annotation.key);
      case 'state':
        return withStatePlan(plan);
      case 'structure':
        return structurePlan(this.plan(annotation.structure, isPart, others), plan, annotation.partials);
    }
  }

  private own(codec: t.Mixed & TaggedCodec, isPart: boolean, others: Codecs): Plan {
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
        return this.array(codec.type, others);
      case 'TupleType':
        return this.tuple(codec.types, others);
      case 'InterfaceType': {
        const plan = this.props(codec.props, isPart, others);
        return isSum(codec.props) ? whenCompletePlan(plan) : plan;
      }
      case 'PartialType':
        return this.props(codec.props, isPart, others, true);
      case 'DictionaryType':
        return this.record(codec, isPart, others);
      case 'UnionType':
        return this.union(codec, isPart, others);
      case 'IntersectionType':
        return this.intersection(codec.types, isPart, others);
      case 'RefinementType':
        return refinementPlan(this.plan(codec.type, isPart, others), codec.predicate);
      case 'ReadonlyType':
        return this.plan(codec.type, isPart, others);
      case 'RecursiveType':
        return recursivePlan(() => this.plan(codec.type, isPart, others));
      case 'ExactType':
        return this.exact(this.plan(codec.type, true, others), keysOf(codec.type), isPart, others);
    }
  }

  private array(type: t.Mixed, others: Codecs): Plan {
    const item = this.item(type, others);
    return itemsPlan(() => item);
  }

  private tuple(types: Codecs, others: Codecs): Plan {
    const items = types.map((type) => this.item(type, others));
    return itemsPlan((index) => items[index], items.length, items.length);
  }

  private item(codec: t.Mixed, others: Codecs): Item {
    return { codec, plan: this.within(codec, others) };
  }

  /** The plan for what stands in an object or array, at this key. */
  private within(codec: t.Mixed, others: Codecs, key?: string): Plan {
    return this.plan(
      codec,
      false,
      others.flatMap((other) => codecsWithin(other, key)),
    );
  }

  private props(codecs: t.AnyProps, isPart: boolean, others: Codecs, optional = false): Plan {
    const props = Object.keys(codecs).flatMap((key) => {
      const codec = codecs[key] as t.Mixed | undefined;
      return codec === undefined ? [] : [{ key, codec, plan: this.within(codec, others, key) }];
    });
    return this.guarded(propsPlan(props, optional), isPart, others);
  }

  private guarded(plan: Plan, isPart: boolean, others: Codecs): Plan {
    if (isPart || this.excess === 'allow') return plan;
    return excessPlan(plan, this.excess, (key) => plan.claims(key) || this.isKnown(key, others));
  }

  /** io-ts strips such an object, whatever is asked for. */
  private exact(plan: Plan, keys: readonly string[], isPart: boolean, others: Codecs): Plan {
    const known = new Set(keys);
    const stripped = exactPlan(plan, (key) => known.has(key));
    if (isPart || this.excess !== 'error') return stripped;
    return excessPlan(stripped, 'error', (key) => known.has(key) || this.isKnown(key, others));
  }

  private isKnown(key: string, codecs: Codecs): boolean {
    return codecs.some((codec) => this.plan(codec, true).claims(key));
  }

  /** Over a finite domain a record is an exact object whose keys are all required. */
  private record(codec: t.DictionaryType<t.Mixed, t.Mixed>, isPart: boolean, others: Codecs): Plan {
    const { domain, codomain } = codec;
    const keys = domainKeys(domain as t.Mixed & TaggedCodec);
    if (keys !== undefined) {
      const props = [...new Set(keys)].map((key) => ({
        key,
        codec: codomain,
        plan: this.within(codomain, others, key),
      }));
      return this.exact(propsPlan(props, false), keys, isPart, others);
    }
    // io-ts takes an array for a record of `any`.
    if ((codomain as t.Mixed & TaggedCodec)._tag === 'AnyType') return opaquePlan(codec);
    return recordPlan(domain, codomain, this.within(codomain, others));
  }

  private union(codec: t.UnionType<t.Mixed[]>, isPart: boolean, others: Codecs): Plan {
    const choices = codec.types.map(choicesOf);
    if (choices.every((ofMember) => ofMember !== undefined)) return choicePlan(codec, choices.flat());
    const members = codec.types.map((type) => ({ codec: type, plan: this.plan(type, isPart, others) }));
    if (!isTaggedUnion(codec)) return unionPlan(members, undefined);
    const values = codec.types.map((type) => tagValues(type, codec.tag));
    return unionPlan(members, { key: codec.tag, values });
  }

  private intersection(types: Codecs, isPart: boolean, others: Codecs): Plan {
    if (types.length === 0) return leafPlan(() => true, true);
    const members = types.map((type, index) => {
      const beside = this.excess === 'allow' ? NOBODY : [...others, ...types.filter((_, at) => at !== index)];
      return { codec: type, plan: this.plan(type, true, beside) };
    });
    return this.guarded(intersectionPlan(members, this.excess === 'strip'), isPart, others);
  }
}

const compilers: Readonly<Record<Excess, Compiler>> = {
  allow: new Compiler('allow'),
  strip: new Compiler('strip'),
  error: new Compiler('error'),
};

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
