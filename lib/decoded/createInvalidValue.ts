import type * as t from 'io-ts';
import { reportErrors } from '../codecs/report/reportErrors.js';
import { locateError } from '../codecs/report/locateError.js';
import type { JsonPath, PartialJson } from '../partials/PartialJson.js';
import { createInvalidAnswer } from './createInvalidAnswer.js';
import type { InvalidAnswer } from './InvalidAnswer.js';

/** The answer is a JSON document, or the beginning of one, that the codec rejects. */
export function createInvalidValue(errors: t.Errors, snapshot: PartialJson, text: string, at: JsonPath): InvalidAnswer {
  const open = snapshot.complete ? undefined : snapshot.path;
  const [first] = errors;
  return createInvalidAnswer({
    _tag: 'InvalidValue',
    message: reportErrors(errors, { open, at }).join('\n'),
    errors,
    path: [...at, ...(first === undefined ? [] : locateError(first).path)],
    text,
  });
}
