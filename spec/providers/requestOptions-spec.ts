import Anthropic from '@anthropic-ai/sdk';
import { expect } from 'chai';
import OpenAI from 'openai';
import { lastValueFrom, toArray } from 'rxjs';
import type { CompletionEvent } from '../../lib/completions/CompletionEvent.js';
import type { CompletionModel } from '../../lib/completions/CompletionModel.js';
import { withOptions, type RequestOptions } from '../../lib/completions/RequestOptions.js';
import { anthropicMessages } from '../../lib/providers/anthropic/anthropicMessages.js';
import { fromChatCompletion } from '../../lib/providers/openai/fromChatCompletion.js';
import { openaiChat } from '../../lib/providers/openai/openaiChat.js';
import { openaiResponses } from '../../lib/providers/openai/openaiResponses.js';
import { ModelServer, sse, status, type Exchange } from '../support/modelServer.js';
import { chatWire, messagesWire, responsesWire, type Wire } from '../support/wire.js';

const requestOptions = { headers: { 'X-Team': 'own', 'x-trace': '1' }, maxRetries: 0 };

const models: readonly [string, Wire, (url: string) => CompletionModel<never>][] = [
  [
    'openaiChat',
    chatWire,
    (url) => openaiChat(new OpenAI({ apiKey: 'none', baseURL: `${url}/v1` }), { model: 'm' }, { requestOptions }),
  ],
  [
    'openaiResponses',
    responsesWire,
    (url) => openaiResponses(new OpenAI({ apiKey: 'none', baseURL: `${url}/v1` }), { model: 'm' }, { requestOptions }),
  ],
  [
    'anthropicMessages',
    messagesWire,
    (url) =>
      anthropicMessages(
        new Anthropic({ apiKey: 'none', baseURL: url }),
        { model: 'm', max_tokens: 9 },
        { requestOptions },
      ),
  ],
];

describe('the request itself', () => {
  for (const [name, wire, model] of models)
    describe(name, () => {
      const ask = async (
        options?: RequestOptions,
        failure?: number,
      ): Promise<{ events: readonly CompletionEvent[]; exchanges: readonly Exchange[] }> => {
        const server = await ModelServer.start((response) => {
          response.setHeader('x-request-id', 'req_1').setHeader('set-cookie', 'secret=1').setHeader('x-remaining', '7');
          return failure === undefined
            ? sse(...wire({ text: ['{}'], finish: 'stop' }))(response)
            : status(failure, { error: { message: 'no' } })(response);
        });
        try {
          const question = { messages: [], answer: { name: 'a', schema: {} }, failures: [] };
          const asked = model(server.url).ask({ ...question, ...(options && { requestOptions: options }) });
          const events = await lastValueFrom(asked.pipe(toArray()), { defaultValue: [] }).catch((error: unknown) => {
            if (failure === undefined) throw error;
            return [];
          });
          return { events, exchanges: server.exchanges };
        } finally {
          await server.stop();
        }
      };

      it('sends the headers of the model, and those of the question in their place', async () => {
        const { exchanges } = await ask();
        expect(exchanges[0]?.headers).to.deep.include({ 'x-team': 'own', 'x-trace': '1' });
        const changed = await ask({ headers: { 'x-team': 'other' } });
        expect(changed.exchanges[0]?.headers).to.deep.include({ 'x-team': 'other', 'x-trace': '1' });
      });

      it('leaves the other options to the SDK', async () => {
        expect((await ask(undefined, 429)).exchanges).to.have.length(1);
        expect((await ask({ maxRetries: 1 }, 500)).exchanges).to.have.length(2);
      });

      it('says in the first event what the response said, cookies aside', async () => {
        const [start, ...rest] = (await ask()).events;
        expect(start).to.deep.include({ type: 'start', requestId: 'req_1' });
        expect(start).to.have.property('id');
        expect(start).to.have.property('headers').that.deep.includes({ 'x-remaining': '7' });
        expect(start).to.have.property('headers').that.does.not.have.property('set-cookie');
        expect(rest.filter(({ type }) => type === 'start')).to.deep.equal([]);
      });
    });

  it('begins with what the response said where the chunks name nothing', async () => {
    const server = await ModelServer.start((response) => {
      response.setHeader('x-request-id', 'req_1');
      return sse('data: {"choices":[{"index":0,"delta":{"content":"{}"}}]}\n\n')(response);
    });
    try {
      const client = new OpenAI({ apiKey: 'none', baseURL: server.url });
      const events = await lastValueFrom(fromChatCompletion(client, { model: 'm', messages: [] }).pipe(toArray()), {
        defaultValue: [],
      });
      expect(events.map(({ type }) => type)).to.deep.equal(['start', 'text-delta']);
    } finally {
      await server.stop();
    }
  });

  it('takes a client that tells nothing of the response', async () => {
    const chunks = (async function* () {
      yield await Promise.resolve({ choices: [{ index: 0, delta: { content: '{}' }, finish_reason: 'stop' }] });
    })();
    const client = { chat: { completions: { create: () => Promise.resolve(chunks) } } };
    const events = await lastValueFrom(fromChatCompletion(client, { model: 'm', messages: [] }).pipe(toArray()), {
      defaultValue: [],
    });
    expect(events.map(({ type }) => type)).to.deep.equal(['text-delta', 'finish']);
  });

  it('takes headers in every form that fetch does', () => {
    const headers = { 'x-a': '1' };
    for (const before of [
      new Headers({ 'X-A': '0', 'x-b': '2' }),
      [
        ['X-A', '0'],
        ['x-b', '2'],
      ],
      { 'X-A': '0', 'x-b': '2' },
    ])
      expect(withOptions({ headers: before }, { headers })).to.deep.equal({ headers: { 'x-a': '1', 'x-b': '2' } });
    expect(withOptions(undefined, undefined)).to.equal(undefined);
    expect(withOptions(undefined, { timeout: 1 })).to.deep.equal({ timeout: 1 });
  });
});
