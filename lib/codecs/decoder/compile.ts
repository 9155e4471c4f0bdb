import type * as t from 'io-ts';
import type { Annotation } from '../annotations/Annotation.js';
import type { AnnotatedKind, PropsKind, RecordKind, UnionKind } from '../ioTs/CodecKind.js';
import { planChoice, type Choice } from './planChoice.js';
import { expectArgument } from '../../foundation/expectArgument.js';
import { findCodecsWithin } from '../ioTs/findCodecsWithin.js';
import type { Plan } from './Cursor.js';
import { planExact, planExcess } from './planExcess.js';
import { planIntersection } from './planIntersection.js';
import { planItems, type Item } from './planItems.js';
import { planJudged } from './planJudged.js';
import { planStructure } from './planStructure.js';
import { planAnnotated } from './planAnnotated.js';
import { planLeaf } from './planLeaf.js';
import { planOpaque } from './planOpaque.js';
import { planProps } from './planProps.js';
import { planRecord } from './planRecord.js';
import { planRefinement } from './planRefinement.js';
import { describeCodec, readCodec } from '../ioTs/readCodec.js';
import { listTagValues } from '../ioTs/listTagValues.js';
import { planUnion } from './planUnion.js';

/** How keys that an object's codec does not know are treated. */
export type Excess = 'allow' | 'strip' | 'error';

/**
 * How to read a codec incrementally. A codec is looked into once: plans are kept as long as their codecs are.
 *
 * It knows io-ts through `readCodec` alone. A kind without a plan is a compile error here.
 */
export function compile(codec: t.Mixed, excess: Excess): Plan {
  expectArgument('excess', Object.hasOwn(compilers, excess), "'allow', 'strip' or 'error'", excess);
  return compilers[excess].compile(codec);
}

type Codecs = readonly t.Mixed[];
type StructureAnnotation = Extract<Annotation, { readonly kind: 'structure' }>;

const NO_CODECS: Codecs = [];

class Compiler {
  /**
   * By codec, and by what else the plan depends on: {@link writeContext}. Without the latter a recursion through an
   * intersection would be compiled anew at every level.
   */
  readonly #plans = new WeakMap<t.Mixed, Map<string, Plan>>();
  readonly #excess: Excess;

  constructor(excess: Excess) {
    this.#excess = excess;
  }

  /**
   * @param isPart The codec is a member of an intersection, and reads an object beside others: the intersection decides
   * which keys are extra.
   * @param others The codecs which read the same value because they, or the codecs they are within, are in an
   * intersection with this one: keys that they know are not extra.
   */
  compile(codec: t.Mixed, isPart = false, others = NO_CODECS): Plan {
    // A codec beside itself adds nothing; without it, recursions of both lead back to the same plan.
    const siblings = others.length === 0 ? others : [...new Set(others)].filter((other) => other !== codec);
    const context = writeContext(isPart, siblings);
    const plans = this.#plans.get(codec) ?? new Map<string, Plan>();
    this.#plans.set(codec, plans);
    const known = plans.get(context);
    if (known !== undefined) return known;
    const plan = this.#compileKind(codec, isPart, siblings);
    plans.set(context, plan);
    return plan;
  }

  #compileKind(codec: t.Mixed, isPart: boolean, others: Codecs): Plan {
    const kind = readCodec(codec);
    switch (kind.kind) {
      case 'leaf':
        return planLeaf(kind.type);
      case 'choice':
        return planChoice(codec, kind.values);
      case 'list':
        return this.#compileList(kind.item, others);
      case 'tuple':
        return this.#compileTuple(kind.items, others);
      case 'props': {
        const plan = this.#compileProps(kind, isPart, others);
        return isSum(kind) ? planAnnotated(plan, { kind: 'complete' }) : plan;
      }
      case 'record':
        return this.#compileRecord(kind, isPart, others);
      case 'union':
        return this.#compileUnion(codec, kind, isPart, others);
      case 'intersection':
        return this.#compileIntersection(kind.members, isPart, others);
      case 'refinement':
        return planRefinement(this.compile(kind.inner, isPart, others), kind.predicate);
      // The codec within reads a part of the object: what is extra is for `exact` to say.
      case 'exact':
        return this.#compileExact(this.compile(kind.inner, true, others), kind.keys, isPart, others);
      case 'same':
        return this.compile(kind.inner, isPart, others);
      // Not compiled before a value is there: the definition may not be ready, and contains itself.
      case 'later':
        return planLater(() => this.compile(kind.definition(), isPart, others));
      case 'annotated':
        return this.#compileAnnotated(kind, isPart, others);
      case 'opaque':
        return planOpaque(codec);
    }
  }

  #compileAnnotated({ inner, annotation }: AnnotatedKind, isPart: boolean, others: Codecs): Plan {
    const plan = this.compile(inner, isPart, others);
    switch (annotation.kind) {
      // A schema that rejects extra keys itself, whatever the option says. Of `__proto__` it says so at the end, or not.
      case 'closed':
        return planExcess(this.compile(inner, true, others), 'error', (key) => key === '__proto__' || plan.claims(key));
      case 'judged':
        return planJudged(plan, annotation.judge);
      case 'structure':
        return this.#compileStructure(annotation, plan, isPart, others);
      default:
        return planAnnotated(plan, annotation);
    }
  }

  /** Beside others, which may know a key, no key of the object is extra. */
  #compileStructure(annotation: StructureAnnotation, plan: Plan, isPart: boolean, others: Codecs): Plan {
    const excess = isPart || others.length > 0 ? 'allow' : this.#excess;
    const whole = excess === 'allow' ? undefined : annotation.excess?.[excess];
    const structure = this.compile(annotation.structure, isPart, others);
    return planStructure(structure, whole === undefined ? plan : this.compile(whole), {
      partials: annotation.partials,
      isStrict: whole !== undefined && excess === 'error',
    });
  }

  /** All elements are read by one item, so it is made once. */
  #compileList(codec: t.Mixed, others: Codecs): Plan {
    const item = this.#createItem(codec, others);
    return planItems(() => item);
  }

  /** io-ts decodes as many elements as there are codecs, and cuts off what there is more. */
  #compileTuple(types: Codecs, others: Codecs): Plan {
    const items = types.map((type) => this.#createItem(type, others));
    return planItems((index) => items[index], items.length, items.length);
  }

  #createItem(codec: t.Mixed, others: Codecs): Item {
    return { codec, plan: this.#compileWithin(codec, others) };
  }

  /** The plan for what stands in an object or array, at this key. */
  #compileWithin(codec: t.Mixed, others: Codecs, key?: string): Plan {
    return this.compile(
      codec,
      false,
      others.flatMap((other) => findCodecsWithin(other, key)),
    );
  }

  #compileProps({ props: codecs, optional }: PropsKind, isPart: boolean, others: Codecs): Plan {
    const props = Object.entries(codecs).map(([key, codec]) => ({
      key,
      codec,
      plan: this.#compileWithin(codec, others, key),
    }));
    return this.#guard(planProps(props, optional), isPart, others);
  }

  /** `t.type` and its like let unknown keys pass; the option may want them stripped or rejected. */
  #guard(plan: Plan, isPart: boolean, others: Codecs): Plan {
    if (isPart || this.#excess === 'allow') return plan;
    return planExcess(plan, this.#excess, (key) => plan.claims(key) || this.#isKnown(key, others));
  }

  /** io-ts strips such an object, whatever is asked for. */
  #compileExact(plan: Plan, keys: readonly string[], isPart: boolean, others: Codecs): Plan {
    const known = new Set(keys);
    const stripped = planExact(plan, (key) => known.has(key));
    if (isPart || this.#excess !== 'error') return stripped;
    return planExcess(stripped, 'error', (key) => known.has(key) || this.#isKnown(key, others));
  }

  /** Siblings are asked as parts of an intersection: as wholes they would claim the keys of their own siblings. */
  #isKnown(key: string, codecs: Codecs): boolean {
    return codecs.some((codec) => this.compile(codec, true).claims(key));
  }

  /** Over a finite domain a record is an exact object whose keys are all required. */
  #compileRecord({ domain, value, keys }: RecordKind, isPart: boolean, others: Codecs): Plan {
    if (keys === undefined) return planRecord(domain, value, this.#compileWithin(value, others));
    const props = keys.map((key) => ({ key, codec: value, plan: this.#compileWithin(value, others, key) }));
    return this.#compileExact(planProps(props, false), keys, isPart, others);
  }

  /** A union of literals is one choice; others open a cursor for each member. */
  #compileUnion(codec: t.Mixed, { members, tag }: UnionKind, isPart: boolean, others: Codecs): Plan {
    const choices = members.map(listChoices);
    if (choices.every((ofMember) => ofMember !== undefined)) return planChoice(codec, choices.flat());
    const plans = members.map((member) => ({ codec: member, plan: this.compile(member, isPart, others) }));
    if (tag === undefined) return planUnion(plans, undefined);
    return planUnion(plans, { key: tag, values: members.map((member) => listTagValues(member, tag)) });
  }

  /** Only where extra keys count do the members have to know each other. */
  #compileIntersection(types: Codecs, isPart: boolean, others: Codecs): Plan {
    if (types.length === 0) return planLeaf('anything');
    const members = types.map((type, index) => {
      const beside = this.#excess === 'allow' ? NO_CODECS : [...others, ...types.filter((_, at) => at !== index)];
      return { codec: type, plan: this.compile(type, true, beside) };
    });
    return this.#guard(planIntersection(members, this.#excess === 'strip'), isPart, others);
  }
}

/** A codec that may contain itself, and so can be looked into only when it is needed. */
function planLater(definition: () => Plan): Plan {
  let plan: Plan | undefined;
  const getPlan = (): Plan => (plan ??= definition());
  return {
    open: (place) => getPlan().open(place),
    claims: (key) => getPlan().claims(key),
    readNull: (key) => getPlan().readNull(key),
    passesOthers: false,
    isShared: true,
    parts: 'all',
  };
}

/**
 * The codec is a part of an intersection, and these stand beside it: the same text for the same codecs in any order.
 */
function writeContext(isPart: boolean, siblings: Codecs): string {
  const ids = siblings.map(identify).sort((a, b) => a - b);
  return `${isPart ? 'part' : 'whole'} ${ids.join(' ')}`;
}

const ids = new WeakMap<t.Mixed, number>();
let lastId = 0;

/** A number for each codec, to write sets of them as text. */
function identify(codec: t.Mixed): number {
  const id = ids.get(codec) ?? ++lastId;
  ids.set(codec, id);
  return id;
}

/** Plans depend on the option, and codecs are used with any of them. */
const compilers: Readonly<Record<Excess, Compiler>> = {
  allow: new Compiler('allow'),
  strip: new Compiler('strip'),
  error: new Compiler('error'),
};

/** The values of a codec of which there are only a few, all of them known. */
function listChoices(codec: t.Mixed): readonly Choice[] | undefined {
  const kind = readCodec(codec);
  return kind.kind === 'choice' ? kind.values : undefined;
}

/** Half an Option or Either would break every function that takes one: they are whole or not there. */
function isSum({ props }: PropsKind): boolean {
  const tag = props['_tag'] && describeCodec(props['_tag']);
  return tag?.kind === 'choice' && tag.isLiteral && SUMS.includes(tag.values[0]);
}

/** The tags of fp-ts's Option and Either. */
const SUMS: readonly unknown[] = ['None', 'Some', 'Left', 'Right'];
