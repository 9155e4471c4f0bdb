import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { startModelServer, type ModelServer } from '../../examples/nest/src/model/startModelServer.js';
import { begin } from './support/askNest.js';
import { IntakePage } from './support/IntakePage.js';
import { letter } from './support/letter.js';
import { openBrowser } from './support/openBrowser.js';
import { startNest, type Nest } from './support/startNest.js';
import { startProxy, type Proxy } from './support/startProxy.js';
import { startRedis, type Redis } from './support/startRedis.js';
import { until } from './support/until.js';

describe('two Nest servers on one Redis', () => {
  let browser: Browser;
  let model: ModelServer;
  let redis: Redis;
  let first: Nest;
  let second: Nest;
  let proxy: Proxy;

  before(async () => {
    [browser, redis] = await Promise.all([openBrowser(), startRedis()]);
  });

  after(async () => {
    await browser.close();
    await redis.stop();
  });

  beforeEach(async () => {
    model = await startModelServer({ pace: 25 });
    const start = (): Promise<Nest> => startNest({ model: model.url, env: { REDIS_URL: redis.url } });
    [first, second] = await Promise.all([start(), start()]);
    proxy = await startProxy(first.url);
  });

  afterEach(async () => {
    await proxy.stop();
    await Promise.all([first.stop(), second.stop()]);
    await model.stop();
  });

  const open = async (): Promise<IntakePage> => {
    const intake = new IntakePage(await browser.newPage(), proxy.url);
    await intake.open();
    return intake;
  };

  it('show a page that is reloaded in the middle what the other one writes, and ask the model once', async () => {
    model.pace = 150;
    const intake = await open();
    await intake.extract('Order');
    await intake.field('email').getByText('marlene').waitFor();

    proxy.target = second.url;
    await intake.page.reload();
    await intake.field('name').getByText('Marlene Okafor').waitFor();
    expect(model.requests[0]?.state).to.equal('writing');
    expect((await second.health()).underWay, 'written by the second').to.equal(0);
    model.pace = 5;

    await intake.reaches('done');
    expect(await intake.total.innerText()).to.equal('£242.70');
    expect(model.requests.map(({ state }) => state)).to.deep.equal(['finished']);

    // A finished answer can be had from either.
    for (const { url } of [first, second]) {
      proxy.target = url;
      await intake.page.reload();
      await intake.reaches('done');
      expect(await intake.total.innerText()).to.equal('£242.70');
    }
    expect(model.requests).to.have.length(1);
    await intake.page.close();
  });

  it('let a page go on by itself when its connection breaks and comes to the other', async () => {
    const intake = await open();
    await intake.extract('Numbers as words');
    await intake.attempts.first().waitFor();
    await intake.field('email').getByText('marlene').waitFor();
    proxy.target = second.url;
    proxy.cut();
    await intake.reaches('done');
    expect(await intake.total.innerText()).to.equal('£242.70');
    expect(await intake.attempts.count(), 'failed attempts shown').to.equal(1);
    expect(model.requests.map(({ state }) => state)).to.deep.equal(['aborted', 'finished']);
    await intake.page.close();
  });

  it('end an answer by either', async () => {
    model.pace = 200;
    const intake = await open();
    await intake.extract('Order');
    await intake.field('name').getByText('Marl').waitFor();
    proxy.target = second.url;
    await intake.cancel();
    await intake.reaches('cancelled');
    await until('the model saw the connection close', () => model.requests[0]?.state === 'aborted');
    await intake.page.close();
  });

  it('show one answer to many at once, all the same', async () => {
    const id = await begin(first.url, letter(8));
    const viewers = await Promise.all(
      [first, second, second, first, second].map(async ({ url }) =>
        (await fetch(`${url}/api/extractions/${id}/events`)).text(),
      ),
    );
    const texts = viewers.map((events) => events.replace(/^: .*\n/gm, ''));
    expect(texts[0]).to.include('event: done');
    for (const text of texts) expect(text).to.equal(texts[0]);
    expect(model.requests).to.have.length(1);
  });

  it('keep the last word of one that was told to stop', async () => {
    await first.stop();
    first = await startNest({ model: model.url, env: { REDIS_URL: redis.url, SHUTDOWN_GRACE: '100' } });
    model.pace = 200;
    const id = await begin(first.url, letter(8));
    const watching = await fetch(`${second.url}/api/extractions/${id}/events`);
    await until('the model writes', () => (model.requests[0]?.tokens ?? 0) > 1);
    await first.stop();
    const seen = await watching.text();
    expect(seen).to.match(/event: failed[^]*"unavailable"[^]*event: done/);
    const later = await (await fetch(`${second.url}/api/extractions/${id}/events`)).text();
    expect(later).to.equal(seen);
    await until('the model was told', () => model.requests[0]?.state === 'aborted');
  });

  it('say so when the one that wrote is gone', async () => {
    model.pace = 200;
    const id = await begin(first.url, letter(8));
    await until('the model writes', () => (model.requests[0]?.tokens ?? 0) > 1);
    await first.stop('SIGKILL');
    const events = await (await fetch(`${second.url}/api/extractions/${id}/events`)).text();
    expect(events).to.match(/event: failed[^]*"interrupted"[^]*event: done/);
    expect(model.requests).to.have.length(1);
  });
});
