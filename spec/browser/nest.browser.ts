import { expect } from 'chai';
import { lastValueFrom, toArray } from 'rxjs';
import { fromSse } from 'rx-structured/sse';
import { Extraction } from '../../examples/nest/src/contract/Extraction.js';
import { startModelServer, type ModelServer } from '../../examples/nest/src/model/startModelServer.js';
import { begin, post } from './support/askNest.js';
import { letter } from './support/letter.js';
import { startNest, type Nest } from './support/startNest.js';
import { until } from './support/until.js';

describe('the Nest server', () => {
  let model: ModelServer;
  let nest: Nest;

  const start = (env: Readonly<Record<string, string>> = {}): Promise<Nest> => startNest({ model: model.url, env });
  const live = (): string => `${nest.url}/api/extractions/live`;

  beforeEach(async () => {
    model = await startModelServer({ pace: 2 });
    nest = await start();
  });

  afterEach(async () => {
    await nest.stop();
    await model.stop();
  });

  it('rejects wrong input by name, and asks no model', async () => {
    for (const body of [{}, { text: '' }, { text: 7 }, { text: 'x'.repeat(20_001) }]) {
      const response = await post(live(), body);
      expect(response.status).to.equal(400);
      expect(await response.json()).to.deep.include({ message: ['text: expected PastedText'] });
    }
    expect((await post(live(), { text: 'x'.repeat(200_000) })).status).to.equal(413);
    expect((await fetch(`${nest.url}/api/extractions/not-an-id/events`)).status).to.equal(400);
    expect((await fetch(`${nest.url}/api/extractions/${crypto.randomUUID()}/events`)).status).to.equal(404);
    expect(model.requests).to.have.length(0);
  });

  it('limits how often one address may ask, and says when to come back', async () => {
    await nest.stop();
    nest = await start({ RATE_LIMIT: '2' });
    const statuses = [];
    for (let request = 0; request < 3; request += 1) {
      const response = await post(live(), { text: letter(1) });
      statuses.push(response.status);
      if (response.status === 429) expect(Number(response.headers.get('retry-after'))).to.be.within(1, 60);
      await response.text();
    }
    expect(statuses).to.deep.equal([200, 200, 429]);
    expect(model.requests).to.have.length(2);
  });

  it('logs a line of JSON for each request and extraction, and nothing of what was said', async () => {
    await (await post(live(), { text: letter(2, 'Mary Somerville') })).text();
    await until('the request is logged', () => nest.lines.some((line) => line.includes('request completed')));
    const lines = nest.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.find(({ msg }) => msg === 'extraction')).to.include({ outcome: 'complete', rejected: 0 });
    expect(nest.lines.join('\n')).not.to.match(/Somerville|Part number/);
  });

  it('goes on after the event that a client has seen last', async () => {
    const id = await begin(nest.url, letter(2));
    const events = `${nest.url}/api/extractions/${id}/events`;
    const whole = await (await fetch(events)).text();
    const ids = Array.from(whole.matchAll(/^id: (\d+)$/gm), ([, number]) => Number(number));
    const middle = ids[Math.floor(ids.length / 2)]!;
    const rest = await (await fetch(events, { headers: { 'last-event-id': String(middle) } })).text();
    expect(rest).to.match(new RegExp(`^id: ${middle + 1}$`, 'm'));
    expect(rest).not.to.match(new RegExp(`^id: ${middle - 1}$`, 'm'));
    expect(whole.endsWith(rest.slice(rest.search(new RegExp(`^id: ${middle + 1}$`, 'm'))).slice(-200))).to.equal(true);
    expect(model.requests).to.have.length(1);
  });

  it('lets the answers under way end when it is told to stop', async () => {
    const values = lastValueFrom(
      fromSse(live(), {
        codec: Extraction,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: letter(10) }),
      }).pipe(toArray()),
      { defaultValue: [] },
    );
    await until('the model writes', () => (model.requests[0]?.tokens ?? 0) > 10);
    const stopped = nest.stop();
    expect((await values).at(-1)).to.have.nested.property('right._tag', 'Complete');
    await stopped;
    expect(nest.process.signalCode).to.equal('SIGTERM');
  });

  it('ends those with a word that take too long, and the model’s requests with them', async () => {
    await nest.stop();
    nest = await start({ SHUTDOWN_GRACE: '200' });
    model.pace = 100;
    const [one, other] = await Promise.all([
      post(live(), { text: letter(10) }),
      begin(nest.url, letter(10)).then((id) => fetch(`${nest.url}/api/extractions/${id}/events`)),
    ]);
    await until('the model writes twice', () => model.requests.filter(({ tokens }) => tokens > 1).length === 2);
    const stopped = nest.stop();
    for (const response of [one, other])
      expect(await response.text()).to.match(/event: ?failed[^]*"unavailable"[^]*event: ?done/);
    await stopped;
    await until('the model was told', () => model.requests.every(({ state }) => state === 'aborted'));
  });
});
