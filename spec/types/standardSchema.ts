import type { StandardSchemaV1 } from '@standard-schema/spec';
import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import { Schema } from 'effect';
import * as t from 'io-ts';
import * as v from 'valibot';
import * as z from 'zod';
import { withDescription } from '../../lib/codecs/annotations/withDescription.js';
import { fromStandardSchema } from '../../lib/codecs/standardSchema/fromStandardSchema.js';
import type { StandardSchema } from '../../lib/codecs/standardSchema/StandardSchema.js';
import { expectType } from './expectType.js';

interface User {
  name: string;
  age?: number | undefined;
}

/** What decoding gives. */
const decoded = <A>(codec: t.Type<A, unknown>): A => ({ codec }) as never;

expectType<User>()(decoded(fromStandardSchema(z.object({ name: z.string(), age: z.number().optional() }))));
expectType<User>()(decoded(fromStandardSchema(v.object({ name: v.string(), age: v.optional(v.number()) }))));
expectType<{ name: string; n: number }>()(
  decoded(fromStandardSchema(type({ name: 'string', n: 'string.numeric.parse' }))),
);

expectType<User>()(
  decoded(fromStandardSchema(toStandardJsonSchema(v.object({ name: v.string(), age: v.optional(v.number()) })))),
);
expectType<{ readonly name: string; readonly n: number }>()(
  decoded(
    fromStandardSchema(Schema.toStandardSchemaV1(Schema.Struct({ name: Schema.String, n: Schema.NumberFromString }))),
  ),
);

// The output, not the input.
expectType<{ n: number; d: string }>()(
  decoded(fromStandardSchema(z.object({ n: z.string().transform((s) => s.length), d: z.string().default('') }))),
);

// Our declaration and the specification's are the same.
const theirs: StandardSchemaV1<unknown, User> = {} as StandardSchema<unknown, User>;
const ours: StandardSchema<unknown, User> = theirs;
expectType<User>()(decoded(fromStandardSchema(ours)));

// A codec is no schema.
// @ts-expect-error TS2345: io-ts codecs do not follow Standard Schema.
fromStandardSchema(t.string);

// `withDescription` keeps the type, with what the codec is made of.
const Name = t.type({ name: t.string });
expectType<typeof Name>()(withDescription(Name, { title: 'Name' }));
expectType<t.StringC>()(withDescription(Name, {}).props.name);
expectType<t.IntersectionC<[typeof Name, t.PartialC<{ age: t.NumberC }>]>>()(
  withDescription(t.intersection([Name, t.partial({ age: t.number })]), { schema: { type: 'object' } }),
);
expectType<t.NeverC>()(withDescription(t.never, { schema: t.string }));
