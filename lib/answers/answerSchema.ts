import type * as t from 'io-ts';
import type { AnswerSchema } from '../completions/CompletionModel.js';
import type { SchemaDialect } from '../completions/SchemaDialect.js';
import { toJsonSchema } from '../codecs/jsonSchema/toJsonSchema.js';

/** How the model is told what to write. */
export interface AnswerSchemaConfig {
  /** What the answer is called: letters, digits, `_` and `-`. By default the codec's name if it is such, or `answer`. */
  readonly name?: string;
  /** What the answer is for. */
  readonly description?: string;
}

/** The names that providers take. */
const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/**
 * The schema of an answer, with a name.
 *
 * @param codec Of an object: providers take no other answer.
 * @param codecName What the user has called it.
 * @throws SchemaError where the codec has no JSON Schema.
 */
export function answerSchema(
  codec: t.Mixed,
  codecName: string,
  dialect: SchemaDialect,
  config: AnswerSchemaConfig,
): AnswerSchema {
  const { name = NAME.test(codecName) ? codecName : 'answer', description } = config;
  return { name, ...(description !== undefined && { description }), schema: toJsonSchema(codec, { dialect }) };
}
