import { expect } from 'chai';
import { once } from 'node:events';
import { connect, createServer, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { NEVER, of, Subject, type Observable } from 'rxjs';
import { toSseResponse, writeResponse, type AnswerEvent } from '../../lib/sse/index.js';
import { until } from '../support/until.js';
import { answerText as text } from '../support/textEvents.js';

describe('writeResponse over HTTP/2', () => {
  let respond: (response: Http2ServerResponse) => void | Promise<void>;
  const server = createServer((_, response) => void respond(response));

  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });

  after((done) => {
    server.close(done);
  });

  /** One request, and how to leave. */
  function ask(method = 'GET') {
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const stream = session.request({ ':method': method });
    stream.on('error', () => undefined);
    stream.end();
    return {
      stream,
      leave: () => {
        session.destroy();
      },
    };
  }

  /** Counts who listens. */
  function counted(events: Observable<AnswerEvent>, config = {}) {
    const subject = new Subject<AnswerEvent>();
    return { subject, response: toSseResponse(events === NEVER ? subject : events, config) };
  }

  it('writes the answer', async () => {
    respond = (response) => {
      writeResponse(toSseResponse(of(text('{}'))), response);
    };
    const { stream, leave } = ask();
    expect(await textOf(stream))
      .to.include('data:"{}"')
      .and.include('event:done');
    leave();
  });

  it('aborts the model when the client leaves', async () => {
    const { subject, response } = counted(NEVER);
    respond = (to) => {
      writeResponse(response, to);
    };
    const { stream, leave } = ask();
    await once(stream, 'response');
    stream.resume();
    await until(() => subject.observed);
    leave();
    await until(() => !subject.observed);
  });

  it('aborts the model of a client that has left before, even one that runs already', async () => {
    // A client that comes back has its events subscribed to before there is a response.
    const { subject, response } = counted(NEVER, { resumable: true, lastEventId: '1' });
    expect(subject.observed).to.equal(true);
    let written = false;
    respond = async (to) => {
      await once(to, 'close');
      writeResponse(response, to);
      written = true;
    };
    const { leave } = ask();
    await setTimeout(20);
    leave();
    await until(() => written);
    await until(() => !subject.observed);
  });

  it('does not ask for a client that has left before', async () => {
    const { subject, response } = counted(NEVER);
    let written = false;
    respond = async (to) => {
      await once(to, 'close');
      writeResponse(response, to);
      written = true;
    };
    const { leave } = ask();
    await setTimeout(20);
    leave();
    await until(() => written);
    await setTimeout(5);
    expect(subject.observed).to.equal(false);
  });

  it('ends for a client that leaves while it does not read', async () => {
    const { subject, response } = counted(NEVER);
    respond = (to) => {
      writeResponse(response, to);
    };
    const { stream, leave } = ask();
    await once(stream, 'response');
    await until(() => subject.observed);
    for (let n = 0; n < 50; n += 1) {
      subject.next(text('x'.repeat(10_000)));
      await setTimeout(0);
    }
    leave();
    await until(() => !subject.observed);
  });

  it('asks nothing for HEAD', async () => {
    const { subject, response } = counted(NEVER);
    respond = (to) => {
      writeResponse(response, to);
    };
    const { stream, leave } = ask('HEAD');
    const [headers] = (await once(stream, 'response')) as [Record<string, string>];
    expect(headers['content-type']).to.match(/^text\/event-stream/);
    await once(stream.resume(), 'end');
    expect(subject.observed).to.equal(false);
    leave();
  });
});
