import Anthropic from '@anthropic-ai/sdk';
import { expect } from 'chai';
import * as t from 'io-ts';
import OpenAI from 'openai';
import type { Observable } from 'rxjs';
import * as z from 'zod';
import { SchemaError } from '../../lib/codecs/jsonSchema/SchemaError.js';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { structuredElements } from '../../lib/answers/structuredElements.js';
import { anthropicMessages } from '../../lib/providers/anthropic/anthropicMessages.js';
import { openaiChat } from '../../lib/providers/openai/openaiChat.js';
import { tool } from '../../lib/answers/tools/tool.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';

function errorOf(answer: Observable<unknown>): unknown {
  let told: unknown;
  answer.subscribe({ error: (error: unknown) => (told = error) });
  return told;
}

const messages = [{ role: 'user' as const, content: 'Hello.' }];
const strict = openaiChat(new OpenAI({ apiKey: 'none' }), { model: 'a-model' });
const params = { model: 'a-model', max_tokens: 9 };
const claude = (mode: 'json-schema' | 'tool') => anthropicMessages(new Anthropic({ apiKey: 'none' }), params, { mode });

interface Tree {
  readonly children: readonly Tree[];
}
const Tree: t.Type<Tree> = t.recursion('Tree', () => t.type({ children: t.readonlyArray(Tree) }));

describe('createAnswerSchema', () => {
  it('passes an error of the codec itself on as it came, in a wrapper as well', () => {
    const own = new Error('own');
    const broken = t.recursion<unknown>('Broken', () => {
      throw own;
    });
    expect(errorOf(structuredCompletion(strict, { codec: broken, messages }))).to.equal(own);
    expect(errorOf(structuredCompletion(strict, { codec: t.type({ broken }), messages }))).to.equal(own);
  });

  it('advises what can be changed where a model is asked, and names no wrapper', () => {
    const codec = z.array(z.object({ meta: z.unknown() }));
    const error = errorOf(structuredCompletion(strict, { codec, messages }));
    expect(error).to.be.instanceOf(SchemaError).with.include({ code: 'unknown-value', path: '$[].meta' });
    expect(error).to.have.property('message').that.includes('openaiChat(client, params, { strict: false })');
    expect(error).to.have.property('message').that.does.not.include('toJsonSchema');

    const elements = errorOf(structuredElements(strict, { codec: t.type({ meta: t.unknown }), messages }));
    expect(elements).to.be.instanceOf(SchemaError).with.include({ code: 'unknown-value', path: '$.meta' });
  });

  it('advises the other mode where Anthropic’s structured outputs do not take a codec', () => {
    const error = errorOf(structuredCompletion(claude('json-schema'), { codec: Tree, messages }));
    expect(error).to.be.instanceOf(SchemaError).with.include({ code: 'recursion', path: '$.children[]' });
    expect(error).to.have.property('message').that.includes("anthropicMessages(client, params, { mode: 'tool' })");
  });

  it('rejects a key that Anthropic does not take as a name, in a tool as well', () => {
    const codec = t.array(t.type({ 'a key': t.string }));
    for (const mode of ['json-schema', 'tool'] as const) {
      const error = errorOf(structuredCompletion(claude(mode), { codec, messages }));
      expect(error).to.be.instanceOf(SchemaError).with.include({ code: 'property-name', path: '$[]["a key"]' });
      expect(error).to.have.property('message').that.includes('Rename the key').and.includes("{ mode: 'text' }");
    }
  });

  it('asks for records and unknown values without strict mode', () => {
    const model = scriptedModel(['{"a":1}'], { dialect: 'open' });
    structuredCompletion(model, { codec: z.record(z.string(), z.unknown()), messages }).subscribe();
    expect(model.requests[0]?.question.answer.schema).to.deep.equal({
      type: 'object',
      properties: {},
      additionalProperties: {},
    });
  });

  it('is written once for a codec and a dialect, whichever question it is part of', () => {
    const asked = (dialect: 'openai' | 'open', codec: t.Mixed, isList = false): unknown => {
      const model = scriptedModel(['{}'], { dialect });
      const config = { codec, messages, tools: { look: tool({ input: codec, run: () => [1] }) } };
      if (isList) structuredElements(model, config).subscribe();
      else structuredCompletion(model, config).subscribe();
      const { answer, tools } = model.requests[0]?.question ?? {};
      if (!isList) expect(tools?.[0]?.schema).to.equal(answer?.schema);
      return answer?.schema;
    };
    for (const codec of [t.type({ a: t.string }), t.number, t.record(t.string, t.string)]) {
      expect(asked('open', codec)).to.equal(asked('open', codec));
      expect(asked('open', codec, true))
        .to.equal(asked('open', codec, true))
        .and.not.equal(asked('open', codec));
    }
    const codec = t.type({ a: t.union([t.string, t.undefined]) });
    expect(asked('openai', codec)).to.not.deep.equal(asked('open', codec));
    expect(asked('openai', codec)).to.equal(asked('openai', codec));
  });

  it('is judged anew by a model that takes other keys', () => {
    const codec = t.type({ 'a key': t.string });
    const ask = (keys?: RegExp): unknown =>
      errorOf(structuredCompletion({ ...scriptedModel(['{"a key":""}']), ...(keys && { keys }) }, { codec, messages }));
    expect(ask()).to.equal(undefined);
    expect(ask(/^[a-z]+$/))
      .to.be.instanceOf(SchemaError)
      .with.include({ code: 'property-name' });
    expect(ask()).to.equal(undefined);
  });
});
