import { expect } from 'chai';
import * as t from 'io-ts';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { concat, concatMap, lastValueFrom, map, of, ReplaySubject, Subject, timer, toArray } from 'rxjs';
import { answerEvents, fromSse, toSseResponse, type AnswerEvent } from '../../lib/sse/index.js';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import { scriptedModel } from '../../lib/testing/index.js';
import { until } from '../support/until.js';
import { webServers, type Respond, type WebServer } from '../support/webServers.js';
import { answerText as text } from '../support/textEvents.js';

const codec = t.type({ name: t.string, age: t.number });
const complete: AnswerEvent = { type: 'complete', completion: {} };
const silent = { heartbeat: Infinity };

/** The notifications of a client, in short. */
function seen(url: string, init: RequestInit = {}): Promise<readonly string[]> {
  return lastValueFrom(
    fromSse(url, { codec, ...init }).pipe(
      map((either) =>
        either._tag === 'Left'
          ? `Left ${either.left.attempt} of ${either.left.attempt + either.left.retriesLeft}`
          : `${either.right._tag} ${JSON.stringify(either.right.value)}`,
      ),
      toArray(),
    ),
    { defaultValue: [] },
  );
}

for (const [name, start] of Object.entries(webServers))
  describe(`server-sent answers over ${name}`, () => {
    let respond: Respond;
    let server: WebServer;

    before(async () => {
      server = await start((lastEventId, method) => respond(lastEventId, method));
    });

    after(() => server.close());

    it('ask nothing of the model for a HEAD request', async () => {
      const model = scriptedModel(['{"name":"John","age":30}'], { delay: 1 });
      respond = (_, method) =>
        toSseResponse(
          answerEvents((watch) => structuredCompletion(model, { codec, messages: [], watch })),
          method === undefined ? {} : { method },
        );
      const response = await fetch(server.url, { method: 'HEAD' });
      expect(response.status).to.equal(200);
      expect(response.headers.get('content-type')).to.equal('text/event-stream; charset=utf-8');
      expect(await response.text()).to.equal('');
      await setTimeout(20);
      expect(model.requests.map(({ state }) => state)).to.deep.equal([]);
    });

    it('show the attempts and partials of the server, as they come', async () => {
      const model = scriptedModel(['{"name":"John","age":"thirty"}', '{"name":"John","age":30}'], {
        chunkSize: 10,
        delay: 5,
      });
      respond = () =>
        toSseResponse(answerEvents((watch) => structuredCompletion(model, { codec, messages: [], retries: 1, watch })));
      expect(await seen(server.url, { method: 'POST', body: '?' })).to.deep.equal([
        'Partial {"name":"J"}',
        'Partial {"name":"John"}',
        'Left 1 of 2',
        'Partial {"name":"J"}',
        'Partial {"name":"John"}',
        'Partial {"name":"John","age":30}',
        'Complete {"name":"John","age":30}',
      ]);
    });

    it('end the source when the client leaves, though nothing is sent', async () => {
      const events = new Subject<AnswerEvent>();
      respond = () => toSseResponse(events, silent);
      const values: unknown[] = [];
      const subscription = fromSse(server.url, { codec }).subscribe((value) => values.push(value));
      await until(() => events.observed);
      events.next(text('{"name":"J'));
      await until(() => values.length === 1);
      subscription.unsubscribe();
      await until(() => !events.observed);
    });

    it('end the source when the client is gone without a word', async () => {
      const events = new Subject<AnswerEvent>();
      respond = () => toSseResponse(events, silent);
      const request = get(server.url);
      request.on('error', () => undefined);
      await until(() => events.observed);
      request.destroy();
      await until(() => !events.observed);
    });

    it('merge what a client does not read, and lose nothing of it', async () => {
      const events = new Subject<AnswerEvent>();
      respond = () => toSseResponse(events, silent);
      const request = get(server.url);
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      response.setEncoding('utf8').pause();

      const delta = 'x'.repeat(100);
      const deltas = 200_000;
      for (let i = 0; i < deltas; i += 1) {
        events.next(text(delta));
        if (i % 10 === 0) await setImmediate();
      }
      events.next(complete);
      events.complete();

      let frames = 0;
      let length = 0;
      for await (const part of response as AsyncIterable<string>) {
        frames += part.split('\n\n').length - 1;
        length += part.split('x').length - 1;
      }
      expect(length).to.equal(deltas * delta.length);
      // One event for each ten deltas, if the server had not waited for the client.
      expect(frames).to.be.below(deltas / 20);
    });

    it('go on where the connection was lost, and the source is run once', async () => {
      const log = new ReplaySubject<AnswerEvent>(Infinity);
      const asked: (string | undefined)[] = [];
      respond = (lastEventId) => {
        asked.push(lastEventId);
        const response = toSseResponse(log, { ...silent, resumable: true, retry: 10, lastEventId });
        // The first connection breaks off in the middle of an event.
        return asked.length > 1 ? response : new Response(response.body!.pipeThrough(breakingAfter(3)), response);
      };
      concat(
        of('{"name"', ':"John",', '"age"', ':30}').pipe(concatMap((delta) => timer(5).pipe(map(() => text(delta))))),
        of(complete),
      ).subscribe(log);
      const result = await seen(server.url);
      expect(result.at(-1)).to.equal('Complete {"name":"John","age":30}');
      expect(asked).to.have.length(2);
      expect(asked[1]).to.match(/^\d$/);
    });

    it('tell who comes back to what is gone to stay away', async () => {
      respond = (lastEventId) => toSseResponse(new Subject(), { lastEventId });
      const { status } = await fetch(server.url, { headers: { 'last-event-id': '3' } });
      expect(status).to.equal(204);
    });
  });

/** Passes that many chunks on, half of the next one, and fails. */
function breakingAfter(chunks: number): TransformStream<Uint8Array, Uint8Array> {
  let count = 0;
  return new TransformStream({
    transform(bytes, controller) {
      count += 1;
      if (count <= chunks) controller.enqueue(bytes);
      else {
        controller.enqueue(bytes.slice(0, bytes.length / 2));
        controller.terminate();
      }
    },
  });
}
