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
import type { Either } from 'fp-ts/lib/Either.js';
import { EMPTY, type Observable } from 'rxjs';
import type { Unavailable } from '../../lib/answers/Unavailable.js';
import type { StructuredAnswer } from '../../lib/answers/structuredCompletion.js';
import type { PartialOf } from '../../lib/codecs/annotations/PartialOf.js';
import { whenComplete } from '../../lib/codecs/annotations/whenComplete.js';
import { whenPresent } from '../../lib/codecs/annotations/whenPresent.js';
import { withState } from '../../lib/codecs/annotations/withState.js';
import { toJsonSchema } from '../../lib/codecs/jsonSchema/toJsonSchema.js';
import type { InvalidAnswer } from '../../lib/decoded/InvalidAnswer.js';
import { fromAnswerEvents } from '../../lib/sse/fromAnswerEvents.js';
import { fromSse } from '../../lib/sse/fromSse.js';
import { expectType } from './expectType.js';

interface User {
  name: string;
  age?: number | undefined;
}

/** The result of decoding. */
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

// Wherever a codec is asked for, a schema will do.
const user = z.object({ name: z.string(), age: z.number().optional() });
expectType<User>()(decoded(withDescription(user, { title: 'User' })));
expectType<Observable<Either<InvalidAnswer | Unavailable, StructuredAnswer<User>>>>()(fromSse('/', { codec: user }));
expectType<Observable<Either<InvalidAnswer | Unavailable, StructuredAnswer<User>>>>()(fromAnswerEvents(EMPTY, user));
toJsonSchema(user);

const partialOf = <A>(codec: t.Type<A, unknown>): PartialOf<A> => ({ codec }) as never;
const shown = partialOf(
  t.type({
    whole: whenComplete(user),
    present: whenPresent(user, 'name'),
    state: withState(type({ name: 'string' })),
  }),
);
expectType<User | undefined>()(shown.whole);
expectType<string | undefined>()(shown.present?.name);
expectType<'pending' | 'growing' | 'complete' | undefined>()(shown.state?.state);
