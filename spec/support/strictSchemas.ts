import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { toStrictJsonSchema } from 'openai/lib/transform';
import type { JsonSchema } from '../../lib/codecs/jsonSchema/JsonSchema.js';

const ajv = new Ajv2020({ strict: true });
ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
ajv.addFormat(
  'date-time',
  (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text) && !isNaN(Date.parse(text)),
);
ajv.addFormat('email', /^[^@\s]+@[^@\s]+$/);

/** A validator, if ajv in its strict mode has nothing to say against the schema. */
export function validator(schema: JsonSchema): ValidateFunction {
  return ajv.compile(schema);
}

/** OpenAI's own client leaves the schema as it is: there is nothing left to do for strict mode. */
export function expectUnchanged(schema: JsonSchema): void {
  const theirs = toStrictJsonSchema(JSON.parse(JSON.stringify(schema)) as Parameters<typeof toStrictJsonSchema>[0]);
  expect(JSON.stringify(theirs)).to.equal(JSON.stringify(schema));
}

export function expectStrict(schema: JsonSchema): void {
  validator(schema);
  expectUnchanged(schema);
}
