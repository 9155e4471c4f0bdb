import * as fc from 'fast-check';
import * as t from 'io-ts';
import { DateFromISOString } from 'io-ts-types';
import type { Json } from '../../lib/partials/PartialJson.js';
import {
  arrayOf,
  exactOf,
  intersectionOf,
  KEYS,
  leaf,
  mostly,
  objectOf,
  opaque,
  recordOf,
  unionOf,
  WORDS,
  type CodecSample,
} from './codecSamples.js';

/** Places in the pool: of the codecs that are made, and after them of the codecs that they are made of. */
type Props = Readonly<Record<string, number>>;

interface ObjectRecipe {
  readonly props: Props;
  readonly optional: boolean;
  readonly exact: boolean;
}

/** How a codec of a pool is made of others, itself among them. */
type Recipe =
  | { readonly kind: 'object'; readonly object: ObjectRecipe }
  | { readonly kind: 'list' | 'record'; readonly item: number }
  | { readonly kind: 'union' | 'intersection'; readonly objects: readonly ObjectRecipe[] }
  /** Objects with the same keys, and after them a literal that tells them apart. */
  | { readonly kind: 'tagged'; readonly props: Props };

const basis: readonly CodecSample[] = [
  leaf(t.string, fc.constantFrom(...WORDS)),
  leaf(t.number, fc.constantFrom(1, 12)),
  leaf(t.literal('ab'), fc.constant('ab'), false),
  opaque(DateFromISOString, fc.constantFrom('2020-01-01', '2')),
];

const place = fc.nat(40);
const props = fc.dictionary(fc.constantFrom('a', 'b', 'c'), place, { minKeys: 1, maxKeys: 2 });
const object: fc.Arbitrary<ObjectRecipe> = fc.record({ props, optional: fc.boolean(), exact: fc.boolean() });
const objects = fc.array(object, { minLength: 2, maxLength: 3 });

const recipe: fc.Arbitrary<Recipe> = fc.oneof(
  object.map((made): Recipe => ({ kind: 'object', object: made })),
  fc.record({ kind: fc.constantFrom('list' as const, 'record' as const), item: place }),
  fc.record({ kind: fc.constantFrom('union' as const, 'intersection' as const), objects }),
  props.map((made): Recipe => ({ kind: 'tagged', props: made })),
);

/** Deeper documents are cut short: most of them are wrong then, which is a case as well. */
const MOST_LEVELS = 3;

class Pool {
  readonly #recipes: readonly Recipe[];
  /** Recursions, so that codecs may be made of codecs that are not there yet. */
  readonly #samples: readonly (CodecSample & { readonly parts: CodecSample[] })[];

  constructor(recipes: readonly Recipe[]) {
    this.#recipes = recipes;
    const made: CodecSample[] = [];
    this.#samples = recipes.map((_, index) => ({
      kind: 'same',
      codec: t.recursion<unknown>(`P${index}`, () => made[index]!.codec),
      documents: fc.constant(null),
      parts: [],
    }));
    for (const [index, one] of recipes.entries()) {
      made[index] = this.#make(one);
      this.#samples[index]!.parts.push(made[index]);
    }
  }

  get first(): CodecSample {
    return { ...this.#samples[0]!, documents: this.#documents(0, MOST_LEVELS) };
  }

  #indexOf(at: number): number {
    return at % (this.#recipes.length + basis.length);
  }

  #at(at: number): CodecSample {
    return [...this.#samples, ...basis][this.#indexOf(at)]!;
  }

  #make(one: Recipe): CodecSample {
    switch (one.kind) {
      case 'object':
        return this.#object(one.object);
      case 'list':
        return arrayOf(this.#at(one.item), false);
      case 'record':
        return recordOf(this.#at(one.item), t.string, KEYS);
      case 'union':
        return unionOf(one.objects.map((made) => this.#object(made)));
      case 'intersection':
        return intersectionOf(one.objects.map((made) => this.#object(made)));
      case 'tagged':
        return unionOf(
          WORDS.slice(0, 2).map((word) => {
            const shared = Object.entries(one.props).map(([key, at]) => [key, this.#at(at)] as const);
            const tag = leaf(t.literal(word), fc.constant(word), false);
            return objectOf(Object.fromEntries([...shared, ['kind', tag]]), false);
          }),
        );
    }
  }

  #object({ props: places, optional, exact }: ObjectRecipe): CodecSample {
    const made = Object.fromEntries(Object.entries(places).map(([key, at]) => [key, this.#at(at)]));
    return exact ? exactOf(objectOf(made, optional)) : objectOf(made, optional);
  }

  #documents(at: number, levels: number): fc.Arbitrary<Json> {
    const one = this.#recipes[this.#indexOf(at)];
    if (one === undefined) return mostly(this.#at(at).documents);
    if (levels === 0) return fc.constantFrom<Json>([], {}, 'a', null);
    const inner = (place: number): fc.Arbitrary<Json> => this.#documents(place, levels - 1);
    const ofProps = (places: Props): fc.Arbitrary<Record<string, Json>> =>
      fc.record(Object.fromEntries(Object.entries(places).map(([key, place]) => [key, inner(place)])), {
        requiredKeys: Object.keys(places).slice(0, 1),
      });
    switch (one.kind) {
      case 'object':
        return ofProps(one.object.props);
      case 'list':
        return fc.array(inner(one.item), { maxLength: 2 });
      case 'record':
        return fc.dictionary(fc.constantFrom(...KEYS), inner(one.item), { maxKeys: 2 });
      case 'union':
        return fc.oneof(...one.objects.map((made) => ofProps(made.props)));
      case 'intersection':
        return fc
          .tuple(...one.objects.map((made) => ofProps(made.props)))
          .map((all) => Object.assign({}, ...all) as Json);
      case 'tagged':
        return fc
          .tuple(ofProps(one.props), fc.constantFrom(...WORDS.slice(0, 2)))
          .map(([shared, kind]) => ({ ...shared, kind }));
    }
  }
}

/**
 * Codecs that are made of each other: the same codec stands at many places, in unions and intersections whose members
 * share parts, and contains itself through others.
 */
export const arbitraryPool: fc.Arbitrary<CodecSample> = fc
  .array(recipe, { minLength: 2, maxLength: 4 })
  .map((recipes) => new Pool(recipes).first);
