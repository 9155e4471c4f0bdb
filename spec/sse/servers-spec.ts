import { expect } from 'chai';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { ObservedValueOf } from 'rxjs';
import { UserInfo } from '../../examples/servers/UserInfo.js';
import { fromSse } from '../../lib/sse/index.js';
import { until } from '../support/until.js';

const root = join(import.meta.dirname, '../..');
const files = readdirSync(join(root, 'examples/servers'));
const servers = ['express.ts', 'fastify.ts', 'hono.ts', 'node.ts'];

function start(
  file: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  const { OPENAI_API_KEY: _key, ...inherited } = process.env;
  const env = { ...inherited, PORT: '0', ...environment };
  const command = ['--import', 'tsx', join('examples/servers', file), ...args];
  return spawn(process.execPath, command, { cwd: root, env, timeout: 60_000 });
}

/** The lines that a process prints, as they come. */
function linesOf(child: ChildProcessWithoutNullStreams): AsyncIterator<string> {
  child.stderr.resume();
  return createInterface(child.stdout)[Symbol.asyncIterator]();
}

async function next(lines: AsyncIterator<string>): Promise<string> {
  const { value } = (await lines.next()) as { value: string | undefined };
  return value ?? 'it has ended';
}

async function stop(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}

/** A model that knows John, never ends what it says of others, and knows who listens. */
async function startModel() {
  const responses: ServerResponse[] = [];
  const server = createServer((request, response) => {
    responses.push(response);
    void text(request).then((body) => {
      const say = (content: string, finish_reason: string | null = null) =>
        response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason }] })}\n\n`);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      say('{"name":"J');
      if (!body.includes('John')) return;
      say('ohn","age":30}');
      say('', 'stop');
      response.end('data: [DONE]\n\n');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests: () => responses.length,
    running: () => responses.filter(({ closed }) => !closed).length,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const ask = (url: string, about: string) => fromSse(`${url}/user?text=${about}`, { codec: UserInfo });

type Answer = ObservedValueOf<ReturnType<typeof ask>>;

describe('the examples of servers', function () {
  this.timeout(60_000);

  it('are all here', () => {
    expect(files.filter((file) => /^[a-z]/.test(file) && !['client.ts', 'extraction.ts'].includes(file))).to.deep.equal(
      servers,
    );
  });

  for (const file of files)
    it(`${file} is short, and says first what it is`, () => {
      const lines = readFileSync(join(root, 'examples/servers', file), 'utf8')
        .trimEnd()
        .split('\n');
      expect(lines[0]).to.match(/^\/\/ [A-Z].*[.:]/);
      expect(lines.length).to.be.at.most(50);
    });

  it('show the client of the examples an object that grows', async () => {
    const server = start('node.ts');
    try {
      const client = start('client.ts', [await next(linesOf(server))]);
      const [out, err] = await Promise.all([text(client.stdout), text(client.stderr), once(client, 'close')]);
      expect(err).to.equal('');
      // A partial comes again where only the place of the writing has changed.
      expect([...new Set(out.trimEnd().split('\n'))]).to.deep.equal([
        'Partial {}',
        "Partial { name: 'J' }",
        "Partial { name: 'John' }",
        "Partial { name: 'John', age: 3 }",
        "Partial { name: 'John', age: 30 }",
        "Complete { name: 'John', age: 30 }",
      ]);
    } finally {
      await stop(server);
    }
  });

  for (const file of servers)
    it(`${file} answers, and aborts the request to the model when the client leaves`, async () => {
      const model = await startModel();
      const server = start(file, [], { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: model.baseUrl });
      const lines = linesOf(server);
      try {
        const url = await next(lines);
        const answer: Answer[] = [];
        await ask(url, 'John').forEach((either) => answer.push(either));
        expect(answer.at(-1)).to.have.nested.property('right.value').that.deep.equals({ name: 'John', age: 30 });
        expect(await next(lines)).to.equal('request over');

        const left = ask(url, 'Jane').subscribe();
        await until(() => model.running() === 1);
        left.unsubscribe();
        expect(await next(lines)).to.equal('request over');
        await until(() => model.running() === 0);
        expect(model.requests()).to.equal(2);
      } finally {
        await stop(server);
        model.close();
      }
    });
});
