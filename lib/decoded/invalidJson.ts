import type * as t from 'io-ts';
import { NoJsonError } from '../deltas/NoJsonError.js';
import type { JsonPath } from '../partials/PartialJson.js';
import { JsonSyntaxError } from '../tokens/JsonSyntaxError.js';
import { createInvalidAnswer } from './createInvalidAnswer.js';
import type { InvalidAnswer } from './InvalidAnswer.js';

/** Errors from upstream that say that the model's answer is wrong, and not the world. */
export type JsonError = JsonSyntaxError | NoJsonError;

export function isJsonError(error: unknown): error is JsonError {
  return error instanceof JsonSyntaxError || error instanceof NoJsonError;
}

/** The answer is not a JSON document. */
export function invalidJson(error: JsonError, codec: t.Decoder<unknown, unknown>, at: JsonPath): InvalidAnswer {
  const { message, text } = error;
  return createInvalidAnswer({
    _tag: 'InvalidJson',
    message,
    errors: [{ value: text, context: [{ key: '', type: codec, actual: text }], message }],
    path: [...at, ...('path' in error ? error.path : [])],
    text,
  });
}
