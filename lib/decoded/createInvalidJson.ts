import type * as t from 'io-ts';
import type { NoJsonError } from '../deltas/NoJsonError.js';
import { isBranded } from '../foundation/StructuredError.js';
import type { JsonPath } from '../partials/PartialJson.js';
import type { JsonSyntaxError } from '../tokens/JsonSyntaxError.js';
import { createInvalidAnswer } from './createInvalidAnswer.js';
import type { InvalidAnswer } from './InvalidAnswer.js';

/** Errors from upstream that say that the model's answer is wrong, and not the world. */
export type JsonError = JsonSyntaxError | NoJsonError;

export function isJsonError(error: unknown): error is JsonError {
  return isBranded(error, 'rx-structured/JsonSyntaxError', 'rx-structured/NoJsonError');
}

/** The answer is not a JSON document. */
export function createInvalidJson(error: JsonError, codec: t.Decoder<unknown, unknown>, at: JsonPath): InvalidAnswer {
  const { message, text } = error;
  return createInvalidAnswer({
    _tag: 'InvalidJson',
    message,
    errors: [{ value: text, context: [{ key: '', type: codec, actual: text }], message }],
    path: [...at, ...('path' in error ? error.path : [])],
    text,
  });
}
