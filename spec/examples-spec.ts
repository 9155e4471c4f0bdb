import { expect } from 'chai';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import { compileExamples } from './support/compileExamples.js';

interface Run {
  readonly lines: readonly string[];
  readonly stderr: string;
  readonly exitCode: number | null;
}

const root = join(import.meta.dirname, '..');
const examples = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.ts'));

/** The output of each example when it is piped. Its pace is a person's, so how often is not always certain. */
const expectations: Readonly<Record<string, (run: Run) => void>> = {
  'userInfo.ts': ({ lines, stderr }) => {
    expect(lines).to.deep.equal([
      "{ name: 'J' }",
      "{ name: 'John' }",
      "{ name: 'John', age: 3 }",
      "{ name: 'John', age: 30 }",
      "{ name: 'John', age: 30 }",
    ]);
    expect(stderr).to.match(/^\d+ deltas · first partial after \d+\.\d s · \d+\.\d s$/m);
  },

  'agent.ts': ({ lines }) => {
    const calls = lines.filter((line) => /^(writing|running|done):/.test(line));
    expect(calls.at(0)).to.match(/^writing: lookUpOrder \{/);
    expect(calls.slice(-3)).to.deep.equal([
      'running: { order: 1007 } ',
      'running: { order: 1007 } searching …',
      "done: { order: 1007, state: 'sent', on: 'Tuesday' }",
    ]);
    expect(lines.filter((line) => line.startsWith('Partial:')).length).to.be.greaterThan(3);
    expect(lines.slice(lines.findIndex((line) => line.startsWith('Complete:'))).join('\n')).to.include(
      'escalate: false',
    );
  },

  'pipeline.ts': ({ lines }) => {
    expect(lines.slice(-5)).to.deep.equal([
      "Partial: { name: 'John' }",
      "Partial: { name: 'John', age: 3 }",
      "Partial: { name: 'John', age: 30 }",
      "Partial: { name: 'John', age: 30 }",
      "Complete: { name: 'John', age: 30 }",
    ]);
  },

  'rates.ts': ({ lines }) => {
    const counts = lines.map((line) => {
      const [, name = '', count, last] = /^(\w+) (\d+) (.*)$/.exec(line) ?? [];
      expect(last, name).to.equal("{ name: 'John', age: 30 }");
      return [name, Number(count)] as const;
    });
    const { all = 0, ...limited } = Object.fromEntries(counts);
    expect(Object.keys(limited)).to.deep.equal(['audited', 'throttled', 'debounced']);
    for (const [name, count] of Object.entries(limited)) expect(count, name).to.be.within(1, all - 1);
  },

  'typeahead.ts': ({ lines }) => {
    const replaced = lines.indexOf('request over: John is 30 years old.');
    const before = lines.slice(0, replaced);
    const after = lines.slice(replaced + 1);
    expect(before.at(-1)).to.equal("Partial: { name: 'John' }");
    expect(after.slice(-2)).to.deep.equal([
      "Complete: { name: 'Jane', age: 41 }",
      'request over: Jane is 41 years old.',
    ]);
    expect(after.join('\n')).to.not.include('John');
  },

  'forAwait.ts': ({ lines }) => {
    expect(lines.slice(-2)).to.deep.equal(["{ name: 'John', age: 3 }", 'request over']);
  },

  'reduxObservable.ts': ({ lines }) => {
    expect(lines).to.include("{ status: 'Partial', user: { name: 'John' } }");
    expect(lines.at(-1)).to.equal("{ status: 'Complete', user: { name: 'John', age: 30 } }");
  },

  'corrected.ts': ({ lines }) => {
    expect(lines.filter((line) => line.startsWith('attempt'))).to.deep.equal([
      'attempt 1 rejected (2 left): $.age: expected number, got "…"',
    ]);
    expect(lines.at(-1)).to.equal("Complete: { name: 'Mary', age: 30 }");
  },

  'fallback.ts': ({ lines }) => {
    const boundary = lines.indexOf('Unavailable, attempt 1, 1 left');
    expect(lines.slice(0, boundary)).to.deep.equal(["Partial: { name: 'John' }"]);
    expect(lines.slice(boundary)).to.include("Partial: { name: 'J' }");
    expect(lines.at(-1)).to.equal("Complete: { name: 'John', age: 30 }");
  },

  'judge.ts': ({ lines }) => {
    expect(lines).to.deep.equal([
      'judged: A man lives in a barrel.',
      'judged: A man lives by a pond.',
      'accepted: A man lives by a pond.',
      'told: The summary is not faithful: He lives by a pond.',
    ]);
  },

  'ollama.ts': ({ lines }) => {
    expect(lines).to.include("Partial: { name: 'J' }").and.include("Partial: { name: 'John', age: 3 }");
    expect(lines.at(-1)).to.equal("Complete: { name: 'John', age: 30 }");
  },

  'aiSdk.ts': ({ lines }) => {
    expect(lines).to.include("Partial: { name: 'J' }").and.include("Partial: { name: 'John', age: 3 }");
    expect(lines.at(-1)).to.equal("Complete: { name: 'John', age: 30 }");
  },

  'vision.ts': ({ lines }) => {
    expect(lines).to.include("Partial: { number: '2026-117' }");
    expect(lines.at(-1)).to.equal("Complete: { number: '2026-117', total: 84.5, paid: true }");
  },

  'cached.ts': ({ lines }) => {
    expect(lines).to.deep.equal(['a request is made', "{ name: 'John', age: 30 }", "{ name: 'John', age: 30 }"]);
  },

  'elements.ts': ({ lines }) => {
    expect(lines).to.deep.equal([
      "0 { name: 'coffee', count: 2 }",
      'wrong: $.items[1].count: expected number, got "…"',
      "2 { name: 'lemonade', count: 1 }",
    ]);
  },

  'retry.ts': ({ lines }) => {
    const [stopped = 0, read = 0, saved = 0] = lines
      .slice(0, 3)
      .map((line) => Number(/: (\d+) tokens, \d+ ms$/.exec(line)?.[1]));
    expect(lines.map((line) => line.replace(/\d+ (?=tokens|ms)/g, 'n '))).to.deep.equal([
      'stopped at the first impossible byte: n tokens, n ms',
      'read to its end: n tokens, n ms',
      'saved: n tokens, n ms',
      'corrected: Walden, or Life in the Woods 1854',
    ]);
    expect(saved).to.equal(read - stopped);
    expect(stopped / read).to.be.within(0.05, 0.15);
  },

  'stopEarly.ts': ({ lines }) => {
    const [, read, saved, whole] = (/^(\d+) tokens read, (\d+) of (\d+) saved$/.exec(lines.at(-1) ?? '') ?? []).map(
      Number,
    );
    const summary = 'A man builds a cabin by a pond, lives there for two years, and finds that he needs very little.';
    expect(lines.at(-2)).to.equal(summary);
    for (const line of lines.slice(0, -1)) expect(summary).to.satisfy((text: string) => text.startsWith(line));
    expect(whole).to.equal((read ?? 0) + (saved ?? 0));
    expect((read ?? 0) / (whole ?? 0)).to.be.within(0.2, 0.5);
  },

  'tools.ts': ({ lines }) => {
    expect(lines).to.include('there is no tool "book_table": expected one of "search", "weather"');
    expect(lines.slice(-2)).to.deep.equal([
      'Complete: weather in "Bonn"',
      'Complete: search for "parks with picnic tables in Bonn"',
    ]);
    for (const call of ['Partial: weather in "B', 'Partial: search for "parks with'])
      expect(lines.filter((line) => line.startsWith(call)).length, call).to.be.above(1);
  },

  'race.ts': ({ lines }) => {
    expect(lines).to.deep.equal([
      'gpt-4o-mini is out: $.metres: expected number, got "…"',
      'gpt-4o-mini: request over',
      "gpt-4.1-mini wins: { mountain: 'Mont Blanc', metres: 4806 }",
      'gpt-4.1-mini: request over',
      'gpt-4.1: request over',
    ]);
  },

  'hedge.ts': ({ lines }) => {
    const [partials, words] = [
      lines.filter((line) => line.startsWith('Partial')),
      lines.filter((line) => !line.startsWith('Partial')),
    ];
    expect(words).to.deep.equal([
      'first request made',
      'second request made',
      'first request aborted',
      "Complete: { lake: 'Lake Geneva', metres: 310 }",
      'second request over',
    ]);
    expect(partials).to.include("Partial: { lake: 'Lake' }");
    expect(lines.indexOf('Partial: {}')).to.equal(3);
  },

  'fanOut.ts': ({ lines }) => {
    const view = (name: string): string[] =>
      lines.filter((line) => line.startsWith(name)).map((line) => line.slice(name.length));
    expect(view('request')).to.deep.equal([' made']);
    expect(view('field: ').slice(-2)).to.deep.equal(['Walden, or Life in the W', 'Walden, or Life in the Woods']);
    expect(view('list: ')).to.deep.equal(['undefined', '1', '2', '3', '4', '5', '6']);
    expect(view('validity: ')).to.deep.equal(['Partial', 'Complete']);
    expect(view('cost: ').join()).to.match(/^not known yet,\{ inputTokens: \d+, outputTokens: \d+ \}$/);
    const progress = view('progress: ').map(Number);
    expect(progress.length).to.be.within(2, 20);
    expect(progress).to.deep.equal([...progress].sort((a, b) => a - b));
  },
};

/** Where the examples are, compiled. */
let compiled = '';

function start(file: string, environment: Readonly<Record<string, string>> = {}): ChildProcessWithoutNullStreams {
  const { OPENAI_API_KEY: _key, OLLAMA_HOST: _host, ...inherited } = process.env;
  const env = { ...inherited, ...environment };
  return spawn(process.execPath, [join(compiled, file.replace(/ts$/, 'mjs'))], { cwd: root, env, timeout: 100_000 });
}

async function run(file: string, environment?: Readonly<Record<string, string>>): Promise<Run> {
  const child = start(file, environment);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { lines: stdout.trimEnd().split('\n'), stderr, exitCode: child.exitCode };
}

describe('the examples', function () {
  this.timeout(120_000);

  before(async () => {
    compiled = await compileExamples(examples);
  });

  it('are all here', () => {
    expect(Object.keys(expectations)).to.have.members(examples);
  });

  describe('without a key', () => {
    const runs = new Map<string, Promise<Run>>();

    before(() => {
      // Most of their time is the embedded model's pauses: together they take little more than the longest.
      for (const file of examples) runs.set(file, run(file));
    });

    for (const file of examples)
      it(file, async () => {
        const result = await runs.get(file)!;
        expect(result.exitCode, result.stderr).to.equal(0);
        expectations[file]?.(result);
      });
  });

  describe('userInfo.ts against a server of its own', () => {
    let respond: (request: IncomingMessage, response: ServerResponse) => void;
    let baseURL: string;
    const server = createServer((request, response) => {
      respond(request, response);
    });

    before(async () => {
      await once(server.listen(0, '127.0.0.1'), 'listening');
      baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    });

    after(() => {
      server.close();
    });

    const refuse = (status: number, message: string) => (_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message } }));
    };

    const ask = (url = baseURL) =>
      run('userInfo.ts', { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: url, OPENAI_MODEL: 'm' });

    it('says which model it asks, with the key given', async () => {
      let seen: readonly unknown[] = [];
      respond = (request, response) => {
        void json(request).then((body) => {
          seen = [request.url, request.headers.authorization, (body as { model: string }).model];
          refuse(500, 'that is all')(request, response.setHeader('x-should-retry', 'false'));
        });
      };
      expect((await ask()).stderr).to.include(`asking m at ${baseURL}`);
      expect(seen).to.deep.equal(['/v1/chat/completions', 'Bearer sk-1', 'm']);
    });

    it('explains a wrong key', async () => {
      respond = refuse(401, 'Incorrect API key provided');
      const { stderr, exitCode } = await ask();
      expect(stderr).to.include('Incorrect API key provided').and.include('Is OPENAI_API_KEY right?');
      expect(exitCode).to.equal(1);
    });

    it('explains a model that is missing', async () => {
      respond = refuse(404, 'The model `m` does not exist');
      const { stderr, exitCode } = await ask();
      expect(stderr).to.include('The model `m` does not exist').and.include('Is OPENAI_MODEL the name of a model');
      expect(exitCode).to.equal(1);
    });

    it('explains a server that is not there', async () => {
      const { stderr, exitCode } = await ask('http://127.0.0.1:1/v1');
      expect(stderr).to.match(/No connection: .*(ECONNREFUSED|bad port).*OPENAI_BASE_URL/);
      expect(exitCode).to.equal(1);
    });

    it('aborts the request on Ctrl-C', async () => {
      const closed = new Promise<string>((resolve) => {
        respond = (_, response) => {
          const chunk = { choices: [{ index: 0, delta: { content: '{"name":"J' }, finish_reason: null }] };
          response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`data: ${JSON.stringify(chunk)}\n\n`);
          response.on('close', () => {
            resolve(response.writableFinished ? 'answered' : 'aborted by the client');
          });
        };
      });
      const child = start('userInfo.ts', { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: baseURL });
      const exit = once(child, 'exit');
      await once(child.stdout, 'data');
      child.kill('SIGINT');
      expect(await closed).to.equal('aborted by the client');
      expect(await exit).to.deep.equal([1, null]);
    });
  });

  for (const file of examples)
    it(`${file} is short and says first what you will see`, () => {
      const lines = readFileSync(join(root, 'examples', file), 'utf8')
        .trimEnd()
        .split('\n');
      expect(lines[0]).to.match(/^\/\/ You will see /);
      expect(lines.length).to.be.at.most(50);
    });
});
