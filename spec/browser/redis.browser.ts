import { expect } from 'chai';
import * as t from 'io-ts';
import { join } from 'node:path';
import { lastValueFrom } from 'rxjs';
import { fromSse } from 'rx-structured/sse';
import { startModelServer, type ModelServer } from '../../examples/nest/src/model/startModelServer.js';
import { freePort } from './support/freePort.js';
import { startProgram, type Program } from './support/startProgram.js';
import { startRedis, type Redis } from './support/startRedis.js';
import { until } from './support/until.js';

describe('examples/redis', () => {
  let model: ModelServer;
  let redis: Redis;
  let programs: readonly Program[];

  const start = async (): Promise<Program> =>
    startProgram(process.execPath, ['--import', 'tsx', 'server.ts'], {
      cwd: join(import.meta.dirname, '../../examples/redis'),
      ready: /(http:\S+)\/42/,
      env: {
        PORT: String(await freePort()),
        REDIS_URL: redis.url,
        OPENAI_API_KEY: 'none needed',
        OPENAI_BASE_URL: model.url,
      },
    });

  before(async () => {
    [model, redis] = await Promise.all([startModelServer({ pace: 20 }), startRedis()]);
    programs = await Promise.all([start(), start()]);
  });

  after(async () => {
    await Promise.all(programs.map((program) => program.stop()));
    await redis.stop();
    await model.stop();
  });

  it('goes on in another process, asks the model once, and keeps what is over', async () => {
    const story = {
      title: 'The lamp',
      paragraphs: ['It was dark.', 'Then it was not.', 'Nobody knew who had done it.'],
    };
    model.mishaps.push({ kind: 'say', answer: JSON.stringify(story) });
    const [one, other] = programs.map(({ ready }) => `${ready}/42`);
    const reading = new AbortController();
    const response = await fetch(one!, { signal: reading.signal });
    await response.body!.getReader().read();
    await until('the model writes', () => (model.requests[0]?.tokens ?? 0) > 5);

    // The first viewer leaves in the middle; another comes to the other process, and sees it from the beginning.
    reading.abort();
    expect(await answer(other!)).to.deep.equal(story);
    expect(model.requests.map(({ state }) => state)).to.deep.equal(['finished']);

    for (const url of [one!, other!]) expect(await answer(url)).to.deep.equal(story);
    const seen = await (await fetch(other!)).text();
    const [last] = Array.from(seen.matchAll(/^id:(\d+)$/gm), ([, id]) => Number(id)).slice(-1);
    const rest = await fetch(other!, { headers: { 'last-event-id': String(last! - 1) } });
    expect(await rest.text()).not.to.match(/^data:"/m);
    expect(model.requests).to.have.length(1);
  });
});

const Story = t.type({ title: t.string, paragraphs: t.array(t.string) });

/** The last value of `fromSse` for it. */
async function answer(url: string): Promise<unknown> {
  const last = await lastValueFrom(fromSse(url, { codec: Story }), { defaultValue: undefined });
  return last?._tag === 'Right' && last.right._tag === 'Complete' ? last.right.value : last;
}
