import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { readInvoice } from './readInvoice.js';

interface ChatRequest {
  readonly messages: readonly { readonly role: string; readonly content: string | null }[];
  readonly max_completion_tokens?: number;
}

/** A failure that replaces one answer. */
export type Mishap =
  | { readonly kind: 'say'; readonly answer: string }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'drop'; readonly afterTokens: number };

/** One request as the model saw it. */
export interface ModelRequest {
  readonly messages: ChatRequest['messages'];
  /** How many tokens have been written. */
  tokens: number;
  /** `aborted`: the other side closed the connection before the answer was over. */
  state: 'writing' | 'finished' | 'aborted' | 'failed';
}

export interface ModelServer {
  /** For `OPENAI_BASE_URL`. */
  readonly url: string;
  /** Every request since the start, oldest first. */
  readonly requests: ModelRequest[];
  /** Milliseconds between two tokens. */
  pace: number;
  /** Whether it learns nothing from being corrected. */
  stubborn: boolean;
  /** Failures of the next requests, one each. */
  readonly mishaps: Mishap[];
  stop(): Promise<void>;
}

/** Some tokens are words, some are syllables. */
const toTokens = (answer: string): readonly string[] => answer.match(/[\s\S]{1,5}/g) ?? [];

/** A model server on 127.0.0.1 that speaks OpenAI's protocol, reads invoices by patterns, and remembers what was asked. */
export async function startModelServer({ port = 0, pace = 25 } = {}): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  const mishaps: Mishap[] = [];

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { messages, max_completion_tokens: limit = Infinity } = JSON.parse(await text(incoming)) as ChatRequest;
    const request: ModelRequest = { messages, tokens: 0, state: 'writing' };
    const number = requests.push(request);
    response.once('close', () => {
      if (request.state === 'writing') request.state = response.writableFinished ? 'finished' : 'aborted';
    });

    const mishap = mishaps.shift();
    if (mishap?.kind === 'status') {
      request.state = 'failed';
      busy(response, mishap.status);
      return;
    }
    const article = articleToLookUp(messages);
    const chunk = begin(response, `chatcmpl-${number}`);
    chunk({ role: 'assistant', content: '' });
    if (article !== undefined) {
      chunk({ tool_calls: [callOf(`call_${number}`, article)] });
      chunk({}, 'tool_calls');
      end(response, `chatcmpl-${number}`, request);
      return;
    }
    const { field, tokens } = mishap?.kind === 'say' ? content(mishap.answer) : reply(messages, server.stubborn);
    for (const token of tokens.slice(0, limit)) {
      await wait(server.pace);
      if (response.destroyed) return;
      if (mishap?.kind === 'drop' && request.tokens >= mishap.afterTokens) {
        request.state = 'failed';
        response.destroy();
        return;
      }
      request.tokens += 1;
      chunk({ [field]: token });
    }
    chunk({}, tokens.length > limit ? 'length' : 'stop');
    end(response, `chatcmpl-${number}`, request);
  };

  const http = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const server: ModelServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    requests,
    mishaps,
    pace,
    stubborn: false,
    stop: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
  return server;
}

function busy(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message: 'The model is busy.', type: 'server_error' } }));
}

/** Begins an answer, and gives what writes its chunks. */
function begin(response: ServerResponse, id: string): (delta: object, finishReason?: string) => void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  return (delta, finishReason) => {
    write(response, id, { choices: [{ index: 0, delta, finish_reason: finishReason ?? null }] });
  };
}

/** The chunk after the last one, with the numbers and no choices. */
function end(response: ServerResponse, id: string, { messages, tokens }: ModelRequest): void {
  const asked = Math.ceil(messages.map((message) => message.content).join(' ').length / 4);
  const usage = { prompt_tokens: asked, completion_tokens: tokens, total_tokens: asked + tokens };
  write(response, id, { choices: [], usage });
  response.end('data: [DONE]\n\n');
}

function write(response: ServerResponse, id: string, body: object): void {
  const created = Math.floor(Date.now() / 1000);
  const chunk = { id, object: 'chat.completion.chunk', created, model: 'pattern-1', ...body };
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}

interface Reply {
  readonly field: 'content' | 'refusal';
  readonly tokens: readonly string[];
}

const content = (answer: string): Reply => ({ field: 'content', tokens: toTokens(answer) });

/** The first article number in the question whose name it has not been told. */
function articleToLookUp(messages: ChatRequest['messages']): string | undefined {
  const question = messages.find(({ role }) => role === 'user')?.content ?? '';
  const numbers = question.match(/\bA-\d{3}\b/g) ?? [];
  return numbers[messages.filter(({ role }) => role === 'tool').length];
}

const callOf = (id: string, number: string) => ({
  index: 0,
  id,
  type: 'function',
  function: { name: 'lookUpArticle', arguments: JSON.stringify({ number }) },
});

/** The answer's tokens and where they go: some texts are not to be read. */
function reply(messages: ChatRequest['messages'], stubborn: boolean): Reply {
  const question = messages.find(({ role }) => role === 'user')?.content ?? '';
  if (/\b(?:\d{4}[ -]){3}\d{4}\b/.test(question))
    return { field: 'refusal', tokens: toTokens('I can’t extract payment card numbers from a message.') };
  const corrected = !stubborn && messages.some(({ role, content: said }) => role === 'assistant' && said !== null);
  const names = messages.filter(({ role }) => role === 'tool').map(({ content: name }) => name ?? '');
  const told = question.replace(/\bA-\d{3}\b/g, (number) => names.shift() ?? number);
  return content(JSON.stringify(readInvoice(told, corrected)));
}
