import { expect } from 'chai';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { from, lastValueFrom, map, toArray } from 'rxjs';
import { structuredCompletion } from '../../lib/answers/structuredCompletion.js';
import type { AnswerEvent } from '../../lib/sse/AnswerEvent.js';
import { answerEvents } from '../../lib/sse/answerEvents.js';
import { fromSse } from '../../lib/sse/fromSse.js';
import { toSseResponse } from '../../lib/sse/toSseResponse.js';
import { scriptedModel } from '../../lib/testing/scriptedModel.js';
import { answer, calls, codec, lookUp, messages } from '../support/toolScript.js';

/** Text that is no answer, two calls, and the answer, as a server keeps them for those who come back. */
function record(): AnswerEvent[] {
  const model = scriptedModel([
    [
      { type: 'text-delta', text: '{"reply":"Wait' },
      ...calls(['a', 'lookUp', '{"order":', '1}'], ['b', 'lookDown', '{}']),
    ],
    answer,
  ]);
  const events: AnswerEvent[] = [];
  answerEvents((watch) => structuredCompletion(model, { codec, messages, tools: { lookUp }, watch }), {
    tools: ['lookUp'],
  }).subscribe((event) => events.push(event));
  return events;
}

describe('tool calls on the wire, resumed', () => {
  /** After how many messages the first connection breaks. */
  let breaksAfter = Infinity;
  let requests: (string | undefined)[] = [];
  let url: string;
  const events = record();
  const server = createServer((request, response) => {
    const lastEventId = request.headers['last-event-id']?.toString();
    const isFirst = requests.push(lastEventId) === 1;
    const told = toSseResponse(from(events), { resumable: true, retry: 1, lastEventId: lastEventId ?? null });
    void told.text().then((text) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      if (!isFirst) return response.end(text);
      const frames = text.split(/(?<=\n\n)/);
      response.write(frames.slice(0, breaksAfter).join(''), () => {
        if (breaksAfter < frames.length) response.destroy();
        else response.end();
      });
      return response;
    });
  });

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  after((closed) => {
    server.closeAllConnections();
    server.close(closed);
  });

  const linesOf = (): Promise<readonly string[]> =>
    lastValueFrom(
      fromSse(url, { codec, tools: ['lookUp'] }).pipe(
        map((either) => {
          if (either._tag === 'Left') return 'Left';
          const { right } = either;
          return right._tag === 'Tool'
            ? `${right.name} ${right.id} ${right.state} ${JSON.stringify(right.input)}`
            : `${right._tag} ${JSON.stringify(right.value)}`;
        }),
        toArray(),
      ),
      { defaultValue: [] },
    );

  it('are shown once each, wherever the connection broke', async () => {
    requests = [];
    const whole = await linesOf();
    expect(whole).to.include.members(['lookUp a writing {"order":1}', 'lookUp a done {"order":1}']);
    expect(whole.join()).not.to.include('lookDown');
    expect(requests).to.have.length(1);

    let resumed = 0;
    for (breaksAfter = 1; breaksAfter <= events.length; breaksAfter += 1) {
      requests = [];
      expect(await linesOf(), `broken after ${breaksAfter}`).to.deep.equal(whole);
      expect(requests.length, `broken after ${breaksAfter}`).to.be.at.most(2);
      resumed += requests.length - 1;
    }
    expect(resumed).to.be.greaterThan(5);
  });
});
