import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import * as t from 'io-ts';
import { concat, lastValueFrom, NEVER, of, take, throwError, toArray, type Observable } from 'rxjs';
import {
  structuredCompletion,
  structuredElements,
  tool,
  type CompletionEvent,
  type WatchedEvent,
} from '../../lib/index.js';
import { feedOf } from '../../lib/completions/CompletionFeed.js';
import { CompletionLog } from '../../lib/inspector/log/CompletionLog.js';
import { Story } from '../../lib/inspector/picture/Story.js';
import { toTest } from '../../lib/inspector/picture/toTest.js';
import { completionOf, scriptedModel } from '../../lib/testing/index.js';
import { typeCheck } from '../support/typeCheck.js';

const root = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const run = promisify(execFile);

/** The part of the test that its reader writes: it is the codec and the tools of the completions below. */
const YOURS = `import * as t from 'io-ts';
import { tool } from 'rx-structured';

export const codec = t.type({ name: t.string, age: t.number });
const run = (): string => { throw new Error('a copied test runs no tools'); };
export const tools = {
  weather: tool({ input: t.type({ city: t.string }), run }),
  'look-up': tool({ input: t.type({ sku: t.string }), run }),
};
`;

const codec = t.type({ name: t.string, age: t.number });
const tools = {
  weather: tool({ input: t.type({ city: t.string }), run: ({ city }) => of({ city, celsius: city.length }) }),
  'look-up': tool({
    input: t.type({ sku: t.string }),
    run: ({ sku }) => (sku === 'none' ? throwError(() => new RangeError("there's none")) : 'in stock'),
  }),
};
const question = { codec, messages: ['Who is it?'] };

type Watch = (event: WatchedEvent) => void;

const written = (text: string): CompletionEvent => ({ type: 'text-delta', text });
const call = (index: number, name: string, text: string): CompletionEvent => ({
  ...{ type: 'tool-delta', index, id: `c${index}`, name, text },
});
const called: CompletionEvent = { type: 'finish', reason: 'tool-calls', raw: '' };
const down = Object.assign(new Error("503 it's down"), { name: 'APIError' });
const right = '{"name":"Ann O\'Hara","age":30}';

const completions: Readonly<Record<string, (watch: Watch) => Observable<unknown>>> = {
  accepted: (watch) => structuredCompletion(scriptedModel([right], { chunkSize: 3 }), { ...question, watch }),
  'a wrong answer and its re-ask': (watch) =>
    structuredCompletion(scriptedModel(['{"name":"Ann","age":"thirty"}', right], { chunkSize: 4 }), {
      ...question,
      ...{ retries: 3, watch },
    }),
  'rejected in all attempts': (watch) =>
    structuredCompletion(scriptedModel(['{"name":7', '{"age":3}']), { ...question, retries: 1, watch }),
  'not JSON': (watch) => structuredCompletion(scriptedModel(['{"name" "Ann"}']), { ...question, watch }),
  'tools in parallel': (watch) =>
    structuredCompletion(
      scriptedModel([
        [call(0, 'weather', '{"city":"Bonn"}'), call(1, 'weather', '{"city":"Oslo!"}'), called],
        [call(0, 'look-up', '{"sku":"none"}'), call(1, 'unknown', '{}'), called],
        [call(0, 'look-up', '{"sku":"a"}'), called],
        right,
      ]),
      { ...question, tools, watch },
    ),
  'a fallback': (watch) =>
    structuredCompletion([scriptedModel([down]), scriptedModel(['{"name":7', right])], {
      ...question,
      ...{ retries: 1, watch },
    }),
  'a fallback in the middle of an answer': (watch) =>
    structuredCompletion(
      [
        scriptedModel([
          concat(
            of(written('{"name":')),
            throwError(() => new TypeError('terminated')),
          ),
        ]),
        scriptedModel([right]),
      ],
      { ...question, watch },
    ),
  'a request that failed': (watch) => structuredCompletion(scriptedModel([down]), { ...question, watch }),
  'a connection that broke': (watch) =>
    structuredCompletion(
      scriptedModel([
        concat(
          of(written('{"name":')),
          throwError(() => new TypeError('terminated')),
        ),
      ]),
      { ...question, watch },
    ),
  'a connection that ended': (watch) =>
    structuredCompletion(scriptedModel([[written('{"name":"A')]]), { ...question, watch }),
  refused: (watch) =>
    structuredCompletion(
      scriptedModel([
        [
          { type: 'refusal-delta', text: "I'd rather not." },
          { type: 'finish', reason: 'refusal', raw: '' },
        ],
      ]),
      { ...question, watch },
    ),
  'cut off': (watch) =>
    structuredCompletion(scriptedModel([completionOf(right, { finish: 'length' })]), { ...question, watch }),
  cancelled: (watch) =>
    structuredCompletion(scriptedModel([concat(of(written('{"name":7'), written('}')), NEVER)]), {
      ...question,
      ...{ retries: 1, watch },
    }).pipe(take(1)),
  'cancelled while it is written': (watch) =>
    structuredCompletion(scriptedModel([concat(of(written('{"name":"A')), NEVER)]), { ...question, watch }).pipe(
      take(1),
    ),
  'a list with a wrong element': (watch) =>
    structuredElements(
      scriptedModel([`{"items":[${right},{"name":7},${right}]}`, `{"items":[${right}]}`], { chunkSize: 7 }),
      { ...question, retries: 1, watch },
    ),
  'among other words': (watch) =>
    structuredCompletion(scriptedModel([`Sure:\n\`\`\`json\n${right}\n\`\`\``], { jsonInText: true, chunkSize: 5 }), {
      ...question,
      watch,
    }),
  'strange "names" and keys\u2028': (watch) =>
    structuredCompletion(scriptedModel([`{"name":"\\\\ ' \\n","age":1,"x-y":{"__proto__":[1,{}]},"ü":null}`]), {
      ...question,
      watch,
    }),
  'too long for the log': (watch) =>
    structuredCompletion(scriptedModel([`{"name":"${'x'.repeat(30_000)}","age":1}`]), { ...question, watch }),
};

/** What the page copies, once the completion is over. */
async function copied(name: string, complete: (watch: Watch) => Observable<unknown>): Promise<string> {
  const log = new CompletionLog('1', name);
  let isHeard = false;
  const watch: Watch = (event) => {
    const feed = isHeard ? undefined : feedOf(event);
    isHeard = true;
    feed?.listen((told) => log.push(told));
  };
  await lastValueFrom(complete(watch).pipe(toArray()), { defaultValue: [] }).catch(() => undefined);
  const story = new Story();
  story.push(log.entries);
  return toTest(name, story);
}

interface Report {
  readonly passes: readonly { readonly title: string }[];
  readonly failures: readonly { readonly title: string; readonly err: { readonly message: string } }[];
}

describe('a completion that was copied as a test', function () {
  this.timeout(120_000);

  let folder: string;
  const names = Object.keys(completions);
  const fileOf = (name: string): string => `copied-${names.indexOf(name)}-spec.ts`;

  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'copied-')));
    const link = async (target: string, name: string): Promise<void> => {
      await mkdir(dirname(join(folder, 'node_modules', name)), { recursive: true });
      await symlink(target, join(folder, 'node_modules', name));
    };
    for (const name of ['rxjs', 'io-ts', 'fp-ts', '@types/mocha', '@types/node'])
      await link(join(root, 'node_modules', name), name);
    await link(join(root, 'lib'), 'rx-structured/lib');
    const exports = { '.': './lib/index.ts', './testing': './lib/testing/index.ts' };
    const manifest = { name: 'rx-structured', type: 'module', exports };
    await writeFile(join(folder, 'node_modules/rx-structured/package.json'), JSON.stringify(manifest));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'yours.ts'), YOURS);
    for (const [name, complete] of Object.entries(completions))
      await writeFile(join(folder, fileOf(name)), await copied(name, complete));
  });

  after(() => rm(folder, { recursive: true }));

  const mocha = async (files: readonly string[]): Promise<Report> => {
    const tsx = pathToFileURL(require.resolve('tsx')).href;
    const args = [
      '--import',
      tsx,
      require.resolve('mocha/bin/mocha.js'),
      '--no-config',
      '--reporter',
      'json',
      ...files,
    ];
    const { stdout } = await run(process.execPath, args, { cwd: folder, maxBuffer: 1e8 }).catch(
      (failure: unknown) => failure as { readonly stdout: string },
    );
    return JSON.parse(stdout) as Report;
  };

  it('compiles, beside the codec and the tools of its reader', async () => {
    const options = ['--module', 'nodenext', '--skipLibCheck', '--types', 'node,mocha'];
    const files = names.map(fileOf);
    expect(await typeCheck(require.resolve('typescript/bin/tsc'), folder, files, options)).to.deep.equal([]);
  });

  it('is green', async () => {
    const { passes, failures } = await mocha(names.map(fileOf));
    expect(failures.map(({ title, err }) => `${title}: ${err.message}`)).to.deep.equal([]);
    expect(passes.map(({ title }) => title).sort()).to.deep.equal([...names].sort());
  });

  it('is red when the answer is another one', async () => {
    const changes: readonly (readonly [string, RegExp, string])[] = [
      ['accepted', /age: 30 \}(?=,\n *\]\))/, 'age: 31 }'],
      ['a wrong answer and its re-ask', /InvalidValue: /, 'InvalidJson: '],
      ['tools in parallel', /'in stock',(?=\n)/, "'sold',"],
      ['a fallback', /Unavailable: 503/, 'Unavailable: 504'],
      ['refused', /RefusalError: /, 'Error: '],
      ['a list with a wrong element', /\[2, /, '[3, '],
    ];
    const files: string[] = [];
    for (const [name, what, other] of changes) {
      const text = await readFile(join(folder, fileOf(name)), 'utf8');
      const changed = text.replace(what, other);
      expect(changed, name).to.not.equal(text);
      files.push(`changed-${fileOf(name)}`);
      await writeFile(join(folder, `changed-${fileOf(name)}`), changed);
    }
    const { failures } = await mocha(files);
    expect(failures.map(({ title }) => title).sort()).to.deep.equal(changes.map(([name]) => name).sort());
  });

  it('says so where the log was cut', () => {
    const story = new Story();
    story.push([
      { type: 'attempt', attempt: 1, at: 0 },
      { type: 'full', limit: 'x', at: 1 },
    ]);
    expect(toTest('long', story)).to.match(/^\/\/ The log was cut/);
  });
});
