import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAI as createOpenAI2 } from '@ai-sdk/openai-2';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { defaultSettingsMiddleware, extractReasoningMiddleware, wrapLanguageModel } from 'ai';
import { expect } from 'chai';
import { lastValueFrom, toArray } from 'rxjs';
import type { CompletionEvent } from '../../../lib/completions/CompletionEvent.js';
import type { CompletionModel, Question } from '../../../lib/completions/CompletionModel.js';
import type { Message } from '../../../lib/completions/Message.js';
import { ProviderError } from '../../../lib/completions/ProviderError.js';
import type { AnyLanguageModel } from '../../../lib/providers/ai-sdk/AnyLanguageModel.js';
import { fromLanguageModel } from '../../../lib/providers/ai-sdk/fromLanguageModel.js';
import { languageModel } from '../../../lib/providers/ai-sdk/languageModel.js';
import { ModelServer, sse } from '../../support/modelServer.js';
import { chatWire } from '../../support/wire.js';
import { question } from '../../support/providers.js';

interface Part {
  readonly type: string;
  readonly [field: string]: unknown;
}

const streamOf = (parts: readonly Part[]): ReadableStream<Part> =>
  new ReadableStream({
    start: (controller) => {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });

/** A question that any model takes. */
const asking = (): Question<never> => ({ ...question() });

/** A model that says these parts, and remembers how it was called. */
function modelOf(
  parts: readonly Part[],
  fields: Partial<AnyLanguageModel> = {},
): AnyLanguageModel & { readonly calls: Readonly<Record<string, unknown>>[] } {
  const calls: Readonly<Record<string, unknown>>[] = [];
  const doStream = (options: Readonly<Record<string, unknown>>) => {
    calls.push(options);
    return Promise.resolve({ stream: streamOf(parts) });
  };
  return {
    specificationVersion: 'v4',
    provider: 'example.chat',
    modelId: 'm',
    supportedUrls: {},
    ...fields,
    doStream: doStream,
    calls,
  };
}

async function eventsOf(...parts: readonly Part[]): Promise<unknown[]> {
  const events = await lastValueFrom(fromLanguageModel(modelOf(parts), {}).pipe(toArray()), { defaultValue: [] });
  // The first says what the response said: nothing, here.
  return events.slice(1);
}

const start: Part = { type: 'response-metadata', id: 'x', modelId: 'm' };
const text = (delta: string): Part => ({ type: 'text-delta', id: '0', delta });
const raw = (rawValue: unknown): Part => ({ type: 'raw', rawValue });
const stop: Part = { type: 'finish', finishReason: { unified: 'stop', raw: undefined }, usage: {} };

/** The options that a model is called with. */
async function callOf(
  fields: Partial<AnyLanguageModel>,
  messages: readonly Message[] = [],
  config: Parameters<typeof languageModel>[2] = {},
  params = {},
): Promise<Readonly<Record<string, unknown>>> {
  const model = modelOf([start, text('{}'), stop], fields);
  await lastValueFrom(languageModel(model, params, config).ask({ ...asking(), messages }), { defaultValue: null });
  return model.calls[0] ?? {};
}

async function bodyOf(make: (url: string) => CompletionModel<never>): Promise<string> {
  const server = await ModelServer.start(sse(...chatWire({ text: ['<think>Hm.</think>{}'], finish: 'stop' })));
  try {
    await lastValueFrom(make(`${server.url}/v1`).ask(asking()), { defaultValue: null });
    return JSON.stringify(server.exchanges[0]?.body);
  } finally {
    await server.stop();
  }
}

describe('fromLanguageModel', () => {
  it('begins with the names of answer and model, once', async () => {
    const events = await lastValueFrom(fromLanguageModel(modelOf([start, start, stop]), {}).pipe(toArray()), {
      defaultValue: [],
    });
    expect(events.map(({ type }) => type)).to.deep.equal(['start', 'finish']);
    expect(events[0]).to.deep.include({ id: 'x', model: 'm' });
  });

  it('reads calls from their deltas, or whole where there are none, and none that the provider answers', async () => {
    expect(
      await eventsOf(
        start,
        { type: 'tool-input-start', id: 'a', toolName: 'f' },
        { type: 'tool-input-delta', id: 'a', delta: '{}' },
        { type: 'tool-call', toolCallId: 'a', toolName: 'f', input: '{}' },
        { type: 'tool-input-start', id: 'b', toolName: 'g' },
        { type: 'tool-call', toolCallId: 'b', toolName: 'g', input: '{"x":1}' },
        { type: 'tool-call', toolCallId: 'c', toolName: 'h', input: { y: 1 } },
        { type: 'tool-input-start', id: 'd', toolName: 'search', providerExecuted: true },
        { type: 'tool-input-delta', id: 'd', delta: '{}' },
        { type: 'tool-call', toolCallId: 'd', toolName: 'search', input: '{}', providerExecuted: true },
      ),
    ).to.deep.equal([
      { type: 'tool-delta', index: 0, id: 'a', name: 'f', text: '' },
      { type: 'tool-delta', index: 0, text: '{}' },
      { type: 'tool-delta', index: 1, id: 'b', name: 'g', text: '' },
      { type: 'tool-delta', index: 1, text: '{"x":1}' },
      { type: 'tool-delta', index: 2, id: 'c', name: 'h', text: '{"y":1}' },
    ]);
  });

  it('counts tokens in all shapes: flat, nested, in part, none', async () => {
    const usageOf = async (usage: unknown): Promise<unknown[]> =>
      (await eventsOf(start, { type: 'finish', finishReason: 'stop', usage })).slice(0, -1);
    const flat = { inputTokens: 10, outputTokens: 5, totalTokens: 15, cachedInputTokens: 4, reasoningTokens: 2 };
    const nested = { inputTokens: { total: 10, noCache: 6, cacheRead: 4 }, outputTokens: { total: 5, reasoning: 2 } };
    const counted = { type: 'usage', inputTokens: 10, outputTokens: 5, cachedInputTokens: 4, reasoningTokens: 2 };
    expect(await usageOf(flat)).to.deep.equal([{ ...counted, raw: flat }]);
    expect(await usageOf(nested)).to.deep.equal([{ ...counted, raw: nested }]);
    const part = { inputTokens: { total: undefined }, outputTokens: { total: 5 } };
    expect(await usageOf(part)).to.deep.equal([{ type: 'usage', inputTokens: 0, outputTokens: 5, raw: part }]);
    for (const none of [undefined, {}, { inputTokens: undefined }, { inputTokens: {}, outputTokens: {} }])
      expect(await usageOf(none)).to.deep.equal([]);
  });

  it('knows the end of an answer from the end of a connection', async () => {
    for (const finishReason of ['unknown', 'error', { unified: 'other', raw: undefined }, { unified: 'interrupted' }])
      expect(await eventsOf(start, { type: 'finish', finishReason })).to.deep.equal([]);
    expect(
      await eventsOf(start, { type: 'finish', finishReason: { unified: 'other', raw: 'pause_turn' } }),
    ).to.deep.equal([{ type: 'finish', reason: 'paused', raw: 'pause_turn' }]);
    // V2 has no word of the provider's own, but the raw chunk does.
    const said = raw({ choices: [{ delta: {}, finish_reason: 'eos' }] });
    expect(await eventsOf(start, said, { type: 'finish', finishReason: 'unknown' })).to.deep.equal([
      { type: 'finish', reason: 'stop', raw: 'eos' },
    ]);
  });

  it('takes a refusal from the raw chunk, and not a second time from the text', async () => {
    const chunk = (refusal: string): Part => raw({ choices: [{ delta: { refusal } }] });
    const filtered: Part = { type: 'finish', finishReason: { unified: 'content-filter', raw: 'stop' } };
    const expected = [
      { type: 'refusal-delta', text: 'No, ' },
      { type: 'refusal-delta', text: 'never.' },
      { type: 'finish', reason: 'refusal', raw: 'stop' },
    ];
    const told = [start, chunk('No, '), text('No, '), chunk('never.'), text('never.'), filtered];
    expect(await eventsOf(...told)).to.deep.equal(expected);
    // The text may lag behind, come in other pieces, or not at all.
    expect(await eventsOf(start, chunk('No, '), chunk('never.'), text('No'), text(', never.'), filtered)).to.deep.equal(
      expected,
    );
    expect(await eventsOf(start, chunk('No, '), chunk('never.'), filtered)).to.deep.equal(expected);
  });

  it('fails with the error of an error part, and with a ProviderError if it is not an Error', async () => {
    const errorOf = (...parts: readonly Part[]): Promise<unknown> =>
      eventsOf(start, ...parts).then(
        () => undefined,
        (error: unknown) => error,
      );
    const own = new Error('own');
    expect(await errorOf({ type: 'error', error: own })).to.equal(own);
    expect(await errorOf({ type: 'error', error: { message: 'busy' } }))
      .to.be.instanceOf(ProviderError)
      .and.have.property('message', 'busy');
    expect(await errorOf(raw({ type: 'error', message: 'busy' }))).to.be.instanceOf(ProviderError);
  });

  it('passes over a chunk that the provider does not know, after the end of the answer only', async () => {
    const unknown = Object.assign(new Error('Type validation failed.'), { name: 'AI_TypeValidationError' });
    const broken: Part = { type: 'error', error: unknown };
    const ended = raw({ choices: [{ delta: {}, finish_reason: 'stop' }] });
    const finish: Part = { type: 'finish', finishReason: { unified: 'error', raw: undefined } };
    expect(await eventsOf(start, ended, broken, finish)).to.deep.equal([
      { type: 'finish', reason: 'stop', raw: 'stop' },
    ]);
    await eventsOf(start, broken, ended, finish).then(
      () => expect.fail('there is no error'),
      (error: unknown) => expect(error).to.equal(unknown),
    );
  });
});

describe('languageModel', () => {
  it('gives strict mode to OpenAI, Anthropic its subset, and all of JSON Schema to the others', () => {
    const dialects = ['openai.chat', 'azure.responses', 'anthropic.messages', 'google.generative-ai', 'x.chat'].map(
      (provider) => languageModel(modelOf([], { provider })).dialect,
    );
    expect(dialects).to.deep.equal(['openai', 'openai', 'anthropic', 'open', 'open']);
    expect(languageModel(modelOf([]), {}, { dialect: 'openai' }).dialect).to.equal('openai');
    const open = languageModel(modelOf([], { provider: 'openai.chat' }), {}, { mode: 'text' });
    expect(open).to.include({ dialect: 'open', jsonInText: true, model: 'm' });
  });

  it('asks V2 of the OpenAI package for strict mode, unless the parameters decide', async () => {
    const strict = { providerOptions: { openai: { strictJsonSchema: true } } };
    const v2 = { specificationVersion: 'v2', provider: 'openai.chat' };
    expect(await callOf(v2)).to.deep.include(strict);
    const params = { providerOptions: { openai: { strictJsonSchema: false, user: 'u' } } };
    expect(await callOf(v2, [], {}, params)).to.deep.include(params);
    expect(await callOf({ provider: 'openai.chat' })).to.not.have.property('providerOptions');
    const tool = await callOf({ provider: 'openai.chat' }, [], { mode: 'tool' });
    expect(tool).to.have.nested.property('tools[0].strict', true);
    expect(await bodyOf((baseURL) => languageModel(createOpenAI2({ apiKey: 'x', baseURL }).chat('gpt-4o')))).to.include(
      '"strict":true',
    );
  });

  it('tells files in the form of the version', async () => {
    const content = [
      { type: 'image', data: 'AAAA', mediaType: 'image/png' },
      { type: 'image', url: 'https://example.com/a.png' },
      { type: 'file', data: 'BBBB', mediaType: 'application/pdf', filename: 'a.pdf' },
      { type: 'file', url: 'https://example.com/a.png', mediaType: 'application/pdf', filename: 'b.pdf' },
    ] as const;
    // The type of a file has no URL, and JavaScript may write one all the same.
    const messages = [{ role: 'user', content }] as unknown as readonly Message[];
    const url = new URL('https://example.com/a.png');
    const told = (image: unknown, elsewhere: unknown, pdf: unknown) => [
      {
        role: 'user',
        content: [
          { type: 'file', mediaType: 'image/png', data: image },
          { type: 'file', mediaType: 'image/*', data: elsewhere },
          { type: 'file', mediaType: 'application/pdf', data: pdf, filename: 'a.pdf' },
          { type: 'file', mediaType: 'application/pdf', data: elsewhere, filename: 'b.pdf' },
        ],
      },
    ];
    const data = (base64: string) => ({ type: 'data', data: base64 });
    for (const specificationVersion of ['v2', 'v3'])
      expect(await callOf({ specificationVersion }, messages)).to.have.deep.property(
        'prompt',
        told('AAAA', url, 'BBBB'),
      );
    expect(await callOf({}, messages)).to.have.deep.property(
      'prompt',
      told(data('AAAA'), { type: 'url', url }, data('BBBB')),
    );
  });

  it('leaves parts in the form of the version as they are, and makes one text of what the system says', async () => {
    const own = { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'AAAA' } };
    const messages = [
      {
        role: 'system',
        content: [
          { type: 'text', text: 'Be' },
          { type: 'text', text: 'brief.' },
        ],
      },
      { role: 'user', content: [own] },
      { role: 'assistant', content: 'Well.' },
    ] as unknown as readonly Message[];
    expect(await callOf({}, messages)).to.have.deep.property('prompt', [
      { role: 'system', content: 'Be\n\nbrief.' },
      { role: 'user', content: [own] },
      { role: 'assistant', content: [{ type: 'text', text: 'Well.' }] },
    ]);
  });

  it('writes down the turn that another model has made, with its words where it has said any', async () => {
    const call = { id: 'a', name: 'lookUp', arguments: '{"order":1}', text: 'sent', isError: false };
    const told = { type: 'tool-call', toolCallId: 'a', toolName: 'lookUp', input: { order: 1 } };
    for (const [words, content] of [
      ['Let me look.', [{ type: 'text', text: 'Let me look.' }, told]],
      [' \n', [told]],
    ] as const) {
      const model = modelOf([start, text('{}'), stop]);
      const steps = [{ text: words, calls: [call], parts: [], failures: 0 }];
      await lastValueFrom(languageModel(model).ask({ ...asking(), steps }), { defaultValue: null });
      const [, turn] = (model.calls[0]?.['prompt'] as readonly unknown[]).slice(-3);
      expect(turn).to.deep.equal({ role: 'assistant', content });
    }
  });

  it('sends no URL to a provider that does not fetch it', async () => {
    const supportedUrls = Promise.resolve({ 'image/*': [/^https:\/\/files\./], 'application/pdf': [/./] });
    const image = (url: string): readonly Message[] => [{ role: 'user', content: [{ type: 'image', url }] }];
    const error: unknown = await callOf({ supportedUrls }, image('https://example.com/a.png')).catch(
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(TypeError).and.to.have.property('message').that.includes('by its URL');
    expect(await callOf({ supportedUrls }, image('https://files.example.com/a.png'))).to.have.property('prompt');
  });

  it('names the file that a provider does not take: by its media type, or else the first', async () => {
    const content = [
      { type: 'file', data: 'AAAA', mediaType: 'application/pdf' },
      { type: 'file', data: 'BBBB', mediaType: 'audio/mpeg' },
    ] as const;
    const refused = async (functionality: string): Promise<unknown> => {
      const error = Object.assign(new Error(`${functionality} not supported.`), {
        name: 'AI_UnsupportedFunctionalityError',
      });
      const model = { ...modelOf([]), doStream: () => Promise.reject(error) };
      const asked = { ...asking(), messages: [{ role: 'user', content }] } as Question<never>;
      return lastValueFrom(languageModel(model).ask(asked), { defaultValue: null }).catch((reason: unknown) => reason);
    };
    expect(await refused('audio/mpeg'))
      .to.be.instanceOf(TypeError)
      .with.property('message', 'messages[0].content[1] is a file (audio/mpeg): audio/mpeg not supported.');
    expect(await refused('Files are'))
      .to.be.instanceOf(TypeError)
      .with.property('message', 'messages[0].content[0] is a file (application/pdf): Files are not supported.');
  });

  it('sends headers of the parameters, and of the question on top', async () => {
    const model = modelOf([start, text('{}'), stop]);
    const asked = { ...asking(), requestOptions: { headers: { b: '3' } } };
    await lastValueFrom(languageModel(model, { headers: { a: '1', b: '2' } } as never).ask(asked), {
      defaultValue: null,
    });
    expect(model.calls[0]?.['headers']).to.deep.equal({ a: '1', b: '3' });
    expect(model.calls[0]).to.include({ includeRawChunks: true }).and.have.property('abortSignal');
  });

  it('finds a dropped schema behind middleware that hides what the model says of itself', async () => {
    const server = await ModelServer.start(sse(...chatWire({ text: ['{}'], finish: 'stop' })));
    try {
      const inner = createOpenAICompatible({ name: 'example', baseURL: `${server.url}/v1` })('m');
      const model = wrapLanguageModel({ model: inner, middleware: defaultSettingsMiddleware({ settings: {} }) });
      const error: unknown = await lastValueFrom(languageModel(model).ask(asking()), { defaultValue: null }).catch(
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(TypeError).and.to.have.property('message').that.includes('drops the schema');
    } finally {
      await server.stop();
    }
  });

  it('keeps middleware working', async () => {
    const reasoning = extractReasoningMiddleware({ tagName: 'think' });
    const settings = defaultSettingsMiddleware({ settings: { temperature: 0.25 } });
    const wrapped = (baseURL: string) =>
      wrapLanguageModel({
        model: createOpenAI({ apiKey: 'x', baseURL }).chat('gpt-4o'),
        middleware: [reasoning, settings],
      });
    expect(await bodyOf((baseURL) => languageModel(wrapped(baseURL)))).to.include('"temperature":0.25');

    const server = await ModelServer.start(sse(...chatWire({ text: ['<think>Hm.</think>', '{}'], finish: 'stop' })));
    try {
      const answer = languageModel(wrapped(`${server.url}/v1`)).ask(asking());
      const events = await lastValueFrom(answer.pipe(toArray()), { defaultValue: [] });
      const said = (type: CompletionEvent['type']): string =>
        events.map((event) => (event.type === type && 'text' in event ? event.text : '')).join('');
      expect(said('reasoning-delta')).to.equal('Hm.');
      expect(said('text-delta').trim()).to.equal('{}');
    } finally {
      await server.stop();
    }
  });
});
