import { expect } from 'chai';
import * as t from 'io-ts';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { EMPTY, lastValueFrom, map, materialize, of, ReplaySubject, toArray } from 'rxjs';
import { IncompleteCompletionError } from '../../lib/deltas/IncompleteCompletionError.js';
import { fromSse, SseError, toSseResponse, type AnswerEvent, type FromSseInit } from '../../lib/sse/index.js';

const codec = t.type({ a: t.number });
const retry = (milliseconds: number, more = ''): string =>
  `id:0\nevent:begin\ndata:{"retry":${milliseconds}${more}}\n\n`;
const resumeAt = (id: number, milliseconds = 1): string => `id:${id}\nevent:begin\ndata:{"retry":${milliseconds}}\n\n`;
const text = (id: number, delta: string): string => `id:${id}\ndata:${JSON.stringify(delta)}\n\n`;
const complete = (id: number): string => `id:${id}\nevent:complete\ndata:{"completion":{}}\n\n`;
const done = (id: number): string => `id:${id}\nevent:done\ndata:{}\n\n`;

/** Its notifications, to its end: values as JSON, and the error. */
async function seen(url: string, init: Partial<FromSseInit<{ a: number }>> = {}): Promise<readonly unknown[]> {
  return lastValueFrom(
    fromSse(url, { codec, ...init }).pipe(
      materialize(),
      map(({ kind, value, error }): unknown => {
        if (kind === 'E') return error as unknown;
        if (value === undefined) return 'end';
        return value._tag === 'Left' ? value.left.message : `${value.right._tag} ${JSON.stringify(value.right.value)}`;
      }),
      toArray(),
    ),
    { defaultValue: [] },
  );
}

/** The answer to a connection. */
type Serve = (response: ServerResponse, lastEventId: string | undefined) => void | Promise<void>;

describe('fromSse, over connections as they are', () => {
  let serve: Serve[];
  let requests: number[];
  let open: ServerResponse[];
  const server = createServer((request, response) => {
    const now = serve[requests.push(performance.now()) - 1] ?? serve.at(-1);
    open.push(response);
    void now?.(response, request.headers['last-event-id']?.toString());
  });
  let url: string;

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  beforeEach(() => {
    serve = [];
    requests = [];
    open = [];
  });

  afterEach(() => {
    server.closeAllConnections();
  });

  after((closed) => {
    server.close(closed);
  });

  const send =
    (...events: readonly string[]): Serve =>
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(events.join(''));
    };
  const sendAndWait =
    (...events: readonly string[]): Serve =>
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(events.join(''));
    };

  describe('ends with the answer', () => {
    it('where done is lost, without another request', async () => {
      serve = [send(retry(1), text(1, '{"a":1}'), complete(2))];
      expect(await seen(url)).to.deep.equal(['Partial {"a":1}', 'Complete {"a":1}', 'end']);
      await setTimeout(150);
      expect(requests).to.have.length(1);
    });

    it('where the server holds the connection open, which is let go', async () => {
      serve = [sendAndWait(retry(1), text(1, '{"a":1}'), complete(2))];
      expect(await seen(url)).to.deep.equal(['Partial {"a":1}', 'Complete {"a":1}', 'end']);
      const [response] = open;
      await new Promise((closed) => response?.once('close', closed));
      expect(requests).to.have.length(1);
    });
  });

  describe('drops what comes twice', () => {
    it('on one connection', async () => {
      serve = [
        send(retry(1), text(1, '{"a":'), text(1, '{"a":'), text(2, '1'), text(1, '{'), text(3, '}'), complete(4)),
      ];
      expect((await seen(url)).at(-2)).to.equal('Complete {"a":1}');
    });

    it('on a later one, whose server begins earlier than it was asked to', async () => {
      serve = [
        send(retry(1), text(1, '{"a":'), text(2, '1')),
        send(resumeAt(2), text(1, '{"a":'), text(2, '1'), text(3, '2}'), complete(4), done(4)),
      ];
      expect(await seen(url)).to.deep.equal([
        'Partial {}',
        'Partial {"a":1}',
        'Partial {"a":12}',
        'Complete {"a":12}',
        'end',
      ]);
    });

    it('under ids that are no numbers, which other servers have', async () => {
      const named = (id: string, delta: string): string => `id:${id}\ndata:${JSON.stringify(delta)}\n\n`;
      serve = [
        send(retry(1), named('one', '{"a":'), named('one', '{"a":'), named('two', '1')),
        send('id:two\nevent:begin\ndata:{"retry":1}\n\n', named('two', '1'), named('three', '}'), complete(4)),
      ];
      expect((await seen(url)).at(-2)).to.equal('Complete {"a":1}');
    });
  });

  it('counts the losses in a row: a connection that brings nothing new is one more', async () => {
    serve = [
      send(retry(1), text(1, '{"a":')),
      // It begins well each time, and says again what was said.
      send(resumeAt(1), text(1, '{"a":')),
    ];
    const [, error] = await seen(url, { resumes: 3 });
    expect(error).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason: 'interrupted', text: '{"a":' });
    expect(requests).to.have.length(4);
  });

  it('does not come back where resumes is NaN or negative, and rounds a fraction down', async () => {
    for (const [resumes, count] of [
      [NaN, 1],
      [-1, 1],
      [1.9, 2],
    ] as const) {
      requests = [];
      serve = [send(retry(0), text(1, '{')), send(resumeAt(1))];
      expect((await seen(url, { resumes })).at(-1)).to.be.instanceOf(IncompleteCompletionError);
      expect(requests.length, String(resumes)).to.equal(count);
    }
  });

  it('waits before it comes back, though the server says 0, and not all clients as long', async () => {
    serve = [send(retry(0), text(1, '{')), send(resumeAt(1, 0))];
    await seen(url, { resumes: 3 });
    for (const [nth, time] of requests.entries()) if (nth > 0) expect(time - (requests[nth - 1] ?? 0)).to.be.above(90);

    const waits = await Promise.all(
      Array.from({ length: 6 }, async () => {
        let asked = 0;
        const fetch = (): Promise<Response> => {
          if (asked > 0) return Promise.resolve(new Response(null, { status: 204, headers: { x: String(asked) } }));
          asked = performance.now();
          return Promise.resolve(
            new Response(retry(400) + text(1, '{'), { headers: { 'content-type': 'text/event-stream' } }),
          );
        };
        await seen(url, { fetch });
        return performance.now() - asked;
      }),
    );
    expect(Math.max(...waits) - Math.min(...waits)).to.be.above(5);
    expect(Math.max(...waits)).to.be.below(10_000);
  });

  describe('notices a server that is silent', () => {
    it('and comes back to it, if it can', async () => {
      serve = [
        sendAndWait(retry(1, ',"heartbeat":20'), text(1, '{"a":')),
        send(resumeAt(1), text(2, '1}'), complete(3), done(3)),
      ];
      expect((await seen(url)).at(-2)).to.equal('Complete {"a":1}');
    });

    it('and is interrupted, if it cannot', async () => {
      serve = [sendAndWait('id:0\nevent:begin\ndata:{}\n\n', text(1, '{"a":'))];
      const error = (await seen(url, { heartbeat: 10 })).at(-1);
      expect(error).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason: 'interrupted' });
    });

    it('before it has answered at all, the first time and when it is asked to go on', async () => {
      serve = [() => undefined];
      const error = (await seen(url, { heartbeat: 10 })).at(-1);
      expect(error).to.be.instanceOf(IncompleteCompletionError).and.to.include({ reason: 'interrupted' });

      requests = [];
      serve = [
        send(retry(1, ',"heartbeat":20'), text(1, '{"a":')),
        () => undefined,
        send(resumeAt(1), text(2, '1}'), complete(3)),
      ];
      expect((await seen(url, { heartbeat: 10 })).at(-2)).to.equal('Complete {"a":1}');
      expect(requests).to.have.length(3);
    });

    it('but not one that sends comments', async () => {
      serve = [
        async (response) => {
          void sendAndWait(retry(1, ',"heartbeat":20'), text(1, '{"a":'))(response, undefined);
          for (let n = 0; n < 15; n += 1) {
            await setTimeout(100);
            response.write(':\n\n');
          }
          response.end(text(2, '1}') + complete(3));
        },
      ];
      expect((await seen(url)).at(-2)).to.equal('Complete {"a":1}');
      expect(requests).to.have.length(1);
    });
  });

  it('is told of a heartbeat that is not the default', async () => {
    const begin = async (config: object): Promise<string> => {
      const body = await toSseResponse(EMPTY, config).text();
      return /data:(.*)/.exec(body)?.[1] ?? '';
    };
    expect(await begin({})).to.equal('{}');
    expect(await begin({ heartbeat: 60_000 })).to.equal('{"heartbeat":60000}');
    expect(await begin({ heartbeat: 5000, resumable: true })).to.equal('{"retry":1000,"heartbeat":5000}');
    expect(await begin({ retry: NaN, resumable: true })).to.equal('{"retry":1000}');
    expect(await begin({ retry: -5, resumable: true })).to.equal('{"retry":0}');
  });

  describe('takes a response that is not an answer', () => {
    it('by its status, with as much of the body as it may be long', async () => {
      serve = [
        (response) => {
          response.writeHead(500, { 'content-type': 'text/plain' });
          const pour = (): void => {
            while (!response.destroyed && response.write('x'.repeat(65_536)));
          };
          response.on('drain', pour);
          pour();
        },
      ];
      const [error] = await seen(url);
      expect(error).to.be.instanceOf(SseError).and.to.include({ code: 'status', status: 500 });
      expect((error as SseError).body).to.equal('x'.repeat(10_000));
      const [response] = open;
      if (response?.destroyed === false) await new Promise((closed) => response.once('close', closed));
    });

    it('by its status, with what came in two seconds of a body that never ends', async () => {
      serve = [
        (response) => {
          response.writeHead(503, { 'content-type': 'text/plain' }).write('We are ');
        },
      ];
      const started = performance.now();
      const [error] = await seen(url);
      expect(error).to.include({ code: 'status', status: 503, body: 'We are ' });
      expect(performance.now() - started).to.be.above(1500);
    });

    it('by its content type, whatever its case and its parameters', async () => {
      const typed = async (type: string): Promise<unknown> => {
        serve = [
          (response) => {
            response.writeHead(200, { 'content-type': type }).end(retry(1) + text(1, '{"a":1}') + complete(2));
          },
        ];
        return (await seen(url)).at(-1);
      };
      for (const type of ['Text/Event-Stream', 'text/event-stream;charset=UTF-8', 'TEXT/EVENT-STREAM ; x=1'])
        expect(await typed(type), type).to.equal('end');
      for (const type of ['text/event-streamx', 'text/event-stream-x; charset=utf-8', 'text/event', 'text/html'])
        expect(await typed(type), type)
          .to.be.instanceOf(SseError)
          .and.to.include({ code: 'content-type' });
    });
  });

  it('reads a failure of a kind that it does not know as internal', async () => {
    serve = [send(retry(1), 'id:1\nevent:failed\ndata:{"code":"bankrupt","message":"Sorry."}\n\n', done(1))];
    const [error] = await seen(url);
    expect(error).to.include({ name: 'RemoteCompletionError', code: 'internal', message: 'Sorry.' });
  });

  it('reads retries without end, which JSON cannot say', async () => {
    const invalid: AnswerEvent = {
      ...{ type: 'invalid', tag: 'InvalidJson', message: 'no', path: [], attempt: 1, text: '' },
      retriesLeft: Infinity,
    };
    const body = await toSseResponse(of(invalid)).text();
    serve = [send(body)];
    const lefts: number[] = [];
    await fromSse(url, { codec }).forEach((either) => {
      if (either._tag === 'Left') lefts.push(either.left.retriesLeft);
    });
    expect(lefts).to.deep.equal([Infinity]);
  });

  it('stops a native EventSource that comes back to an answer that is over', () => {
    const log = new ReplaySubject<AnswerEvent>(Infinity);
    log.next({ type: 'text', text: '{}' });
    log.next({ type: 'complete', completion: {} });
    const status = (lastEventId: string): number => toSseResponse(log, { resumable: true, lastEventId }).status;
    expect(status('2'), 'the answer goes on').to.equal(200);
    log.complete();
    expect(['0', '1', '2', '3'].map(status)).to.deep.equal([200, 200, 204, 204]);
  });
});
