import { expect } from 'chai';
import { setTimeout } from 'node:timers/promises';
import { concat, NEVER, Observable, of, ReplaySubject, Subject, throwError } from 'rxjs';
import { toSseResponse, type AnswerEvent } from '../../lib/sse/index.js';
import { recordTimers } from '../support/recordTimers.js';
import { answerText as text } from '../support/textEvents.js';

const complete: AnswerEvent = { type: 'complete', completion: {} };
const invalid: AnswerEvent = {
  type: 'invalid',
  tag: 'InvalidJson',
  message: 'no',
  path: [],
  attempt: 1,
  retriesLeft: 1,
};

/** A client that reads when it is told to. */
function clientOf(response: Response) {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  return {
    /** The chunk of one read; `undefined` at the end. */
    read: async (): Promise<string | undefined> => {
      const { value } = await reader.read();
      return value && decoder.decode(value, { stream: true });
    },
    leave: (): Promise<void> => reader.cancel(),
  };
}

describe('toSseResponse', () => {
  it('is an event stream that proxies must not cache', () => {
    const { status, headers } = toSseResponse(NEVER, { headers: { 'x-answer': '7', 'cache-control': 'no-store' } });
    expect(status).to.equal(200);
    expect(Object.fromEntries(headers)).to.deep.equal({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-answer': '7',
    });
  });

  it('sends what is there, and ends', async () => {
    const body = await toSseResponse(of(text('{"a":\n'), text('1}'), complete)).text();
    expect(body).to.equal(
      'id:0\nevent:begin\ndata:{}\n\n' +
        'id:1\ndata:"{\\"a\\":\\n"\n\n' +
        'id:2\ndata:"1}"\n\n' +
        'id:3\nevent:complete\ndata:{"completion":{}}\n\n' +
        'id:3\nevent:done\ndata:{}\n\n',
    );
  });

  it('sends each event as soon as it comes, if the client waits for it', async () => {
    const events = new Subject<AnswerEvent>();
    const client = clientOf(toSseResponse(events));
    expect(await client.read()).to.match(/^id:0\n/);
    for (const delta of ['a', 'b']) {
      const read = client.read();
      events.next(text(delta));
      expect(await read).to.contain(`data:"${delta}"`);
    }
    const read = client.read();
    events.complete();
    expect(await read).to.contain('event:done');
    expect(await client.read()).to.equal(undefined);
  });

  it('ends for a client that has been waiting for a while', async () => {
    const events = new Subject<AnswerEvent>();
    const client = clientOf(toSseResponse(events));
    await client.read();
    const read = client.read();
    await setTimeout(0);
    events.complete();
    expect(await read).to.contain('event:done');
    expect(await client.read()).to.equal(undefined);
  });

  it('merges what a slow client has not read, up to what ends an attempt', async () => {
    const events = new Subject<AnswerEvent>();
    const client = clientOf(toSseResponse(events));
    await client.read();
    for (let i = 0; i < 1000; i += 1) events.next(text('x'));
    events.next(invalid);
    for (let i = 0; i < 1000; i += 1) events.next(text('y'));
    expect(await client.read()).to.equal(
      `id:1000\ndata:"${'x'.repeat(1000)}"\n\n` +
        `id:1001\nevent:invalid\ndata:${JSON.stringify({ ...invalid, type: undefined })}\n\n` +
        `id:2001\ndata:"${'y'.repeat(1000)}"\n\n`,
    );
    await client.leave();
  });

  it('holds no more than the unread text, whatever the number of deltas', async () => {
    const events = new Subject<AnswerEvent>();
    const client = clientOf(toSseResponse(events));
    await client.read();
    for (let i = 0; i < 200_000; i += 1) events.next(text('1,'));
    events.next(complete);
    const read = await client.read();
    expect(read).to.have.length.below(400_100);
    await client.leave();
  });

  it('subscribes when it is read, and not before', async () => {
    const events = new Subject<AnswerEvent>();
    const client = clientOf(toSseResponse(events));
    await setTimeout(0);
    expect(events.observed).to.equal(false);
    await client.read();
    expect(events.observed).to.equal(true);
    await client.leave();
  });

  it('unsubscribes when the client leaves', async () => {
    const events = new Subject<AnswerEvent>();
    const client = clientOf(toSseResponse(events));
    await client.read();
    await client.leave();
    expect(events.observed).to.equal(false);
  });

  it('unsubscribes when the client leaves while it waits', async () => {
    const events = new Subject<AnswerEvent>();
    const client = clientOf(toSseResponse(events));
    await client.read();
    const read = client.read();
    await client.leave();
    expect(await read).to.equal(undefined);
    expect(events.observed).to.equal(false);
  });

  it('unsubscribes when the signal says so', async () => {
    const events = new Subject<AnswerEvent>();
    const request = new AbortController();
    const client = clientOf(toSseResponse(events, { signal: request.signal }));
    await client.read();
    request.abort();
    expect(events.observed).to.equal(false);
  });

  it('does not begin for a client that has left', async () => {
    const events = new Subject<AnswerEvent>();
    await toSseResponse(events, { signal: AbortSignal.abort() }).text();
    expect(events.observed).to.equal(false);
  });

  it('ends with a failure where the events do', async () => {
    const body = await toSseResponse(
      concat(
        of(text('a')),
        throwError(() => new Error('sk-123')),
      ),
    ).text();
    expect(body).to.contain('event:failed\ndata:{"code":"internal","message":"Something went wrong."}');
    expect(body)
      .to.match(/event:done\ndata:{}\n\n$/)
      .and.not.to.contain('sk-123');
  });

  it('sends a comment into the silence, and only there', async () => {
    const events = new Subject<AnswerEvent>();
    const client = clientOf(toSseResponse(events, { heartbeat: 10 }));
    await client.read();
    expect(await client.read()).to.equal(':\n\n');
    expect(await client.read()).to.equal(':\n\n');
    events.next(text('a'));
    expect(await client.read()).to.contain('data:"a"');
    await client.leave();
  });

  it('sends one comment to a client that was not there for several', async () => {
    const client = clientOf(toSseResponse(NEVER, { heartbeat: 5 }));
    await client.read();
    await setTimeout(40);
    expect(await client.read()).to.equal(':\n\n');
    await client.leave();
  });

  it('leaves no timer behind', () =>
    recordTimers('Interval', async (running) => {
      const client = clientOf(toSseResponse(new Subject()));
      await client.read();
      expect(running.size).to.equal(1);
      await client.leave();
      expect(running.size).to.equal(0);
      await toSseResponse(of(text('a'))).text();
      expect(running.size).to.equal(0);
    }));

  it('goes on where a client was, if the events are replayed', async () => {
    const events = new ReplaySubject<AnswerEvent>(Infinity);
    for (const delta of 'abcd') events.next(text(delta));
    events.complete();
    const body = await toSseResponse(events, { resumable: true, lastEventId: '2' }).text();
    expect(body).to.match(/^id:2\nevent:begin\nretry:1000\ndata:{"retry":1000}\n\n/);
    expect(body).to.contain('data:"c"').and.not.to.contain('data:"b"');
    expect(body).to.match(/id:4\nevent:done\ndata:{}\n\n$/);
  });

  it('puts off the next time of a client that had it all before the answer was over', async () => {
    const events = new ReplaySubject<AnswerEvent>(Infinity);
    for (const delta of 'ab') events.next(text(delta));
    const body = toSseResponse(events, { resumable: true, lastEventId: '2' }).text();
    events.complete();
    expect(await body).to.match(/id:2\nevent:done\nretry:2147483647\ndata:{}\n\n$/);
  });

  it('tells a client that it cannot come back, without asking again', () => {
    let runs = 0;
    const events = new Observable<AnswerEvent>(() => {
      runs += 1;
    });
    expect(toSseResponse(events, { lastEventId: '3' }).status).to.equal(204);
    expect(toSseResponse(events, { lastEventId: 'x', resumable: true }).status).to.equal(204);
    expect(toSseResponse(events, { lastEventId: '' }).status).to.equal(200);
    expect(toSseResponse(events, { lastEventId: null }).status).to.equal(200);
    expect(runs).to.equal(0);
  });
});
