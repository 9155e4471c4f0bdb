import { expect } from 'chai';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startModelServer, type ModelServer } from '../../examples/nest/src/model/startModelServer.js';
import { letter } from './support/letter.js';
import { startNest, type Nest } from './support/startNest.js';
import { until } from './support/until.js';

const CLIENTS = 200;
const ROUNDS = 3;

/** Those who leave ask for more, so that they leave in the middle however busy the machine is. */
const itemsFor = (manner: Manner): number => (manner === 'leaves' ? 38 : 10);

/** There are 200 clients: every fifth leaves in the middle, every fourth of the others reads slowly. */
type Manner = 'reads' | 'slow' | 'leaves';
const mannerOf = (client: number): Manner => (client % 5 === 0 ? 'leaves' : client % 4 === 0 ? 'slow' : 'reads');

/** How many answers were written at the same time, asked for until none is. */
async function most(nest: Nest): Promise<number> {
  let highest = 0;
  for (;;) {
    const { underWay } = await nest.health();
    if (underWay === 0 && highest > 0) return highest;
    highest = Math.max(highest, underWay);
    await wait(100);
  }
}

describe('200 clients on one Nest server', () => {
  let model: ModelServer;
  let nest: Nest;

  before(async () => {
    model = await startModelServer({ pace: 10 });
    nest = await startNest({
      model: model.url,
      execArgv: ['--expose-gc', '--import', join(import.meta.dirname, 'support/memoryProbe.mjs')],
    });
  });

  after(async () => {
    await nest.stop();
    await model.stop();
  });

  /** One client from its question to its end, and the last thing it read. */
  const client = (manner: Manner): Promise<string> =>
    new Promise((resolve, reject) => {
      const question = request(`${nest.url}/api/extractions/live`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        agent: false,
      });
      question.on('error', reject);
      question.on('response', (response) => {
        let end = '';
        let unpaused = 0;
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          // The last two events: the second last holds the whole account of the answer.
          end = (end + text).slice(-4000);
          if (manner === 'leaves') {
            response.destroy();
            resolve('');
          } else if (manner === 'slow' && (unpaused += text.length) > 2000) {
            unpaused = 0;
            response.pause();
            setTimeout(() => response.resume(), 500);
          }
        });
        response.on('end', () => {
          resolve(end);
        });
        response.on('error', () => {
          resolve(end);
        });
      });
      question.end(JSON.stringify({ text: letter(itemsFor(manner)) }));
    });

  const memory = async (): Promise<NodeJS.MemoryUsage> => {
    nest.process.send('memory');
    const [usage] = (await once(nest.process, 'message')) as [NodeJS.MemoryUsage];
    return usage;
  };

  it('hold no memory and no request of the model’s when they are gone', async () => {
    const manners = Array.from({ length: CLIENTS }, (_, index) => mannerOf(index));
    const heaps: number[] = [];

    for (let round = 1; round <= ROUNDS; round += 1) {
      model.requests.length = 0;
      const begin = performance.now();
      const clients = manners.map(client);
      const [ends, atOnce] = await Promise.all([Promise.all(clients), most(nest)]);
      await until('the model has nothing to do', () => model.requests.every(({ state }) => state !== 'writing'));
      const seconds = (performance.now() - begin) / 1000;

      for (const [index, end] of ends.entries())
        if (manners[index] !== 'leaves') expect(end, manners[index]).to.match(/event:complete[^]*event:done/);
      const states = model.requests.map(({ state }) => state);
      expect(states.filter((state) => state === 'aborted')).to.have.length(
        manners.filter((manner) => manner === 'leaves').length,
      );
      expect(states).to.have.length(CLIENTS);
      expect((await nest.health()).underWay).to.equal(0);

      const { heapUsed, rss } = await memory();
      heaps.push(heapUsed);
      console.log(
        `      round ${round}: ${seconds.toFixed(1)} s, ${atOnce} at once, ` +
          `heap ${(heapUsed / 2 ** 20).toFixed(1)} MB, rss ${(rss / 2 ** 20).toFixed(0)} MB`,
      );
    }
    // The first round fills caches. What a leak of one answer per client would add to the others is ten times as much.
    expect(heaps.at(-1)! - heaps[1]!).to.be.below(1.5 * 2 ** 20);
  }).timeout(180_000);
});
