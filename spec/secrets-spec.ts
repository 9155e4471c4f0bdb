import Anthropic from '@anthropic-ai/sdk';
import { createOpenAI } from '@ai-sdk/openai';
import { createNoopMeter, type Attributes, type Meter } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import * as t from 'io-ts';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import OpenAI from 'openai';
import { from, lastValueFrom, of, tap, toArray } from 'rxjs';
import { languageModel } from '../lib/providers/ai-sdk/index.js';
import { anthropicMessages } from '../lib/providers/anthropic/index.js';
import type { CompletionModel } from '../lib/completions/CompletionModel.js';
import { StructuredError } from '../lib/foundation/StructuredError.js';
import { pipeModel, structuredCompletion, tool, type Message, type WatchedEvent } from '../lib/index.js';
import { startInspector } from '../lib/inspector/index.js';
import { traceCompletion } from '../lib/opentelemetry/index.js';
import { ollamaChat } from '../lib/providers/ollama/index.js';
import { openaiChat, openaiResponses } from '../lib/providers/openai/index.js';
import { answerEvents, toMessageEvents, toSseResponse } from '../lib/sse/index.js';
import { recorded } from '../lib/testing/index.js';
import { cut, ModelServer, sse, status, type Answer } from './support/modelServer.js';
import { chatWire, messagesWire, responsesWire, type Wire } from './support/wire.js';

/** What is planted. Each says where it was found. */
const planted = {
  key: 'sk-SECRET-key-0123456789',
  header: 'SECRET-header',
  query: 'SECRET-query',
  organization: 'SECRET-organization',
  system: 'SECRET-system-prompt',
  prompt: 'SECRET-prompt',
  image: 'SECRETimage0',
  responseHeader: 'SECRET-response-header',
  answer: 'SECRET-answer',
  input: 'SECRET-tool-input',
  output: 'SECRET-tool-output',
} as const;
type Secret = keyof typeof planted;

const codec = t.type({ reply: t.string });
const messages: readonly Message[] = [
  { role: 'system', content: planted.system },
  {
    role: 'user',
    content: [
      { type: 'text', text: planted.prompt },
      { type: 'image', data: planted.image, mediaType: 'image/png' },
    ],
  },
];
const lookUp = tool({ input: t.type({ order: t.string }), run: () => of(planted.output) });
const defaultHeaders = { 'x-team': planted.header };
const { key: apiKey, organization } = planted;

/** Ollama's lines. */
const ollamaWire: Wire = ({ text = [], args, finish }, name = 'answer') => {
  const line = (message: object, more: object = { done: false }): string =>
    `${JSON.stringify({ model: 'm', message, ...more })}\n`;
  return [
    ...text.map((content) => line({ content })),
    ...(args
      ? [line({ content: '', tool_calls: [{ function: { name, arguments: JSON.parse(args.join('')) as object } }] })]
      : []),
    ...(finish === undefined ? [] : [line({ content: '' }, { done: true, done_reason: finish })]),
  ];
};

interface Entry {
  readonly wire: Wire;
  readonly model: (url: string) => CompletionModel<never>;
}

const entries: Readonly<Record<string, Entry>> = {
  openaiChat: {
    wire: chatWire,
    model: (url) => {
      const baseURL = `${url}/v1`;
      const client = new OpenAI({
        apiKey,
        organization,
        baseURL,
        defaultHeaders,
        defaultQuery: { q: planted.query },
        maxRetries: 0,
      });
      return openaiChat(client, { model: 'm', safety_identifier: planted.header });
    },
  },
  openaiResponses: {
    wire: responsesWire,
    model: (url) => {
      const baseURL = `${url}/v1`;
      const client = new OpenAI({
        apiKey,
        organization,
        baseURL,
        defaultHeaders,
        defaultQuery: { q: planted.query },
        maxRetries: 0,
      });
      return openaiResponses(client, { model: 'm' });
    },
  },
  anthropicMessages: {
    wire: messagesWire,
    model: (url) => {
      const client = new Anthropic({
        apiKey,
        baseURL: url,
        defaultHeaders,
        defaultQuery: { q: planted.query },
        maxRetries: 0,
      });
      return anthropicMessages(client, { model: 'm', max_tokens: 99 });
    },
  },
  ollamaChat: {
    wire: ollamaWire,
    model: (url) => ollamaChat({ host: url, model: 'm', headers: { authorization: apiKey, ...defaultHeaders } }),
  },
  languageModel: {
    wire: chatWire,
    model: (url) => {
      const baseURL = `${url}/${planted.query}/v1`;
      return languageModel(createOpenAI({ apiKey, organization, baseURL, headers: defaultHeaders }).chat('m'));
    },
  },
};

const right = JSON.stringify({ reply: planted.answer }).match(/.{1,9}/g) ?? [];
const wrong = [`{"reply":["${planted.answer}"]}`];

/** With a header that names the account, as OpenAI sends it. */
const withHeader =
  (answer: Answer): Answer =>
  (response) => {
    response.setHeader('openai-organization', planted.responseHeader);
    return answer(response);
  };

/** The request, as a server says it that shows what it got. */
const repeated = {
  headers: { authorization: `Bearer ${planted.key}`, 'x-api-key': planted.key, 'x-team': planted.header },
  args: { q: planted.query },
  json: { messages: [planted.system, planted.prompt] },
};

const body =
  (type: string, text: string): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': type }).end(text);
  };

/** How the server behaves, request by request, and whether it repeats what it was told in an error of its own. */
const scenarios: Readonly<
  Record<
    string,
    { readonly answers: (wire: Wire) => readonly Answer[]; readonly echoes?: true; readonly repeats?: true }
  >
> = {
  'an answer after a tool and a wrong answer': {
    answers: (wire) => [
      sse(...wire({ args: [JSON.stringify({ order: planted.input })], finish: 'stop' }, 'lookUp')),
      sse(...wire({ text: wrong, finish: 'stop' })),
      sse(...wire({ text: right, finish: 'stop' })),
    ],
  },
  'a wrong answer, again and again': { answers: (wire) => [sse(...wire({ text: wrong, finish: 'stop' }))] },
  'an answer that is cut off': { answers: (wire) => [cut(...wire({ text: right.slice(0, -1) }))] },
  'an answer that reaches the limit': {
    answers: (wire) => [sse(...wire({ text: right.slice(0, -1), finish: 'length' }))],
  },
  'an answer of half an event': {
    answers: (wire) => [sse(...wire({ text: right.slice(0, 2) }), `data: {"x":"${planted.answer}\n\n`)],
  },
  'an error of the server': { answers: () => [status(500, { error: { message: 'It is broken.' } })] },
  'a wrong key, which the server repeats': {
    answers: () => [status(401, { error: { message: `Incorrect API key ${planted.key} for ${planted.prompt}` } })],
    echoes: true,
  },
  'JSON that repeats the request': {
    answers: () => [body('application/json', JSON.stringify(repeated))],
  },
  'lines of another API, with the answer': {
    answers: () => [
      body('application/x-ndjson', right.map((text) => `${JSON.stringify({ response: text })}\n`).join('')),
    ],
  },
  'events of another API, which repeat the request': {
    answers: () => [sse(...[repeated, repeated].map((each) => `data: ${JSON.stringify(each)}\n\n`))],
    repeats: true,
  },
  'an answer as text': {
    answers: () => [body('text/event-stream', `data: ${planted.answer}\n\n`)],
  },
  'a page with the address of the request': {
    answers: () => [body('text/html', `<title>No http://u:${planted.key}@host/v1?key=${planted.key}</title>`)],
  },
  'a page': {
    answers: () => [
      (response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>');
      },
    ],
  },
};

/** What each output may hold, because it was asked for it: the answer is what a server sends its browser. */
const allowed: Readonly<Record<string, readonly Secret[]>> = {
  errors: [],
  spans: [],
  metrics: [],
  console: [],
  'server-sent events': ['answer'],
  recording: ['answer', 'input'],
  inspector: ['answer', 'input', 'output'],
};

/** Every way in which an error is written down. Its cause is the SDK's, if it is not one of ours. */
function written(error: unknown): string {
  if (!(error instanceof StructuredError)) return '';
  const cause = written(error.cause);
  const listed = JSON.stringify(Object.assign({}, error));
  // The second way is that of Node with an uncaught error.
  const printed = [{}, { customInspect: false }].map((options) => inspect(error, { depth: 9, ...options }));
  return [error.message, error.stack, JSON.stringify(error), listed, ...printed, cause].join('\n');
}

/** All that comes of one question, by output. */
async function outputs(model: CompletionModel<never>, file: string): Promise<Readonly<Record<string, string>>> {
  const exporter = new InMemorySpanExporter();
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).getTracer('spec');
  const metrics: Attributes[] = [];
  const meter = Object.assign(Object.create(createNoopMeter()) as Meter, {
    createHistogram: () => ({ record: (_: number, attributes: Attributes = {}) => metrics.push(attributes) }),
  });
  const inspector = await startInspector({ port: 0 });
  const errors: unknown[] = [];
  const events = answerEvents((watch) =>
    traceCompletion(
      (trace) =>
        structuredCompletion(pipeModel(model, recorded(file)), {
          ...{ codec, messages, tools: { lookUp }, retries: 1, watch: trace },
        }).pipe(tap({ error: (error: unknown) => errors.push(error) })),
      { provider: 'p', model: 'm', ...{ meter, tracer, watch: both(watch, inspector.watch('all')) } },
    ),
  );
  const sent = await lastValueFrom(events.pipe(toArray()), { defaultValue: [] });
  const body = await toSseResponse(from(sent)).text();
  const nest = await lastValueFrom(from(sent).pipe(toMessageEvents({ heartbeat: Infinity }), toArray()), {
    defaultValue: [],
  });
  const spans = exporter
    .getFinishedSpans()
    .map(({ name, attributes, events: happened, status: ended }) => ({ name, attributes, happened, ended }));
  const page = await readInspector(inspector.url);
  await inspector.close();
  return {
    errors: errors.map(written).join('\n'),
    spans: JSON.stringify(spans),
    metrics: JSON.stringify(metrics),
    'server-sent events': body + JSON.stringify(nest),
    recording: await readFile(file, 'utf8'),
    inspector: page,
  };
}

const both =
  (...watchers: readonly ((event: WatchedEvent) => void)[]) =>
  (event: WatchedEvent): void => {
    for (const watch of watchers) watch(event);
  };

/** The page and its parts, and what its events say of every completion. */
async function readInspector(url: string): Promise<string> {
  const parts = await Promise.all(
    ['', 'page.js', 'page.css'].map(async (part) => (await fetch(`${url}${part}`)).text()),
  );
  const controller = new AbortController();
  const response = await fetch(`${url}events?completion=1`, { signal: controller.signal });
  let told = '';
  const decoder = new TextDecoder();
  const timer = setTimeout(() => {
    controller.abort();
  }, 150);
  try {
    for await (const bytes of response.body!) told += decoder.decode(bytes, { stream: true });
  } catch {
    // Aborted: the page's events never end.
  }
  clearTimeout(timer);
  expect(told).to.include('event');
  return parts.join('') + told;
}

describe('secrets', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rx-structured-'));
  });
  after(() => rm(folder, { recursive: true }));

  for (const [name, entry] of Object.entries(entries))
    for (const [what, { answers, echoes, repeats }] of Object.entries(scenarios))
      it(`are in no output of ${name} that was not asked for them: ${what}`, async () => {
        const server = await ModelServer.start(...answers(entry.wire).map(withHeader));
        const logged: string[] = [];
        const { log, warn, error, info, debug } = console;
        const listen = (...values: unknown[]): void => {
          logged.push(values.map((value) => inspect(value)).join(' '));
        };
        Object.assign(console, { log: listen, warn: listen, error: listen, info: listen, debug: listen });
        let all: Readonly<Record<string, string>>;
        try {
          all = await outputs(entry.model(server.url), join(folder, `${name}-${what.replaceAll(/\W/g, '')}.jsonl`));
        } finally {
          Object.assign(console, { log, warn, error, info, debug });
          await server.stop();
        }
        // The secrets were there to be told.
        const asked = JSON.stringify(server.exchanges.map(({ path, headers, body }) => ({ path, headers, body })));
        for (const secret of ['key', 'header', 'system', 'prompt', 'image'] as const)
          expect(asked, secret).to.include(planted[secret]);

        for (const [output, text] of Object.entries({ ...all, console: logged.join('\n') })) {
          const may = allowed[output]!.map((secret) => planted[secret] as string);
          // A server that repeats a prompt has published it: a tape and the page on your machine tell its words.
          if (echoes && (output === 'recording' || output === 'inspector')) may.push(planted.prompt);
          // Packages of the AI SDK quote the event that they do not know.
          if (repeats && (output === 'recording' || output === 'inspector'))
            may.push(planted.system, planted.prompt, planted.header, planted.query);
          if (echoes && output === 'errors') continue;
          for (const [secret, words] of Object.entries(planted))
            if (!may.includes(words))
              expect(text.includes(words), `${secret} in ${output}: ${context(text, words)}`).to.equal(false);
        }
      });
});

const context = (text: string, words: string): string => {
  const at = text.indexOf(words);
  return at < 0 ? '' : text.slice(Math.max(0, at - 200), at + 100);
};
