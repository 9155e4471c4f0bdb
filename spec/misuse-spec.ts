import Anthropic from '@anthropic-ai/sdk';
import { expect } from 'chai';
import * as t from 'io-ts';
import OpenAI from 'openai';
import { NEVER, of, type Observable } from 'rxjs';
import * as main from '../lib/index.js';
import * as models from '../lib/models/index.js';
import * as aiSdk from '../lib/providers/ai-sdk/index.js';
import * as anthropic from '../lib/providers/anthropic/index.js';
import * as ollama from '../lib/providers/ollama/index.js';
import * as openai from '../lib/providers/openai/index.js';
import * as sse from '../lib/sse/index.js';
import * as testing from '../lib/testing/index.js';

type Call = (...args: readonly unknown[]) => unknown;

/** As JavaScript calls them. */
const call = {
  ...main,
  ...models,
  ...aiSdk,
  ...anthropic,
  ...ollama,
  ...openai,
  ...sse,
  ...testing,
} as unknown as Readonly<Record<string, Call>>;

const codec = t.type({ name: t.string });
const client = new OpenAI({ apiKey: 'none' });
const params = { model: 'a-model' };
const model = testing.scriptedModel([]);
const languageModel = { doStream: () => NEVER, provider: 'a-provider', modelId: 'a-model', specificationVersion: 'v3' };
const jsonSchema = { type: 'object', properties: {} };
const text = (): unknown => new Map<string, string>([['a', 'b']]);

/** What is thrown by the call, or told to who subscribes to what it returns. */
function problemOf(made: () => unknown): unknown {
  try {
    let told: unknown;
    const result = made();
    const source = typeof result === 'function' ? (result as (source: unknown) => unknown)(of()) : result;
    if (typeof source === 'object' && source !== null && 'subscribe' in source)
      (source as Observable<unknown>).subscribe({ error: (error: unknown) => (told = error) }).unsubscribe();
    return told;
  } catch (error) {
    return error;
  }
}

/** Whatever a place is given that wants something else. */
const anything: readonly unknown[] = [
  undefined,
  null,
  5,
  'a word',
  [],
  {},
  text(),
  client,
  jsonSchema,
  () => undefined,
];

/** By function: right arguments, with the places that are to be wrong, and what may stand there all the same. */
const places: readonly (readonly [string, readonly unknown[], number, (readonly unknown[])?])[] = [
  ['structuredCompletion', [model, { codec, messages: [] }], 0],
  ['structuredCompletion', [model, { codec, messages: [] }], 1],
  ['structuredElements', [model, { codec, messages: [] }], 0],
  ['structuredElements', [model, { codec, messages: [] }], 1],
  ['toJsonSchema', [codec], 0],
  ['decodeWith', [codec], 0],
  ['whenComplete', [codec], 0],
  ['whenPresent', [codec, 'name'], 0],
  ['whenPresent', [codec, 'name'], 1, ['a word']],
  ['withState', [codec], 0],
  ['withDescription', [codec, {}], 0],
  ['withDescription', [codec, {}], 1, [[], {}, text(), client, jsonSchema]],
  ['fromStandardSchema', [], 0],
  ['tool', [{ input: codec, run: () => NEVER }], 0],
  ['decodeToolCalls', [{ weather: codec }], 0, [[], {}, text()]],
  ['validateWith', [() => undefined], 0, [() => undefined]],
  ['retryOnValidationError', [{ count: 1 }], 0, [[], {}, text(), client, jsonSchema]],
  ['pipeModel', [model], 0],
  ['pipeModel', [model, (same: unknown) => same], 1],
  ['limited', [{ concurrency: 1 }], 0],
  ['cached', [new Map()], 0, [text()]],
  ['recorded', ['a file'], 0, ['a word']],
  ['replayed', ['a file'], 0, ['a word']],
  ['scriptedModel', [[]], 0, [[]]],
  ['openaiChat', [client, params], 0, [client]],
  ['openaiResponses', [client, params], 0, [client]],
  ['anthropicMessages', [new Anthropic({ apiKey: 'none' }), params], 0],
  ['fromChatCompletion', [client, params], 0, [client]],
  ['fromResponse', [client, params], 0, [client]],
  ['fromMessage', [new Anthropic({ apiKey: 'none' }), params], 0],
  ['ollamaChat', [params], 0, [[], {}, text(), client, jsonSchema]],
  ['languageModel', [languageModel], 0],
  ['fromLanguageModel', [languageModel, {}], 0],
  ['fromSse', ['/answer', { codec }], 0, ['a word']],
  ['fromSse', ['/answer', { codec }], 1],
  ['fromAnswerEvents', [NEVER, codec], 0],
  ['fromAnswerEvents', [NEVER, codec], 1],
  ['answerEvents', [() => NEVER], 0, [() => undefined]],
  ['toSseResponse', [NEVER], 0],
  ['writeResponse', [new Response(null), {}], 0],
];

describe('misuse, as JavaScript allows it,', () => {
  for (const [name, args, place, fine = []] of places)
    it(`of ${name}, argument ${place + 1}: a TypeError says what was expected`, () => {
      const isFine = (value: unknown): boolean =>
        fine.some((one) => String(one) === String(value) && typeof one === typeof value);
      for (const value of anything.filter((one) => !isFine(one))) {
        const problem = problemOf(() => call[name]?.(...args.slice(0, place), value, ...args.slice(place + 1)));
        expect(problem, `given ${String(value)}`).to.be.instanceOf(TypeError);
        expect((problem as TypeError).message).to.match(/expected .*, got /s);
      }
    });

  describe('of options', () => {
    const options: readonly (readonly [string, readonly unknown[]])[] = [
      ['toJsonSchema', [codec]],
      ['decodeWith', [codec]],
      ['decodeToolCalls', [{}]],
      ['scriptedModel', [[]]],
      ['openaiChat', [client, params]],
      ['openaiResponses', [client, params]],
      ['anthropicMessages', [new Anthropic({ apiKey: 'none' }), params]],
      ['ollamaChat', [params]],
      ['languageModel', [languageModel, {}]],
      ['fromAnswerEvents', [NEVER, codec]],
    ];
    for (const [name, args] of options)
      it(`${name} takes none, and neither null nor a word`, () => {
        expect(problemOf(() => call[name]?.(...args))).to.equal(undefined);
        for (const value of [null, 'json', 5])
          expect(problemOf(() => call[name]?.(...args, value)))
            .to.be.instanceOf(TypeError)
            .with.property('message')
            .that.matches(/^\w+: expected an object of options, got /);
      });
  });

  describe('of modes', () => {
    const moded: readonly (readonly [string, readonly unknown[]])[] = [
      ['openaiChat', [client, params]],
      ['openaiResponses', [client, params]],
      ['anthropicMessages', [new Anthropic({ apiKey: 'none' }), params]],
      ['ollamaChat', [params]],
      ['languageModel', [languageModel, {}]],
    ];
    for (const [name, args] of moded)
      it(`${name} names those that there are`, () => {
        expect(() => call[name]?.(...args, { mode: 'json' })).to.throw(TypeError, 'json-schema, tool,');
      });
  });

  it('of operators on a model: each wants a model', () => {
    const operators = [
      call['cached']?.(new Map()),
      call['limited']?.({ concurrency: 1 }),
      call['recorded']?.('a file'),
    ];
    for (const operator of operators as readonly Call[])
      for (const value of [undefined, null, client, {}])
        expect(() => operator(value)).to.throw(TypeError, /: expected a model, as openaiChat\(/);
    expect(() => call['pipeModel']?.(model, () => undefined)).to.throw(
      TypeError,
      'expected an operator to return a model',
    );
  });

  it('of a JSON Schema as a codec, wherever one is asked for: the way out is named', () => {
    const calls: readonly (() => unknown)[] = [
      () => call['toJsonSchema']?.(jsonSchema),
      () => call['decodeWith']?.(jsonSchema),
      () => call['whenComplete']?.(jsonSchema),
      () => call['withState']?.(jsonSchema),
      () => call['withDescription']?.(jsonSchema, {}),
      () => call['tool']?.({ input: jsonSchema, run: () => NEVER }),
      () => call['decodeToolCalls']?.({ weather: jsonSchema }),
      () => call['fromSse']?.('/answer', { codec: jsonSchema }),
      () => call['fromAnswerEvents']?.(NEVER, jsonSchema),
    ];
    for (const made of calls) expect(made).to.throw(TypeError, 'withDescription(t.unknown, { schema })');
  });

  it('of messages that are texts, before a model is asked', () => {
    const asked = [
      call['openaiChat']?.(client, params),
      call['openaiResponses']?.(client, params),
      call['anthropicMessages']?.(new Anthropic({ apiKey: 'none' }), params),
      call['ollamaChat']?.(params),
    ];
    for (const model of asked)
      for (const message of ['a text', undefined, []])
        expect(problemOf(() => call['structuredCompletion']?.(model, { codec, messages: [message] })))
          .to.be.instanceOf(TypeError)
          .with.property('message')
          .that.includes("messages[0]: expected a message, { role: 'user', content: '…' }, got ");
  });

  it('of options with one of some words, and of tools without names', () => {
    const weather = main.tool({ input: codec, run: () => NEVER });
    for (const [config, message] of [
      [{ excess: 'strict' }, `excess: expected 'allow', 'strip' or 'error', got "strict"`],
      [{ tools: [weather] }, 'tools: expected tools by their names, { weather: tool(…) }, got a list'],
      [{ tools: 'weather' }, 'tools: expected tools by their names, { weather: tool(…) }, got "weather"'],
    ] as const) {
      const answers = testing.scriptedModel(['{"name":"Ann"}']);
      expect(problemOf(() => call['structuredCompletion']?.(answers, { codec, messages: [], ...config })))
        .to.be.instanceOf(TypeError)
        .with.property('message', message);
    }
  });

  it('of answers where their events belong: nothing of them is sent', async () => {
    const model = testing.scriptedModel(['{"name":"SECRET"}', '{"name":"SECRET"}']);
    const answers = main.structuredCompletion(model, { codec, messages: ['Who?'] });
    const response = call['toSseResponse']?.(answers) as Response;
    expect(await response.text())
      .to.include('toSseResponse: expected the events that answerEvents makes')
      .and.not.include('SECRET');
    const sent: unknown[] = [];
    const operator = call['toMessageEvents']?.() as (source: unknown) => Observable<unknown>;
    operator(answers).subscribe((message) => sent.push(message));
    expect(JSON.stringify(sent)).to.include('toMessageEvents: expected the events').and.not.include('SECRET');
  });

  it('not of messages, which the model judges', () => {
    for (const messages of [[], [undefined], ['a text'], [{ role: 'poet' }], [5]])
      expect(problemOf(() => call['structuredCompletion']?.(model, { codec, messages }))).to.not.be.instanceOf(
        TypeError,
      );
  });
});
