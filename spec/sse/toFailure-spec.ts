import { expect } from 'chai';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import * as t from 'io-ts';
import { createServer } from 'node:http';
import { lastValueFrom, throwError, timeout, NEVER } from 'rxjs';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { IdleTimeoutError } from '../../lib/completions/IdleTimeoutError.js';
import { ProviderError } from '../../lib/completions/ProviderError.js';
import { IncompleteCompletionError } from '../../lib/deltas/IncompleteCompletionError.js';
import { RefusalError } from '../../lib/deltas/RefusalError.js';
import { anthropicMessages } from '../../lib/providers/anthropic/index.js';
import { openaiChat } from '../../lib/providers/openai/index.js';
import { answerEvents, RemoteCompletionError, type AnswerEvent } from '../../lib/sse/index.js';
import { toFailure } from '../../lib/sse/toFailure.js';
import { ModelServer } from '../support/modelServer.js';

/** As Node has them. */
const nodeError = (code: string) => Object.assign(new Error(`connect ${code}`), { code });
/** As `fetch` has them. */
const fetchError = (code: string) => new TypeError('fetch failed', { cause: nodeError(code) });
/** As both SDKs have what is in the stream. */
const inStream = (body: unknown) => Object.assign(new Error('sk-secret'), { status: undefined, error: body });

/** No event at all. */
const none = { defaultValue: undefined };

describe('toFailure', () => {
  const cases: Readonly<Record<string, readonly unknown[]>> = {
    unavailable: [
      fetchError('ECONNREFUSED'),
      fetchError('ENOTFOUND'),
      fetchError('EAI_AGAIN'),
      fetchError('ENETUNREACH'),
      new TypeError('fetch failed'),
      new TypeError('Failed to fetch'),
      new TypeError('Load failed'),
      new TypeError('NetworkError when attempting to fetch resource.'),
      new TypeError('fetch failed', { cause: new AggregateError([nodeError('ECONNREFUSED')]) }),
      new Error('Connection error.', { cause: fetchError('EHOSTUNREACH') }),
      new Error('Connection error.'),
      { status: 500 },
      { status: 503 },
      { status: 529 },
      { statusCode: 502 },
      inStream({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
      inStream({ message: 'The server had an error', type: 'server_error', code: null }),
      new ProviderError({ error: { code: 503, message: 'no instances' } }),
      new ProviderError({ code: 'server_error', message: 'Sorry' }),
      new ProviderError('Overloaded'),
      new RemoteCompletionError('unavailable', '', ''),
    ],
    'rate-limited': [
      { status: 429 },
      inStream({ type: 'error', error: { type: 'rate_limit_error' } }),
      inStream({ message: 'Rate limit reached', type: 'tokens', code: 'rate_limit_exceeded' }),
      new ProviderError({ error: { status: 'RESOURCE_EXHAUSTED', message: '' } }),
      new ProviderError({ error: { code: 429 } }),
      new ProviderError({ error: 'rate limit exceeded' }),
      new RemoteCompletionError('rate-limited', '', ''),
    ],
    timeout: [
      { status: 408 },
      fetchError('ETIMEDOUT'),
      fetchError('UND_ERR_CONNECT_TIMEOUT'),
      fetchError('UND_ERR_HEADERS_TIMEOUT'),
      new DOMException('The operation timed out.', 'TimeoutError'),
      new OpenAI.APIConnectionTimeoutError(),
      new Anthropic.APIConnectionTimeoutError(),
      inStream({ type: 'error', error: { type: 'timeout_error' } }),
      new IdleTimeoutError(1000, 1),
    ],
    interrupted: [
      fetchError('ECONNRESET'),
      fetchError('UND_ERR_SOCKET'),
      new TypeError('terminated'),
      new TypeError('terminated', { cause: nodeError('UND_ERR_SOCKET') }),
      nodeError('EPIPE'),
      new Error('socket hang up'),
      // The AI SDK says the status of the response that broke off.
      Object.assign(new Error('Failed to process successful response', { cause: new TypeError('terminated') }), {
        statusCode: 200,
      }),
      new IncompleteCompletionError('interrupted', ''),
    ],
    length: [new IncompleteCompletionError('length', '')],
    'content-filter': [new IncompleteCompletionError('content-filter', '')],
    paused: [new IncompleteCompletionError('paused', '')],
    other: [new IncompleteCompletionError('other', '')],
    internal: [
      new Error('sk-secret'),
      { status: 401 },
      { status: 404 },
      { status: 400, error: { type: 'invalid_request_error' } },
      { status: 400, error: { message: 'Unknown parameter: timeout', code: 'timeout' } },
      inStream({ type: 'error', error: { type: 'invalid_request_error' } }),
      new TypeError("Cannot read properties of undefined (reading 'name')"),
      'a string',
      undefined,
      null,
      Object.create(null),
    ],
  };
  for (const [code, errors] of Object.entries(cases))
    it(`knows what is ${code}, and gives nothing away`, () => {
      for (const error of errors) {
        const failure = toFailure(error);
        expect(failure.code, JSON.stringify(error) + String((error as Error | null)?.message)).to.equal(code);
        expect(failure.message)
          .to.match(/^[A-Z][^]*\.$/)
          .and.not.include('secret');
      }
    });

  it('passes on the words of a refusal, cut to a length that can be read', () => {
    expect(toFailure(new RefusalError('I will not.', ''))).to.deep.equal({
      type: 'failed',
      code: 'refused',
      message: 'I will not.',
    });
    expect(toFailure(new RefusalError('no'.repeat(1e6), '')).message).to.have.length.within(4000, 4096);
    const pairs = toFailure(new RefusalError(`No ${'🎉'.repeat(3000)}`, '')).message;
    expect(() => encodeURIComponent(pairs), 'half of a character').to.not.throw();
  });

  it('ends with errors that hold themselves, or that throw when they are looked at', () => {
    const round = new Error('round');
    round.cause = round;
    expect(toFailure(round).code).to.equal('internal');
    const sore = {
      get status(): never {
        throw new Error('do not look');
      },
    };
    expect(toFailure(sore).code).to.equal('internal');
  });

  describe('with the real SDKs', () => {
    const codec = t.type({ a: t.number });
    const messages = [{ role: 'user' as const, content: 'a?' }];
    const failureOf = async (model: Parameters<typeof structuredCompletion>[0]): Promise<AnswerEvent | undefined> =>
      lastValueFrom(
        answerEvents((watch) => structuredCompletion(model, { codec, messages, watch })),
        none,
      );
    const models: Readonly<Record<string, (url: string, wait?: number) => Parameters<typeof structuredCompletion>[0]>> =
      {
        openai: (baseURL, wait) =>
          openaiChat(
            new OpenAI({ apiKey: 'k', baseURL, maxRetries: 0, ...(wait !== undefined && { timeout: wait }) }),
            {
              model: 'm',
            },
          ),
        anthropic: (baseURL, wait) =>
          anthropicMessages(
            new Anthropic({ apiKey: 'k', baseURL, maxRetries: 0, ...(wait !== undefined && { timeout: wait }) }),
            { model: 'm', max_tokens: 100 },
          ),
      };
    for (const [name, model] of Object.entries(models)) {
      it(`${name}: a connection that is refused, and a host that is not known`, async () => {
        expect(await failureOf(model('http://127.0.0.1:1'))).to.include({ code: 'unavailable' });
        expect(await failureOf(model('http://model.invalid'))).to.include({ code: 'unavailable' });
      });

      it(`${name}: a reset before the answer, and a server that does not answer in time`, async () => {
        const server = createServer((request, response) => {
          if (request.url?.includes('reset') === true) response.socket?.resetAndDestroy();
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        const { port } = server.address() as { port: number };
        try {
          expect(await failureOf(model(`http://127.0.0.1:${port}/reset`))).to.include({ code: 'interrupted' });
          expect(await failureOf(model(`http://127.0.0.1:${port}/slow`, 50))).to.include({ code: 'timeout' });
        } finally {
          server.closeAllConnections();
          server.close();
        }
      });

      it(`${name}: a rate limit and an overload within the stream`, async () => {
        const bodies =
          name === 'openai'
            ? [
                'data: {"error":{"message":"slow","type":"tokens","code":"rate_limit_exceeded"}}\n\n',
                'data: {"error":{"message":"busy","type":"server_error","code":"overloaded"}}\n\n',
              ]
            : [
                'event: error\ndata: {"type":"error","error":{"type":"rate_limit_error","message":"slow"}}\n\n',
                'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"busy"}}\n\n',
              ];
        const server = await ModelServer.start((response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' }).end(bodies.shift());
        });
        try {
          expect(await failureOf(model(server.url))).to.include({ code: 'rate-limited' });
          expect(await failureOf(model(server.url))).to.include({ code: 'unavailable' });
        } finally {
          await server.stop();
        }
      });
    }
  });

  it('knows the timeout of rxjs', async () => {
    const events = answerEvents(() => NEVER.pipe(timeout(5)));
    expect(await lastValueFrom(events, none)).to.include({ code: 'timeout' });
    const named = answerEvents(() => throwError(() => new Error('secret')), {
      failure: () => ({ type: 'failed', code: 'unavailable', message: 'Wartung.' }),
    });
    expect(await lastValueFrom(named, none)).to.deep.equal({
      type: 'failed',
      code: 'unavailable',
      message: 'Wartung.',
    });
  });
});
