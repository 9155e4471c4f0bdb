/**
 * A schema of any library that follows Standard Schema (zod, valibot, arktype …), as its specification has it:
 * https://standardschema.dev. Declared here so that our declarations need no other package.
 */
export interface StandardSchema<I = unknown, A = I> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<A> | Promise<StandardResult<A>>;
    /** Only for the compiler. */
    readonly types?: { readonly input: I; readonly output: A } | undefined;
    /** Standard JSON Schema, where the library follows it. */
    readonly jsonSchema?: { readonly [io in 'input' | 'output']: (options: StandardJsonSchemaOptions) => object };
  };
}

export interface StandardJsonSchemaOptions {
  readonly target: 'draft-2020-12';
  readonly libraryOptions?: Record<string, unknown>;
}

export type StandardResult<A> = { readonly value: A; readonly issues?: undefined } | StandardFailure;

export interface StandardFailure {
  readonly issues: readonly StandardIssue[];
}

/** The least that every library says: a message, and mostly a path. See `Complaint` for more. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** The output of a schema for a valid value. */
export type StandardOutput<S extends StandardSchema> = NonNullable<S['~standard']['types']>['output'];

/** Tells schemas from codecs. A schema may be a function. */
export function isStandardSchema(value: unknown): value is StandardSchema {
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') && '~standard' in value;
}
