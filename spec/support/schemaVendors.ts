import { Schema } from 'effect';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { fromStandardSchema } from '../../lib/codecs/standardSchema/fromStandardSchema.js';
import type { StandardSchema } from '../../lib/codecs/standardSchema/StandardSchema.js';
import { decodeText } from './decodeText.js';

/** The partials that are shown of a text, and how many characters it took until the verdict. */
export async function streamed(
  schema: StandardSchema,
  text: string,
): Promise<{ readonly partials: readonly unknown[]; readonly last: unknown; readonly read: number }> {
  let read = 0;
  const pieces = {
    *[Symbol.iterator]() {
      for (const character of text) {
        read++;
        yield character;
      }
    },
  };
  const all = await decodeText(fromStandardSchema(schema), pieces);
  const partials = all.flatMap((either) =>
    either._tag === 'Right' && either.right._tag === 'Partial' ? [either.right.value] : [],
  );
  const last = all.at(-1)!;
  return { partials, last: last._tag === 'Left' ? last.left.message : last.right.value, read };
}

/** A vendor of our own: what it says of itself, and what it does. */
export function vendor(validate: (value: unknown) => unknown, says?: object): StandardSchema {
  const jsonSchema = says && { input: () => says, output: () => says };
  return {
    '~standard': {
      version: 1,
      vendor: 'ours',
      validate: validate as StandardSchemaV1.Props['validate'],
      ...(jsonSchema && { jsonSchema }),
    },
  };
}

/** A schema of Effect, with its JSON Schema. */
export function effect<S extends Schema.Codec<unknown, unknown>>(schema: S): StandardSchema<S['Encoded'], S['Type']> {
  return Schema.toStandardJSONSchemaV1(Schema.toStandardSchemaV1(schema));
}
