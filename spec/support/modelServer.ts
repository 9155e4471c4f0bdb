import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request, as the server saw it. */
export interface Exchange {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  /** When the connection is over: whether the answer had been sent to its end. */
  readonly closed: Promise<'answered' | 'aborted'>;
}

/** The server's behaviour for a request. */
export type Answer = (response: ServerResponse) => void | Promise<void>;

/** The answer to a request, the n-th from 0. */
type AnswerTo = (exchange: Exchange, nth: number) => Answer | undefined;

/**
 * A real HTTP server in the place of a provider: the n-th request gets the n-th answer, the last one again and again.
 */
export class ModelServer {
  readonly exchanges: Exchange[] = [];
  readonly #answerTo: AnswerTo;
  readonly #server: Server;

  constructor(answerTo: AnswerTo) {
    this.#answerTo = answerTo;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static start(...answers: readonly Answer[]): Promise<ModelServer> {
    return ModelServer.startWith((_, nth) => answers[Math.min(nth, answers.length - 1)]);
  }

  /** A server whose answer depends on the question. */
  static async startWith(answerTo: AnswerTo): Promise<ModelServer> {
    const server = new ModelServer(answerTo);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const closed = once(response, 'close').then(() => (response.writableFinished ? 'answered' : 'aborted'));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Exchange['body'];
    const exchange = { path: request.url ?? '', headers: request.headers, body, closed };
    this.exchanges.push(exchange);
    await this.#answerTo(exchange, this.exchanges.length - 1)?.(response);
  }
}

/** Sends these server-sent events, each in a write of its own, and ends. */
export function sse(...events: readonly string[]): Answer {
  return async (response) => {
    await stream(response, events);
    response.end();
  };
}

/** Sends these server-sent events, and then nothing more, for ever. */
export function stall(...events: readonly string[]): Answer {
  return (response) => stream(response, events);
}

/** Sends these server-sent events, and then the connection breaks. */
export function cut(...events: readonly string[]): Answer {
  return async (response) => {
    await stream(response, events);
    response.destroy();
  };
}

/** Accepts the request, and never answers. */
export const silence: Answer = () => undefined;

/** An HTTP error with a body such as providers send. */
export function status(code: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

async function stream(response: ServerResponse, events: readonly string[]): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  for (const event of events) {
    await new Promise<void>((written) => {
      response.write(event, () => {
        written();
      });
    });
    // A write of its own is a read of its own only if the client gets a turn.
    await new Promise((next) => setImmediate(next));
  }
}
