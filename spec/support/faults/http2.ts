import { once } from 'node:events';
import { constants, createSecureServer, type Http2SecureServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { generate } from 'selfsigned';
import { Agent, fetch as undiciFetch } from 'undici';
import { untilRead } from './serving.js';
import { COMPLETE, DELTAS, type Source } from './Source.js';
import { comes, eitherOf, interrupted, namesStatus, type Law } from './Law.js';
import type { Ask, Trial, TrialRun } from './Trial.js';

/** Milliseconds of silence that are too many for a model. */
const IDLE = 400;

interface Arrival {
  /** The request is the n-th, from 0. */
  readonly nth: number;
  readonly lastEventId: number;
  /** Breaks the connection. */
  readonly breakOff: () => void;
}

/** The behaviour of a server for a request of HTTP/2. */
type Behaviour = (stream: ServerHttp2Stream, arrival: Arrival) => void | Promise<void>;

let certificate: Promise<{ readonly key: string; readonly cert: string }> | undefined;

/** A certificate for this run. */
async function certify(): Promise<{ readonly key: string; readonly cert: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], { keySize: 2048 });
  return { key, cert };
}

/** A `fetch` that speaks HTTP/2 with servers that prove nothing. */
function openFetch(): { readonly agent: Agent; readonly fetch: typeof globalThis.fetch } {
  const agent = new Agent({ allowH2: true, connect: { rejectUnauthorized: false } });
  // The types of undici are not those of Node's own, of another version.
  const ask = undiciFetch as unknown as typeof globalThis.fetch;
  return { agent, fetch: (input, init) => ask(input, { ...init, dispatcher: agent } as RequestInit) };
}

async function runOver(behave: Behaviour, ask: Ask): Promise<TrialRun> {
  const { agent, fetch } = openFetch();
  certificate ??= certify();
  const server = createSecureServer(await certificate);
  const arrivals: { readonly closed: Promise<'answered' | 'aborted'> }[] = [];
  const sockets = new Set<Duplex>();
  let isOver = false;
  server.on('secureConnection', (socket: Duplex) => sockets.add(socket.on('error', () => undefined)));
  server.on('session', (session) => session.on('error', () => undefined));
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    const closed = new Promise<'answered' | 'aborted'>((resolve) => {
      stream.once('close', () => {
        resolve(stream.aborted && !isOver ? 'aborted' : 'answered');
      });
    });
    arrivals.push({ closed });
    stream.resume();
    const breakOff = (): void => {
      for (const socket of sockets) socket.destroy();
    };
    void behave(stream, { nth: arrivals.length - 1, lastEventId: Number(headers['last-event-id'] ?? 0), breakOff });
  });
  const outcome = await ask(await listen(server), fetch);
  // The server hears of a client that has left before it leaves itself.
  await Promise.race([arrivals.at(-1)?.closed, new Promise((resolve) => setTimeout(resolve, 500).unref())]);
  isOver = true;
  for (const socket of sockets) socket.destroy();
  server.close();
  void agent.destroy();
  return { outcome, arrivals };
}

async function listen(server: Http2SecureServer): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function begin(stream: ServerHttp2Stream, { protocol }: Source): void {
  if (stream.destroyed) return;
  stream.respond({
    ':status': 200,
    'content-type': protocol === 'ollama' ? 'application/x-ndjson' : 'text/event-stream',
  });
}

async function write(stream: ServerHttp2Stream, frames: readonly string[]): Promise<void> {
  for (const frame of frames) {
    if (stream.destroyed) return;
    stream.write(frame);
    await new Promise((next) => setImmediate(next));
  }
}

/** An answer, and in the middle of it something else. */
function breakOff(source: Source, then: Behaviour): Behaviour {
  return async (stream, arrival) => {
    begin(stream, source);
    if (arrival.nth > 0) {
      await write(stream, source.say(DELTAS, arrival.lastEventId));
      stream.end();
      return;
    }
    const frames = source.say(DELTAS);
    await write(stream, frames.slice(0, frames.findIndex((frame) => frame.includes('Än')) + 1));
    await untilRead();
    await then(stream, arrival);
  };
}

/** Over HTTP/2: the answer, and what only HTTP/2 can do to it. */
export function http2Of(source: Source): readonly Trial[] {
  const trial = (name: string, behave: Behaviour, law: Law, more: Partial<Trial> = {}): Trial => ({
    source,
    kind: 'HTTP/2',
    name,
    serve: () => undefined,
    run: (ask) => runOver(behave, ask),
    law,
    idleTimeout: IDLE,
    ...more,
  });
  const isRight = comes(COMPLETE);
  const lost = source.resumes ? isRight : comes(/^IncompleteCompletionError interrupted "\{\\"name\\":\\"Än"/);
  const silent = source.resumes
    ? isRight
    : comes(source.reader === 'page' ? /^IncompleteCompletionError interrupted / : /^IdleTimeoutError: /);
  const { NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR, NGHTTP2_ENHANCE_YOUR_CALM, NGHTTP2_REFUSED_STREAM } = constants;
  const whole: Behaviour = async (stream, { lastEventId }) => {
    begin(stream, source);
    await write(stream, source.say(DELTAS, lastEventId));
    stream.end();
  };
  const error = comes(/^\w*Error: /);
  return [
    trial('an answer', whole, isRight),
    ...Object.entries({ NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR, NGHTTP2_ENHANCE_YOUR_CALM }).map(([name, code]) =>
      trial(
        `RST_STREAM with ${name}`,
        breakOff(source, (stream) => {
          stream.close(code);
        }),
        lost,
      ),
    ),
    trial(
      'an end without a finish',
      breakOff(source, (stream) => {
        stream.end();
      }),
      lost,
    ),
    trial(
      'GOAWAY, and the session is over',
      breakOff(source, (stream) => {
        stream.session?.goaway(NGHTTP2_INTERNAL_ERROR);
        stream.session?.destroy();
      }),
      lost,
    ),
    trial(
      // undici gives up what was under way.
      'GOAWAY, and the rest of the answer',
      async (stream, { lastEventId }) => {
        begin(stream, source);
        const frames = source.say(DELTAS, lastEventId);
        await write(stream, frames.slice(0, 2));
        stream.session?.goaway();
        await untilRead();
        await write(stream, frames.slice(2));
        stream.end();
      },
      eitherOf(isRight, interrupted('', /^/)),
    ),
    trial(
      'a connection that breaks',
      breakOff(source, (_, arrival) => {
        arrival.breakOff();
      }),
      lost,
    ),
    trial(
      'silence',
      breakOff(source, () => undefined),
      silent,
      { isAborted: source.resumes !== true },
    ),
    trial(
      'silence before the headers',
      (stream, arrival) => (arrival.nth === 0 ? undefined : whole(stream, arrival)),
      source.reader === 'page' ? comes(/^IncompleteCompletionError interrupted ""/) : silent,
      { isAborted: true },
    ),
    trial(
      'a request that is refused',
      (stream) => {
        stream.close(NGHTTP2_REFUSED_STREAM);
      },
      error,
    ),
    trial(
      '429',
      (stream) => {
        stream.respond({ ':status': 429, 'content-type': 'application/json' });
        stream.end('{"error":{"message":"Nope"}}');
      },
      namesStatus(429),
    ),
    trial(
      'a reset after the answer',
      async (stream, { lastEventId }) => {
        begin(stream, source);
        await write(stream, source.say(DELTAS, lastEventId));
        await untilRead();
        stream.close(NGHTTP2_INTERNAL_ERROR);
      },
      isRight,
    ),
  ];
}
