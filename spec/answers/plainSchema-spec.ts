import { expect } from 'chai';
import * as t from 'io-ts';
import type { Observable } from 'rxjs';
import * as v from 'valibot';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { structuredElements } from '../../lib/answers/structuredElements.js';
import { tool } from '../../lib/answers/tools/tool.js';
import { SchemaError } from '../../lib/codecs/jsonSchema/SchemaError.js';
import { toJsonSchema } from '../../lib/codecs/jsonSchema/toJsonSchema.js';
import type { SchemaDialect } from '../../lib/completions/SchemaDialect.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';

const kinds: Readonly<Record<string, v.GenericSchema>> = {
  object: v.object({ name: v.string() }),
  list: v.array(v.string()),
  text: v.string(),
  transformed: v.pipe(
    v.string(),
    v.transform((name) => ({ name })),
  ),
};

function errorOf(answer: Observable<unknown>): unknown {
  let told: unknown;
  answer.subscribe({ error: (error: unknown) => (told = error) });
  return told;
}

describe('a schema of valibot without its JSON Schema', () => {
  for (const [kind, codec] of Object.entries(kinds))
    for (const dialect of ['openai', 'anthropic', 'open'] satisfies SchemaDialect[]) {
      const model = () => scriptedModel(['{}'], { dialect });
      const asked: Readonly<Record<string, () => unknown>> = {
        structuredCompletion: () => errorOf(structuredCompletion(model(), { codec: codec, messages: [] })),
        structuredElements: () => errorOf(structuredElements(model(), { codec: codec, messages: [] })),
        'the input of a tool': () => {
          const tools = { it: tool({ input: codec, run: () => [1] }) };
          return errorOf(structuredCompletion(model(), { codec: t.type({ a: t.string }), messages: [], tools }));
        },
        toJsonSchema: () => {
          try {
            return toJsonSchema(codec, { dialect });
          } catch (error) {
            return error;
          }
        },
      };
      for (const [name, ask] of Object.entries(asked))
        it(`${name}, ${kind}, ${dialect}: names what to do, and no wrapper that nobody wrote`, () => {
          const error = ask();
          expect(error).to.be.instanceOf(SchemaError);
          const { path, message } = error as SchemaError;
          expect(path).to.equal('$');
          expect(message).to.include('toStandardJsonSchema(schema) of @valibot/to-json-schema');
        });
    }
});
