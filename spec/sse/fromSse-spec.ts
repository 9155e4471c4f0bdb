import { expect } from 'chai';
import * as t from 'io-ts';
import { setTimeout } from 'node:timers/promises';
import {
  lastValueFrom,
  map,
  materialize,
  NEVER,
  of,
  ReplaySubject,
  Subject,
  take,
  toArray,
  type Observable,
} from 'rxjs';
import { IncompleteCompletionError } from '../../lib/deltas/IncompleteCompletionError.js';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { scriptedModel } from '../../lib/testing/index.js';
import {
  answerEvents,
  fromSse,
  SseError,
  toSseResponse,
  type AnswerEvent,
  type FromSseInit,
} from '../../lib/sse/index.js';
import { recordTimers } from '../support/recordTimers.js';
import { answerText as text } from '../support/textEvents.js';

const codec = t.type({ a: t.number });
const complete: AnswerEvent = { type: 'complete', completion: { id: 'x' } };
const answer = [text('{"a":'), text('1'), text('2}'), complete];
const whole = [
  { kind: 'N', value: 'Partial {}' },
  { kind: 'N', value: 'Partial {"a":1}' },
  { kind: 'N', value: 'Partial {"a":12}' },
  { kind: 'N', value: 'Complete {"a":12}' },
  { kind: 'C' },
];

/** A server of one `fetch`, which remembers its requests. */
function serverOf(...responses: readonly ((request: Request) => Response | Promise<Response>)[]) {
  const requests: Request[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const respond = responses[requests.push(request) - 1];
    request.signal.throwIfAborted();
    return respond?.(request) ?? new Response(null, { status: 503 });
  };
  return { requests, fetch };
}

const url = 'http://server.test/answer';

type Notification = { readonly kind: string; readonly value?: string; readonly error?: unknown };

/** Its notifications, to its end. */
function seen(
  fetch: typeof globalThis.fetch,
  init: Partial<FromSseInit<{ a: number }>> = {},
  input: string | Request = url,
): Promise<readonly Notification[]> {
  return lastValueFrom(
    fromSse(input, { codec, fetch, ...init }).pipe(
      map((either) =>
        either._tag === 'Left'
          ? `Left ${either.left.message}`
          : `${either.right._tag} ${JSON.stringify(either.right.value)}`,
      ),
      materialize(),
      map(({ kind, value, error }) => ({
        kind,
        ...(value !== undefined && { value }),
        ...(error !== undefined && { error: error as unknown }),
      })),
      toArray(),
    ),
    { defaultValue: [] },
  );
}

/** The body of a response, event by event as a client that waits for each would get it. */
async function bytesOf(events: Observable<AnswerEvent>, config = {}): Promise<Uint8Array[]> {
  const reader = toSseResponse(events, config).body!.getReader();
  const chunks: Uint8Array[] = [];
  for (;;) {
    const { value } = await reader.read();
    if (value === undefined) return chunks;
    chunks.push(value);
  }
}

const headers = { 'content-type': 'text/event-stream; charset=utf-8' };

function streamOf(chunks: readonly (Uint8Array | string)[], end?: Error): Response {
  const encoder = new TextEncoder();
  const rest = [...chunks];
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = rest.shift();
        if (chunk !== undefined) controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
        else if (end) controller.error(end);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers });
}

/** All that was sent is one event for each of {@link answer}. */
const sentOneByOne =
  'id:0\nevent:begin\ndata:{}\n\nid:1\ndata:"{\\"a\\":"\n\nid:2\ndata:"1"\n\nid:3\ndata:"2}"\n\n' +
  'id:4\nevent:complete\ndata:{"completion":{"id":"x"}}\n\nid:4\nevent:done\ndata:{}\n\n';

describe('fromSse', () => {
  it('gives what the server saw', async () => {
    const server = serverOf(() => streamOf([sentOneByOne]));
    expect(await seen(server.fetch)).to.deep.equal(whole);
  });

  it('reads it wherever the bytes are cut', async () => {
    const bytes = new TextEncoder().encode(sentOneByOne.replace('1"', '1"\r\n\r\n:ü'));
    for (let at = 0; at < bytes.length; at += 1) {
      const server = serverOf(() => streamOf([bytes.slice(0, at), bytes.slice(at)]));
      expect(await seen(server.fetch), `cut at ${at}`).to.deep.equal(whole);
    }
  });

  it('shows fewer partials where the server had merged events', async () => {
    const server = serverOf(() => toSseResponse(of(...answer)));
    expect((await seen(server.fetch)).slice(-3)).to.deep.equal(whole.slice(-3));
  });

  it('makes the request it is told to make, one per subscription', async () => {
    const server = serverOf(
      () => streamOf([sentOneByOne]),
      () => streamOf([sentOneByOne]),
    );
    const init = { method: 'POST', body: '{"q":1}', headers: { authorization: 'Bearer 1' } };
    await seen(server.fetch, init);
    const [request] = server.requests;
    expect(request).to.include({ method: 'POST', url });
    expect(await request!.text()).to.equal('{"q":1}');
    expect(Object.fromEntries(request!.headers)).to.include({
      accept: 'text/event-stream',
      authorization: 'Bearer 1',
    });

    const asked = new Request(url, init);
    await seen(server.fetch, {}, asked);
    expect(await server.requests[1]!.text()).to.equal('{"q":1}');
    expect(server.requests[1]!.headers.get('authorization')).to.equal('Bearer 1');
    expect(asked.bodyUsed).to.equal(false);
  });

  it('ignores events it does not know', async () => {
    const server = serverOf(() => streamOf(['event: weather\ndata: sun\n\n', sentOneByOne]));
    expect(await seen(server.fetch)).to.deep.equal(whole);
  });

  it('ignores events it does not know, text included', async () => {
    const server = serverOf(() => streamOf(['event: weather\ndata: "sun"\n\n', sentOneByOne]));
    expect(await seen(server.fetch)).to.deep.equal(whole);
  });

  describe('that was cut off', () => {
    const cut = sentOneByOne.slice(0, sentOneByOne.indexOf('id:3'));
    const interrupted = { reason: 'interrupted', text: '{"a":1' };

    it('is interrupted, though the connection ended well', async () => {
      const result = await seen(serverOf(() => streamOf([cut])).fetch);
      expect(result.slice(0, -1)).to.deep.equal(whole.slice(0, 2));
      expect(result.at(-1)?.error).to.be.instanceOf(IncompleteCompletionError).and.to.include(interrupted);
    });

    it('is interrupted where the connection is reset', async () => {
      const result = await seen(serverOf(() => streamOf([cut], new TypeError('terminated'))).fetch);
      expect(result.at(-1)?.error).to.be.instanceOf(IncompleteCompletionError).and.to.include(interrupted);
    });

    it('is whole all the same if only the end of the stream is missing', async () => {
      const most = sentOneByOne.slice(0, sentOneByOne.indexOf('id:4\nevent:done'));
      expect(await seen(serverOf(() => streamOf([most])).fetch)).to.deep.equal(whole);
    });

    it('is interrupted between a Left and the next attempt', async () => {
      const invalid = { tag: 'InvalidJson', message: 'no', path: [], attempt: 1, retriesLeft: 1, text: 'x' };
      const result = await seen(
        serverOf(() => streamOf([`id:0\nevent:begin\ndata:{}\n\nevent:invalid\ndata:${JSON.stringify(invalid)}\n\n`]))
          .fetch,
      );
      expect(result[0]).to.deep.equal({ kind: 'N', value: 'Left no' });
      expect(result[1]?.error).to.be.instanceOf(IncompleteCompletionError);
    });
  });

  describe('of a response that is not an answer', () => {
    const failures: readonly (readonly [what: string, response: () => Response, error: object])[] = [
      ['a refusal', () => new Response('{"no":1}', { status: 422 }), { code: 'status', status: 422, body: '{"no":1}' }],
      ['nothing to come back to', () => new Response(null, { status: 204 }), { code: 'status', status: 204, body: '' }],
      [
        'a page',
        () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
        { code: 'content-type', status: 200 },
      ],
      ['an object in the place of text', () => streamOf(['data: {}\n\n']), { code: 'malformed' }],
      ...['begin', 'invalid', 'unavailable', 'tool', 'complete', 'failed'].map(
        (name) =>
          [
            `a text in the place of ${name}`,
            () => streamOf([`event: ${name}\ndata: "x"\n\n`]),
            { code: 'malformed' },
          ] as const,
      ),
      ['data that is not JSON', () => streamOf(['event: complete\ndata: {\n\n']), { code: 'malformed' }],
      [
        'a verdict without reasons',
        () => streamOf(['event: invalid\ndata: {"tag":"InvalidJson"}\n\n']),
        { code: 'malformed' },
      ],
      [
        'a completion of something else',
        () => streamOf(['event: complete\ndata: {"completion":{"id":1}}\n\n']),
        { code: 'malformed' },
      ],
      [
        'an event without end',
        () => streamOf(Array.from({ length: 50 }, () => `data: "${'x'.repeat(50)}`)),
        { code: 'too-long' },
      ],
    ];
    for (const [what, response, error] of failures)
      it(`is an error: ${what}`, async () => {
        const [notification] = await seen(serverOf(response).fetch, { maxEventLength: 1000 });
        expect(notification?.error).to.be.instanceOf(SseError).and.to.include(error);
      });

    it('passes the failure of fetch on', async () => {
      const failure = new TypeError('fetch failed');
      const fetch = () => Promise.reject(failure);
      expect(await seen(fetch)).to.deep.equal([{ kind: 'E', error: failure }]);
    });
  });

  describe('that is left', () => {
    it('aborts the request before there is a response', async () => {
      const server = serverOf(() => new Promise<Response>(() => undefined));
      fromSse(url, { codec, fetch: server.fetch }).subscribe().unsubscribe();
      await setTimeout(0);
      expect(server.requests[0]?.signal.aborted).to.equal(true);
    });

    it('aborts it while the answer is written, and delivers nothing more', async () => {
      const events = new Subject<AnswerEvent>();
      const server = serverOf(() => toSseResponse(events));
      const values: unknown[] = [];
      const subscription = fromSse(url, { codec, fetch: server.fetch }).subscribe((value) => values.push(value));
      await setTimeout(10);
      events.next(text('{"a":1'));
      await setTimeout(10);
      expect(values).to.have.length(1);
      subscription.unsubscribe();
      events.next(text('2}'));
      await setTimeout(10);
      expect(values).to.have.length(1);
      expect(server.requests[0]?.signal.aborted).to.equal(true);
    });

    it('cancels the response of a fetch that does not heed the signal, whenever it comes', async () => {
      for (const delay of [0, 20]) {
        let isCancelled = false;
        const body = new ReadableStream<Uint8Array>({
          cancel: () => {
            isCancelled = true;
          },
        });
        const headers = { 'content-type': 'text/event-stream' };
        const response = setTimeout(delay).then(() => new Response(body, { headers }));
        const subscription = fromSse(url, { codec, fetch: () => response }).subscribe();
        await setTimeout(10);
        subscription.unsubscribe();
        await setTimeout(20);
        expect(isCancelled, `after ${delay} ms`).to.equal(true);
      }
    });

    it('leaves no timer behind', () =>
      recordTimers('Timeout', async (running) => {
        const subscription = fromSse(url, { codec, fetch: () => Promise.resolve(toSseResponse(NEVER)) }).subscribe();
        await setTimeout(10);
        expect(running.size).to.be.greaterThan(0);
        subscription.unsubscribe();
        expect(running.size).to.equal(0);
      }));

    it('aborts it within next', async () => {
      const server = serverOf(() => streamOf([sentOneByOne]));
      const values = await lastValueFrom(fromSse(url, { codec, fetch: server.fetch }).pipe(take(1), toArray()), {
        defaultValue: [],
      });
      expect(values).to.have.length(1);
      expect(server.requests[0]?.signal.aborted).to.equal(true);
    });

    it('does not break off a connection that has done its work', async () => {
      const server = serverOf(() => streamOf([sentOneByOne]));
      await seen(server.fetch);
      await setTimeout(0);
      expect(server.requests[0]?.signal.aborted).to.equal(false);
    });

    it('errors with the reason of its own signal, as fetch does', async () => {
      const controller = new AbortController();
      const server = serverOf(() => toSseResponse(NEVER));
      const result = seen(server.fetch, { signal: controller.signal });
      await setTimeout(10);
      const reason = new Error('too slow');
      controller.abort(reason);
      expect(await result).to.deep.equal([{ kind: 'E', error: reason }]);
      expect(server.requests[0]?.signal.aborted).to.equal(true);
      expect(await seen(server.fetch, { signal: AbortSignal.abort(reason) })).to.deep.equal([
        { kind: 'E', error: reason },
      ]);
      expect(server.requests).to.have.length(1);
    });
  });

  describe('that can be resumed', () => {
    /** The server's log: the answer as it is replayed. */
    function log(): ReplaySubject<AnswerEvent> {
      const events = new ReplaySubject<AnswerEvent>(Infinity);
      for (const event of answer) events.next(event);
      events.complete();
      return events;
    }
    const resumed = (request: Request) =>
      toSseResponse(log(), { resumable: true, lastEventId: request.headers.get('last-event-id') });
    const begin = 'id:0\nevent:begin\ndata:{"retry":1}\n\n';
    const first = `${begin}id:2\ndata:"{\\"a\\":1"\n\n`;

    it('goes on where the connection was lost', async () => {
      const server = serverOf(() => streamOf([first]), resumed);
      expect(await seen(server.fetch)).to.deep.equal([
        { kind: 'N', value: 'Partial {"a":1}' },
        { kind: 'N', value: 'Partial {"a":12}' },
        { kind: 'N', value: 'Complete {"a":12}' },
        { kind: 'C' },
      ]);
      expect(server.requests.map(({ headers }) => headers.get('last-event-id'))).to.deep.equal([null, '2']);
    });

    it('goes on where nothing had come yet', async () => {
      const server = serverOf(() => streamOf([begin]), resumed);
      expect((await seen(server.fetch)).at(-2)).to.deep.equal({ kind: 'N', value: 'Complete {"a":12}' });
      expect(server.requests[1]?.headers.get('last-event-id')).to.equal('0');
    });

    it('tries again while the server is away, and counts from the last event on', async () => {
      const away = () => new Response(null, { status: 503 });
      const unreachable = () => Promise.reject(new TypeError('fetch failed'));
      const third = () => streamOf(['id:2\nevent:begin\ndata:{"retry":1}\n\nid:3\ndata:"2}"\n\n']);
      const server = serverOf(() => streamOf([first]), away, unreachable, third, away, away, resumed);
      expect((await seen(server.fetch, { resumes: 3 })).at(-2)).to.deep.equal({
        kind: 'N',
        value: 'Complete {"a":12}',
      });
      expect(server.requests).to.have.length(7);
    });

    const lost: readonly (readonly [what: string, resumes: number, ...responses: (() => Response)[]])[] = [
      ['after as many tries as it may make', 2, () => new Response(null, { status: 503 })],
      ['where the server has not got it any more', 5, () => new Response(null, { status: 204 })],
      ['where it may not try', 0],
    ];
    for (const [what, resumes, response] of lost)
      it(`is interrupted ${what}`, async () => {
        const server = serverOf(() => streamOf([first]), ...(response ? [response] : []));
        const result = await seen(server.fetch, { resumes });
        expect(result.at(-1)?.error).to.be.instanceOf(IncompleteCompletionError).and.to.include({ text: '{"a":1' });
        expect(server.requests).to.have.length(resumes === 5 ? 2 : resumes + 1);
      });

    it('is an error where the server begins anew', async () => {
      const server = serverOf(
        () => streamOf([first]),
        () => streamOf([sentOneByOne]),
      );
      const result = await seen(server.fetch);
      expect(result.at(-1)?.error).to.be.instanceOf(SseError).and.to.include({ code: 'malformed' });
    });

    it('makes no further request after it was left', async () => {
      const server = serverOf(() => streamOf([first]), resumed);
      const subscription = fromSse(url, { codec, fetch: server.fetch }).subscribe(() => {
        void Promise.resolve().then(() => {
          subscription.unsubscribe();
        });
      });
      await setTimeout(20);
      expect(server.requests).to.have.length(1);
    });
  });

  const roots: readonly (readonly [said: string, codec: t.Mixed, value: unknown])[] = [
    ['{"value":["Ann"]}', t.array(t.string), ['Ann']],
    ['{"value":{"value":3}}', t.union([t.type({ value: t.number }), t.string]), { value: 3 }],
    ['{"value":3}', t.record(t.string, t.number), { value: 3 }],
    ['{"value":3}', t.type({ value: t.number }), { value: 3 }],
  ];
  for (const [said, root, value] of roots)
    it(`unwraps what the server had to ask for in a wrapper, and only that: ${root.name}`, async () => {
      const model = scriptedModel([said], { chunkSize: 1 });
      const events = answerEvents((watch) => structuredCompletion(model, { codec: root, messages: [], watch }));
      const values: unknown[] = [];
      await fromSse(url, { codec: root, fetch: () => Promise.resolve(toSseResponse(events)) }).forEach((either) => {
        values.push(either._tag === 'Right' ? either.right.value : either.left.message);
      });
      expect(values.at(-1)).to.deep.equal(value);
    });

  it('loses nothing between the two ends', async () => {
    const chunks = await bytesOf(of(...answer));
    const server = serverOf(() => streamOf(chunks));
    expect((await seen(server.fetch)).at(-2)).to.deep.equal({ kind: 'N', value: 'Complete {"a":12}' });
  });
});
