import { expect } from 'chai';
import * as t from 'io-ts';
import { DateFromISOString, NumberFromString } from 'io-ts-types';
import * as z from 'zod';
import { fromStandardSchema } from '../../../lib/codecs/standardSchema/fromStandardSchema.js';
import { Decoder, type DecoderConfig } from '../../../lib/codecs/decoder/Decoder.js';
import { growthOf } from '../../support/growthOf.js';
import { snapshotsOf } from '../../support/snapshotsOf.js';

/** A text in pieces of four characters. */
function deltasOf(text: string): readonly string[] {
  return text.match(/.{1,4}/gs) ?? [];
}

interface Shape {
  readonly name: string;
  readonly codec: t.Mixed;
  readonly text: (size: number) => string;
  readonly sizes: readonly [number, number];
  readonly config?: Partial<DecoderConfig>;
  /** In one delta. */
  readonly isWhole?: boolean;
}

const DEPTHS = [6, 13] as const;

const nested = (depth: number, wrap: (inner: string) => string, innermost: string): string =>
  Array.from({ length: depth }).reduce<string>((inner) => wrap(inner), innermost);

const recursive = (name: string, define: (self: t.Mixed) => t.Mixed): t.Mixed => t.recursion<unknown>(name, define);

const Filter = recursive('Filter', (self) =>
  t.union([
    t.type({ filters: t.array(self), op: t.literal('and') }),
    t.type({ filters: t.array(self), op: t.literal('or') }),
    t.type({ field: t.string }),
  ]),
);
const filters = (innermost: string) => (depth: number) =>
  nested(depth, (inner) => `{"filters":[${inner}],"op":"or"}`, innermost);

const Node = recursive('Node', (self) =>
  t.intersection([t.type({ id: t.string, kids: t.array(self) }), t.partial({ note: t.string, kids: t.array(self) })]),
);

const Row = z.object({
  get kids() {
    return z.array(Ui);
  },
  type: z.literal('row'),
});
const Column = z.object({
  get kids() {
    return z.array(Ui);
  },
  type: z.literal('column'),
});
const Ui: z.ZodType = z.lazy(() =>
  z.discriminatedUnion('type', [Row, Column, z.object({ text: z.string(), type: z.literal('text') })]),
);

const list = (item: string) => (length: number) => `[${Array.from({ length }, () => item).join()}]`;

const shapes: readonly Shape[] = [
  { name: 'a union whose tag comes last', codec: Filter, text: filters('{"field":"a"}'), sizes: DEPTHS },
  { name: 'the same in one delta', codec: Filter, text: filters('{"field":"a"}'), sizes: DEPTHS, isWhole: true },
  { name: 'the same when it is rejected', codec: Filter, text: filters('{"field":1}'), sizes: DEPTHS },
  {
    name: 'the same, and all that is wrong with it',
    codec: Filter,
    text: filters('{"field":1}'),
    sizes: DEPTHS,
    config: { failFast: false },
  },
  {
    name: 'a union without a tag',
    codec: recursive('Untagged', (self) =>
      t.union([t.type({ kids: t.array(self), a: t.string }), t.type({ kids: t.array(self), b: t.string })]),
    ),
    text: (depth) => nested(depth, (inner) => `{"kids":[${inner}],"b":"x"}`, '{"kids":[],"a":"x"}'),
    sizes: DEPTHS,
  },
  {
    name: 'a discriminated union of zod whose tag comes last',
    codec: fromStandardSchema(z.object({ ui: Ui })),
    text: (depth) =>
      `{"ui":${nested(depth, (inner) => `{"kids":[${inner}],"type":"column"}`, '{"text":"a","type":"text"}')}}`,
    sizes: DEPTHS,
  },
  ...(['allow', 'strip', 'error'] as const).map((excess) => ({
    name: `an intersection, excess '${excess}'`,
    codec: Node,
    text: (depth: number) => nested(depth, (inner) => `{"id":"a","kids":[${inner}]}`, '{"id":"b","kids":[]}'),
    sizes: DEPTHS,
    config: { excess },
  })),
  {
    name: 'a date at each level',
    codec: recursive('Event', (self) => t.type({ at: DateFromISOString, next: t.union([self, t.null]) })),
    text: (depth) => nested(depth, (inner) => `{"at":"2020-01-01","next":${inner}}`, 'null'),
    sizes: [50, 200],
    isWhole: true,
  },
  {
    name: 'an error at each level',
    codec: recursive('Wrong', (self) => t.type({ n: t.string, next: t.union([self, t.null]) })),
    text: (depth) => nested(depth, (inner) => `{"n":1,"next":${inner}}`, 'null'),
    sizes: [50, 200],
    config: { failFast: false },
    isWhole: true,
  },
  {
    name: 'a list in a union of lists, all rejected',
    codec: t.union([t.array(t.type({ a: t.string })), t.array(t.type({ b: t.number }))]),
    text: list('{"a":1}'),
    sizes: [500, 2_000],
    config: { failFast: false },
    isWhole: true,
  },
  {
    name: 'an intersection with a record that transforms',
    codec: t.intersection([t.record(t.string, NumberFromString), t.type({ k0: t.unknown })]),
    text: (length) => `{${Array.from({ length }, (_, index) => `"k${index}":"${index}"`).join()}}`,
    sizes: [500, 2_000],
    isWhole: true,
  },
  {
    name: 'a list of a tagged union',
    codec: t.array(
      t.union([
        t.type({ kind: t.literal('a'), n: t.number }),
        t.type({ kind: t.literal('b'), list: t.array(t.string) }),
      ]),
    ),
    text: list('{"kind":"b","list":["x","y"]}'),
    sizes: [100, 400],
  },
];

describe('the work of the decoder grows as what it reads does:', () => {
  for (const { name, codec, text, sizes, config, isWhole = false } of shapes)
    it(name, () => {
      const growth = growthOf(sizes, (size) => {
        const written = text(size);
        const { seen } = snapshotsOf(isWhole ? [written] : deltasOf(written));
        // Each snapshot walks the open branch, which is as long as the document is deep.
        const isWalked = sizes === DEPTHS && !isWhole;
        return {
          units: isWalked ? size * size : size,
          run: () => {
            const decoder = new Decoder<unknown>(codec, { failFast: true, excess: 'allow', ...config });
            for (const { snapshot } of seen) decoder.write(snapshot);
            if (decoder.result === undefined && decoder.rejection === undefined) throw new Error('there is no verdict');
          },
        };
      });
      // Quadratic work would give 4; work that doubles at each level, 16 or more.
      expect(growth).to.be.below(2.5);
    });
});
