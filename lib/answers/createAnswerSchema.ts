import type * as t from 'io-ts';
import { SchemaError } from '../codecs/jsonSchema/SchemaError.js';
import { readShape } from '../codecs/jsonSchema/readShape.js';
import { writeSchema } from '../codecs/jsonSchema/writeSchema.js';
import type { AnswerSchema, CompletionModel } from '../completions/CompletionModel.js';
import { remember } from '../foundation/remember.js';

/** How the model is told what to write. */
export interface AnswerSchemaConfig {
  /** The name of the answer: letters, digits, `_` and `-`. By default the codec's name if it fits, or `answer`. */
  readonly name?: string;
  /** The purpose of the answer, for the model to read. */
  readonly description?: string;
}

/** The names that providers take. */
const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/** The schemas of a codec, by dialect and keys: all its questions share them. */
const schemasOf = remember((_codec: t.Mixed) => new Map<string, AnswerSchema['schema']>());

/**
 * The schema of an answer, with a name, as a model takes it.
 *
 * @param codec Of an object: providers take no other answer.
 * @param codecName What the user has called it.
 * @param within Where in the object the user's own codec is: `.value` of a wrapper that he has not written, and does
 * not find in the path of an error.
 * @throws SchemaError where the codec has no JSON Schema.
 */
export function createAnswerSchema(
  codec: t.Mixed,
  codecName: string,
  { dialect, keys }: Pick<CompletionModel<unknown>, 'dialect' | 'keys'>,
  config: AnswerSchemaConfig,
  within = '',
): AnswerSchema {
  const { name = NAME.test(codecName) ? codecName : 'answer', description } = config;
  try {
    const schemas = schemasOf(codec);
    const kind = `${dialect} ${String(keys)}`;
    const schema = schemas.get(kind) ?? writeSchema(readShape(codec), { dialect, keys, reader: 'model' });
    schemas.set(kind, schema);
    return { name, ...(description !== undefined && { description }), schema };
  } catch (error) {
    if (!(error instanceof SchemaError) || !error.path.startsWith(`$${within}`)) throw error;
    throw new SchemaError(error.code, `$${error.path.slice(1 + within.length)}`, error.advice);
  }
}
