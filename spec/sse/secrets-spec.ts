import { createNoopMeter, type Attributes, type Meter } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import OpenAI from 'openai';
import * as t from 'io-ts';
import { lastValueFrom, of, throwError, toArray } from 'rxjs';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import type { Unavailable } from '../../lib/answers/Unavailable.js';
import { traceCompletion } from '../../lib/opentelemetry/index.js';
import { openaiChat } from '../../lib/providers/openai/index.js';
import { answerEvents, fromSse, SseError, toMessageEvents, toSseResponse } from '../../lib/sse/index.js';
import type { WatchedEvent } from '../../lib/completions/AnswerDeltaEvent.js';
import { ModelServer, sse, type Answer } from '../support/modelServer.js';

const KEY = 'sk-SECRET-key';
const HEADER = 'SECRET-header';
const PROMPT = 'SECRET prompt';
const ANSWER = 'SECRET answer';
const THOUGHT = 'SECRET thought';

const codec = t.type({ age: t.number });
const messages = [
  { role: 'system' as const, content: `${PROMPT} of the system` },
  { role: 'user' as const, content: PROMPT },
];
const chunk = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'c', model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;

/** The behaviour of the model's server. */
const servers: Readonly<Record<string, Answer>> = {
  'an answer': sse(chunk({ reasoning_content: THOUGHT }), chunk({ content: '{"age":30}' }, 'stop'), 'data: [DONE]\n\n'),
  'a wrong key': (response) => {
    response.writeHead(401, { 'content-type': 'application/json', 'x-request': HEADER });
    response.end(JSON.stringify({ error: { message: `Incorrect API key ${KEY}: ${PROMPT}`, type: 'auth' } }));
  },
  'an error in the stream': sse(`data: {"error":{"message":"${KEY} ${PROMPT}","type":"server_error"}}\n\n`),
  'a cut': sse(chunk({ content: `{"age":3` })),
  'a page': (response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<html>${KEY}</html>`);
  },
};

describe('secrets', () => {
  for (const [what, answer] of Object.entries(servers))
    it(`are in no event, message, span or metric: ${what}`, async () => {
      const server = await ModelServer.start(answer);
      const exporter = new InMemorySpanExporter();
      const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
      const recorded: Attributes[] = [];
      const meter = Object.assign(Object.create(createNoopMeter()) as Meter, {
        createHistogram: () => ({ record: (_: number, attributes: Attributes = {}) => recorded.push(attributes) }),
      });
      try {
        const client = new OpenAI({
          apiKey: KEY,
          baseURL: `${server.url}/?key=${KEY}`,
          maxRetries: 0,
          defaultHeaders: { 'x-team': HEADER },
        });
        const events = answerEvents((watch) =>
          traceCompletion(
            (trace) => structuredCompletion(openaiChat(client, { model: 'm' }), { codec, messages, watch: trace }),
            {
              ...{ provider: 'openai', model: 'm', baseURL: client.baseURL, params: { user: KEY, stop: [PROMPT] } },
              ...{ watch, meter, tracer: provider.getTracer('spec') },
            },
          ),
        );
        const sent = await lastValueFrom(events.pipe(toArray()), { defaultValue: [] });
        expect(sent).not.to.deep.equal([]);
        const body = await toSseResponse(of(...sent)).text();
        const nest = await lastValueFrom(of(...sent).pipe(toMessageEvents({ heartbeat: Infinity }), toArray()), {
          defaultValue: [],
        });
        const spans = exporter
          .getFinishedSpans()
          .map(({ name, attributes, events: happened, status }) => ({ name, attributes, happened, status }));
        expect(spans).to.have.length(1);
        expect(recorded).not.to.deep.equal([]);
        expect(JSON.stringify({ sent, body, nest, spans, recorded })).not.to.include('SECRET');
      } finally {
        await server.stop();
      }
    });

  it('are not in the word that a model was not to be had', async () => {
    const left: Unavailable = {
      ...{ _tag: 'Unavailable', message: KEY, attempt: 1, retriesLeft: 1 },
      error: Object.assign(new Error(PROMPT), { status: 503 }),
    };
    const events = await lastValueFrom(answerEvents(() => of({ _tag: 'Left' as const, left })).pipe(toArray()), {
      defaultValue: [],
    });
    expect(events).to.deep.equal([
      { type: 'unavailable', message: 'The model is unavailable. Try again later.', attempt: 1, retriesLeft: 1 },
    ]);
  });

  it('are not in what the model thinks, unless the server lets it travel', async () => {
    const run = (watch: (event: WatchedEvent) => void) => {
      watch({ type: 'reasoning-delta', text: THOUGHT });
      return throwError(() => new Error(ANSWER));
    };
    const kinds = async (config = {}): Promise<readonly unknown[]> =>
      lastValueFrom(answerEvents(run, config).pipe(toArray()), { defaultValue: [] });
    expect(JSON.stringify(await kinds())).not.to.include('SECRET');
    expect((await kinds({ reasoning: true }))[0]).to.deep.equal({ type: 'reasoning', text: THOUGHT });
  });

  it('are not in the messages of what a browser makes of a strange server, which are short', async () => {
    const bodies = [`event:complete\ndata:{"${ANSWER}":${'1'.repeat(9999)}}\n\n`, `data:["${ANSWER}"]\n\n`];
    for (const body of bodies) {
      const fetch = () => Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
      const errors: unknown[] = [];
      await new Promise<void>((resolve) => {
        fromSse('http://server.test/', { codec, fetch }).subscribe({
          error: (error: unknown) => {
            errors.push(error);
            resolve();
          },
        });
      });
      const [error] = errors;
      expect(error).to.be.instanceOf(SseError);
      expect((error as SseError).message)
        .to.have.length.below(300)
        .and.not.include('SECRET');
    }
  });
});
