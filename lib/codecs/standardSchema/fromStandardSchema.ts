import * as t from 'io-ts';
import { describe } from '../annotations/Description.js';
import { confirmShape } from './confirmShape.js';
import { anything, resolve, type Shape } from '../jsonSchema/Shape.js';
import { readSchemaShape } from '../jsonSchema/readSchemaShape.js';
import { pending, PendingVerdicts } from './PendingVerdicts.js';
import { buildStructure } from './buildStructure.js';
import { readVendorSchemas, type VendorSchemas } from './readVendorSchemas.js';
import { type Excess, validateAsked } from './validateAsked.js';
import { toComplaints, type Complaint } from './Complaint.js';
import { MeantMembers } from './MeantMembers.js';
import { toErrors } from './toErrors.js';
import { isStandardSchema, type StandardOutput, type StandardResult, type StandardSchema } from './StandardSchema.js';
import { withStructure } from './withStructure.js';
import { expectArgument } from '../../foundation/expectArgument.js';

const codecs = new WeakMap<StandardSchema, t.Mixed>();

/**
 * Makes a codec of a schema of another library: zod, valibot, arktype, or any other that follows Standard Schema.
 *
 * Like `new t.Type` around the schema's own validation, which decides and whose value counts.
 *
 * 1. Where the library offers a JSON Schema (zod, arktype, Effect; valibot through `toStandardJsonSchema`), the answer
 *    is looked into while it is written: partials are shown, and values that cannot become right any more are rejected.
 *    Elsewhere the value is withheld until it is whole.
 * 2. Nothing is rejected early that the schema would take: the schema is shown values of every wrong kind, and its JSON
 *    Schema counts where it rejects them all. Coercions, fallbacks and preprocessing only make partials show less.
 * 3. A constraint (`email`, `max`, `int`) is judged when its value closes, by the schema itself.
 * 4. Values that the schema turns into something else, and strings of a format or a pattern, are shown when whole.
 * 5. A `null` means absent where the key may be left out and its own schema takes no `null`. The JSON Schema that was
 *    asked for decides this before the schema sees the document. Without one, the schema's complaints tell.
 * 6. {@link toJsonSchema} writes the JSON Schema that the library offers, made strict.
 *
 * 7. A schema that validates asynchronously is waited for by {@link decodeWith}, and by everything made with it.
 *
 * Errors: a `TypeError` from `decode` and `is`, which cannot wait, if the schema validates asynchronously.
 *
 * @example
 * import { fromStandardSchema } from 'rx-structured';
 * import * as z from 'zod';
 *
 * const User = fromStandardSchema(z.object({ name: z.string(), age: z.number().int().min(0) }));
 *
 * const result = User.decode({ name: 'Ada', age: -1 });
 * if (result._tag === 'Left') console.log(result.left[0]?.context.at(-1)?.key, result.left[0]?.message);
 * // Logs:
 * // age Too small: expected number to be >=0
 *
 * @see {@link decodeWith} and {@link structuredCompletion}, which take schemas as they are
 * @param schema Any Standard Schema. The same schema gives the same codec.
 * @returns A codec of the schema's output; it encodes nothing, because schemas do not.
 * @since 0.1.0
 */
export function fromStandardSchema<S extends StandardSchema>(schema: S): t.Type<StandardOutput<S>, unknown> {
  expectArgument(
    'fromStandardSchema',
    isStandardSchema(schema),
    'a schema of zod, valibot, arktype or their like',
    schema,
  );
  const codec = codecs.get(schema) ?? describeVendor(schema, readVendorSchemas(schema));
  codecs.set(schema, codec);
  return codec;
}

/**
 * The vendor's verdict and the vendor's value.
 *
 * @param shapeAsked What the model is asked for; nothing if the schema does not say.
 */
function createVendorCodec(
  schema: StandardSchema,
  shapeAsked: () => Shape | undefined,
  excess: Excess = 'allow',
): t.Type<unknown> {
  const codec: t.Type<unknown> = new t.Type<unknown>(
    `${schema['~standard'].vendor} schema`,
    (u): u is unknown => requireSync(schema, schema['~standard'].validate(u)).issues === undefined,
    (u, context) => {
      const shape = shapeAsked();
      const validate = (): Result | Promise<Result> => validateAsked(schema, u, shape, excess);
      const result = PendingVerdicts.current?.ask(codec, u, validate) ?? requireSync(schema, validate());
      if (result === pending) return t.success(pending);
      if (result.issues === undefined) return t.success(result.value);
      const meant = shape === undefined ? undefined : new MeantMembers(shape, u);
      return t.failures([...toErrors(toComplaints(result), u, context, meant)]);
    },
    t.identity,
  );
  return codec;
}

/** A vendor's schema as JSON Schema tells it: what to ask the model for, and what to look for while it writes. */
function describeVendor(schema: StandardSchema, { asked, accepted, output }: VendorSchemas): t.Mixed {
  // This asks the vendor many questions, so it waits for the first decoding.
  const confirmed = makeOnce(() => {
    const shape = accepted === undefined ? anything : readSchemaShape(accepted);
    return { asked: shape, ...confirmShape(shape, (document) => findComplaints(schema, document)) };
  });
  const isEffect = schema['~standard'].vendor === 'effect' && accepted !== undefined;
  const shapeAsked = makeOnce(() => {
    if (!isEffect) return asked && readSchemaShape(asked);
    // All recursions are looked at, so that no null is missing; the map grows meanwhile.
    confirmed().definitions.forEach(({ shape }) => resolve(shape));
    return confirmed().asked;
  });
  const codec = createVendorCodec(schema, shapeAsked);
  const withSchema = describe(codec, { vendorSchema: schema });
  if (accepted === undefined) return withSchema;
  const structure = t.recursion<unknown, unknown>(codec.name, () => {
    const { shape, judges } = confirmed();
    const target = output === undefined ? anything : readSchemaShape(output);
    return describe(buildStructure(shape, target, judges), {});
  });
  const [strip, error] = (['strip', 'error'] as const).map((excess) =>
    createVendorCodec(schema, shapeAsked, excess),
  ) as [t.Mixed, t.Mixed];
  return withStructure(withSchema, structure, { partials: 'show', excess: { strip, error } });
}

function makeOnce<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

type Result = StandardResult<unknown>;

/** `decode` and `is` of io-ts are synchronous. The promise is caught, or Node would end the process for it. */
function requireSync(schema: StandardSchema, result: Result | Promise<Result>): Result {
  if (!(result instanceof Promise)) return result;
  result.catch(() => undefined);
  throw new TypeError(
    `The ${schema['~standard'].vendor} schema validates asynchronously: decodeWith and structuredCompletion wait for it, but decode and is cannot.`,
  );
}

/** For the questions of `confirmShape`, whose documents are made up: an error there is no news about the answer. */
function findComplaints(schema: StandardSchema, document: unknown): readonly Complaint[] | undefined {
  try {
    const result = requireSync(schema, schema['~standard'].validate(document));
    return result.issues && toComplaints(result);
  } catch {
    // Checks that cannot bear what no type would have given them, or that answer later: nothing is known.
    return undefined;
  }
}
