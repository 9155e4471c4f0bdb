import * as t from 'io-ts';

interface Schema {
  readonly type?: string;
  readonly const?: string | number | boolean;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

const LEAVES: Readonly<Record<string, t.Mixed>> = {
  string: t.string,
  integer: t.Int,
  number: t.number,
  boolean: t.boolean,
  null: t.null,
};

/** A codec for what a recording's schema says of the answer. What it does not know of JSON Schema, it lets pass. */
export function codecOf(schema: Schema): t.Mixed {
  if (schema.const !== undefined) return t.literal(schema.const);
  if (schema.enum) return t.keyof(Object.fromEntries(schema.enum.map((each) => [each, null])));
  if (schema.type === 'array') return t.array(codecOf(schema.items ?? {}));
  if (schema.type !== 'object') return LEAVES[schema.type ?? ''] ?? t.unknown;
  const fields = Object.entries(schema.properties ?? {}).map(([key, value]) => [key, codecOf(value)] as const);
  const required = fields.filter(([key]) => schema.required?.includes(key));
  const optional = fields.filter(([key]) => !schema.required?.includes(key));
  return t.intersection([t.type(Object.fromEntries(required)), t.partial(Object.fromEntries(optional))]);
}
