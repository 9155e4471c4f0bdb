import { expect } from 'chai';
import * as fc from 'fast-check';
import * as z from 'zod';
import { fromStandardSchema } from '../../lib/codecs/standardSchema/fromStandardSchema.js';
import type { Json } from '../../lib/partials/PartialJson.js';
import { arbitraryJson } from '../support/arbitraryJson.js';
import type { DecodeWithConfig } from '../../lib/decoded/decodeWith.js';
import { decodeText } from '../support/decodeText.js';
import { lawRuns } from '../support/lawRuns.js';

interface Sample {
  readonly schema: z.ZodType;
  /** Documents that it mostly accepts. */
  readonly documents: fc.Arbitrary<Json>;
}

const leaf = (schema: z.ZodType, ...documents: readonly fc.Arbitrary<Json>[]): Sample => ({
  schema,
  documents: fc.oneof(...documents),
});
const text = fc.constantFrom<Json>('', 'a', 'b', 'A', '5', 'true', '2020-02-20', 'a@b.co');
const spaced = fc.constantFrom<Json>('', ' ', ' a ', 'A  ', '  ab', 'ab ');
const scalar = fc.oneof(text, fc.constantFrom<Json>(null, true, false, 0, 5, 1.5));

const leaves: readonly Sample[] = [
  leaf(z.string(), text),
  leaf(z.string().min(1), text),
  leaf(z.email(), text),
  leaf(z.iso.date(), text),
  leaf(z.number(), fc.integer()),
  leaf(z.int().positive(), fc.integer()),
  leaf(z.boolean(), fc.boolean()),
  leaf(z.null(), fc.constant(null)),
  leaf(z.enum(['a', 'b']), text),
  leaf(z.literal(['a', 5, null]), scalar),
  leaf(z.unknown(), scalar),
  leaf(z.coerce.number(), scalar),
  leaf(z.coerce.boolean(), scalar),
  leaf(z.coerce.string(), scalar),
  leaf(z.stringbool(), text),
  leaf(
    z.string().transform((value) => value.length),
    text,
  ),
  leaf(
    z.iso.date().transform((day) => new Date(day)),
    text,
  ),
  leaf(
    z.preprocess((value) => (value === 'a' ? 5 : value), z.number()),
    scalar,
  ),
  leaf(
    z.preprocess((value) => (typeof value === 'string' ? value.toLowerCase() : value), z.enum(['a', 'b'])),
    scalar,
  ),
  leaf(z.templateLiteral(['a', z.number()]), fc.constantFrom('a5', 'a', 'b')),
  leaf(z.string().max(1), text),
  leaf(z.string().trim().max(1), spaced),
  leaf(z.string().trim().toLowerCase().regex(/^a$/), spaced),
  leaf(z.string().regex(/^a/i), text),
  leaf(
    z
      .string()
      .regex(/^a$|^5/)
      .min(1),
    text,
  ),
  leaf(z.union([z.string().max(1), z.string().regex(/^tr/)]), text),
  leaf(z.union([z.string().max(1), z.number().max(1)]), scalar),
  leaf(z.number().min(0).max(5).multipleOf(0.5), fc.constantFrom<Json>(0, 1.5, 5, 5.5, -1, 0.25)),
  leaf(z.url(), fc.constantFrom('a', 'https://a.b')),
  leaf(
    z.string().refine((value) => value !== 'a'),
    text,
  ),
];

const keys = fc.constantFrom('a', 'b', 'k', '1');

/** One schema made of another, that accepts more, less, or makes something else of it. */
function changed({ schema, documents }: Sample): fc.Arbitrary<Sample> {
  return fc.constantFrom<Sample>(
    leaf(schema.catch('caught'), documents, scalar),
    leaf(schema.nullable(), documents, fc.constant(null)),
    leaf(schema.default('default'), documents),
    leaf(
      schema.transform((value) => [value]),
      documents,
    ),
    leaf(
      schema.refine((value) => JSON.stringify(value) !== '"a"'),
      documents,
    ),
    leaf(schema.readonly(), documents),
    leaf(
      z.preprocess((value) => (value === 5 ? undefined : value), schema),
      documents,
      fc.constant(5),
    ),
    leaf(z.array(schema), fc.array(documents, { maxLength: 3 })),
    leaf(z.array(schema).min(1), fc.array(documents, { maxLength: 3 })),
    leaf(z.array(schema).max(1), fc.array(documents, { maxLength: 3 })),
    leaf(z.array(schema).length(2), fc.array(documents, { maxLength: 3 })),
    leaf(z.tuple([schema, z.string()]), fc.tuple(documents, text)),
    leaf(
      z.tuple([z.string()], schema),
      fc.array(documents, { maxLength: 2 }).map((rest) => ['a', ...rest]),
    ),
    leaf(z.tuple([schema, schema.optional()]), fc.array(documents, { minLength: 1, maxLength: 2 })),
    leaf(z.record(z.string(), schema), fc.dictionary(keys, documents, { noNullPrototype: true, maxKeys: 2 })),
    leaf(
      z.record(z.enum(['a', 'b']), schema),
      fc.record<Record<string, Json>>({ a: documents, b: documents }, { requiredKeys: ['a'] }),
    ),
    leaf(
      z.partialRecord(z.enum(['a', 'b']), schema),
      fc.dictionary(keys, documents, { noNullPrototype: true, maxKeys: 2 }),
    ),
    leaf(z.record(z.string().max(1), schema), fc.dictionary(keys, documents, { noNullPrototype: true, maxKeys: 2 })),
  );
}

function objectOf(
  props: Readonly<Record<string, Sample>>,
  optional: boolean,
  kind: 'loose' | 'strict' | 'strip',
  tag?: string,
  conditional = false,
): Sample {
  const shape = Object.fromEntries(
    Object.entries(props).map(([key, { schema }]) => [key, optional ? schema.optional() : schema]),
  );
  const make = { loose: z.looseObject, strict: z.strictObject, strip: z.object }[kind];
  const own = tag === undefined ? {} : { k: z.literal(tag) };
  const documents = fc.record<Record<string, Json>>(
    Object.fromEntries(
      Object.entries(props).map(([key, sample]) => [key, fc.oneof({ weight: 5, arbitrary: sample.documents }, scalar)]),
    ),
    { requiredKeys: optional ? [] : Object.keys(props) },
  );
  // A condition on two keys, that complains of one of them. JSON may have a `toString` that is none.
  const write = (value: unknown): string => JSON.stringify([value]);
  const isInOrder = (value: Record<string, unknown>): boolean => write(value['a']) <= write(value['b']);
  const plain = make({ ...shape, ...own });
  return {
    schema: conditional ? (plain as z.ZodObject).refine(isInOrder, { path: ['b'] }) : plain,
    documents: tag === undefined ? documents : documents.map((document) => ({ ...document, k: tag })),
  };
}

/** The same object with other keys too, of a schema of their own. They come before its own, or after. */
function withRest({ schema, documents }: Sample, rest: Sample): Sample {
  const others = fc.dictionary(keys, fc.oneof({ weight: 5, arbitrary: rest.documents }, scalar), {
    ...{ maxKeys: 2, noNullPrototype: true },
  });
  return {
    schema: (schema as z.ZodObject).catchall(rest.schema),
    documents: fc
      .tuple(documents, others, fc.boolean())
      .map(([own, extra, isFirst]) => (isFirst ? { ...extra, ...(own as object) } : { ...(own as object), ...extra })),
  };
}

/** An intersection of objects without a key in common: zod throws where it cannot merge what two have made of one. */
function intersectionOf(
  a: Readonly<Record<string, Sample>>,
  b: Readonly<Record<string, Sample>>,
  isOptional: boolean,
  isOtherOptional: boolean,
  conditional: boolean,
): Sample {
  const others = Object.fromEntries(Object.entries(b).map(([key, sample]) => [`other ${key}`, sample]));
  const one = objectOf(a, isOptional, 'strip', undefined, conditional);
  const other = objectOf(others, isOtherOptional, 'strip');
  return {
    schema: z.intersection(one.schema, other.schema),
    documents: fc.tuple(one.documents, other.documents).map((both) => Object.assign({}, ...both) as Json),
  };
}

const kinds = fc.constantFrom('loose' as const, 'strict' as const, 'strip' as const);

const tied = fc.letrec<{ sample: Sample; object: Sample; props: Record<string, Sample> }>((tie) => ({
  props: fc.dictionary(keys, tie('sample'), { maxKeys: 3, noNullPrototype: true }),
  object: fc
    .tuple(tie('props'), fc.boolean(), kinds, fc.boolean())
    .map(([props, optional, kind, conditional]) => objectOf(props, optional, kind, undefined, conditional)),
  sample: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: fc.constantFrom(...leaves) },
    { weight: 3, arbitrary: tie('object') },
    { weight: 1, arbitrary: fc.tuple(tie('object'), tie('sample')).map(([object, rest]) => withRest(object, rest)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('props'), tie('props'), fc.boolean(), fc.boolean(), fc.boolean())
        .map(([a, b, ...flags]) => intersectionOf(a, b, ...flags)),
    },
    { weight: 2, arbitrary: tie('sample').chain(changed) },
    {
      weight: 1,
      arbitrary: fc
        .array(tie('sample'), { minLength: 2, maxLength: 3 })
        .map((parts) => leaf(z.union(parts.map(({ schema }) => schema)), ...parts.map(({ documents }) => documents))),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('props'), tie('props'), kinds, fc.boolean(), fc.boolean())
        .map(([a, b, kind, isPlain, conditional]) => {
          const members = [objectOf(a, false, kind, 'a', conditional), objectOf(b, true, kind, 'b')] as const;
          const [first, second] = members.map(({ schema }) => schema) as [z.ZodObject, z.ZodObject];
          const schema = isPlain ? z.union([first, second]) : z.discriminatedUnion('k', [first, second]);
          return leaf(schema, ...members.map(({ documents }) => documents));
        }),
    },
    {
      weight: 1,
      arbitrary: tie('sample').map(({ schema, documents }) => {
        const tree: z.ZodType = z.lazy(() => z.object({ value: schema, kids: z.array(tree) }));
        const leaves = documents.map((value): Json => ({ value, kids: [] }));
        return leaf(
          tree,
          leaves,
          fc.tuple(documents, fc.array(leaves, { maxLength: 2 })).map(([value, kids]) => ({ value, kids })),
        );
      }),
    },
  ),
}));

interface Pair {
  readonly schema: z.ZodType;
  readonly document: Json;
}

/** zod itself throws at some values: `max` compares a `length` that is no number. */
function isJudged({ schema, document }: Pair): boolean {
  try {
    schema.safeParse(JSON.parse(JSON.stringify(document)));
    return true;
  } catch {
    return false;
  }
}

const pairs: fc.Arbitrary<Pair> = tied.sample
  .chain(({ schema, documents }) =>
    fc.oneof({ weight: 9, arbitrary: documents }, arbitraryJson).map((document) => {
      const print = (): string =>
        `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))} of ${JSON.stringify(document)}`;
      return Object.assign({ schema, document }, { [fc.toStringMethod]: print });
    }),
  )
  .filter(isJudged);

/** Strict mode has other words for these, and they have a law of their own. */
const hasNull = (json: string): boolean => json.includes('null');

const configs = fc.record<DecodeWithConfig>({
  failFast: fc.boolean(),
  excess: fc.constantFrom('allow' as const, 'strip' as const, 'error' as const),
});

describe('law: a schema has the last word', () => {
  it('laws 6 and 8: an accepted document is never rejected early and has the same value; a rejected one is rejected', () =>
    fc.assert(
      fc.asyncProperty(pairs, async ({ schema, document }) => {
        const json = JSON.stringify(document);
        const parsed = schema.safeParse(JSON.parse(json));
        const codec = fromStandardSchema(schema);
        const last = (await decodeText(codec, json)).at(-1)!;
        if (!hasNull(json)) {
          if (!parsed.success) expect(last._tag).to.equal('Left');
          else expect(last).to.deep.equal({ _tag: 'Right', right: { _tag: 'Complete', value: parsed.data } });
        }
        expect(last._tag).to.equal(codec.decode(JSON.parse(json))._tag);
      }),
      lawRuns(500),
    ));

  it('law 8: and says the same however the text is cut, with every option', () =>
    fc.assert(
      fc.asyncProperty(pairs, configs, fc.nat(), async ({ schema, document }, config, at) => {
        const json = JSON.stringify(document);
        const codec = fromStandardSchema(schema);
        const cut = at % (json.length + 1);
        const ways = [[json], json, [json.slice(0, cut), json.slice(cut)].filter((piece) => piece !== '')];
        const lasts = await Promise.all(ways.map(async (way) => (await decodeText(codec, way, config)).at(-1)!));
        const verdicts = lasts.map((last) => (last._tag === 'Left' ? 'Left' : last.right));
        for (const verdict of verdicts) expect(verdict).to.deep.equal(verdicts[0]);
      }),
      lawRuns(500),
    ));
});
