/**
 * What an import costs, in a process that has imported nothing else: the published files, in both module systems, beside
 * rxjs and io-ts, which they need; and the peers. `npm run build` in the folder above, then `npm run imports` here.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { printSetting, printTable } from './contest.js';
import { median } from './measure.js';

const root = join(import.meta.dirname, '..');
const ROUNDS = Number(process.argv[2] ?? 30);

/** Milliseconds in which V8 has compiled in the background what an import has made it compile. */
const BACKGROUND = 150;

/**
 * Code that loads these one after the other, and tells the milliseconds of CPU that each takes. Each is waited out: Node
 * reads CommonJS with functions that V8 then optimizes for 15 ms in the background, which is not to be laid to the account
 * of what is imported next.
 */
const loading = (type: 'module' | 'commonjs', files: readonly string[]): string[] => [
  `--input-type=${type}`,
  '-e',
  `const cpu = () => Object.values(process.cpuUsage()).reduce((sum, time) => sum + time / 1000, 0);
  (async () => {
    const times = [];
    for (const file of ${JSON.stringify(files)}) {
      const start = cpu();
      ${type === 'module' ? 'await import(file)' : 'require(file)'};
      await new Promise((resolve) => setTimeout(resolve, ${BACKGROUND}));
      times.push(cpu() - start);
    }
    console.log(JSON.stringify(times));
  })();`,
];
const importing = (files: readonly string[]): string[] => loading('module', files);
const requiring = (files: readonly string[]): string[] => loading('commonjs', files);

const own = (extension: string, entry = 'index'): string => join(root, 'dist', `${entry}.${extension}`);
const module = (name: string): string => pathToFileURL(createRequire(join(root, 'package.json')).resolve(name)).href;
const peer = (name: string): string => import.meta.resolve(name);
const needed = ['rxjs', 'io-ts'];

const ways: Readonly<Record<string, readonly string[]>> = {
  'rx-structured, import': importing([...needed.map(module), pathToFileURL(own('js')).href]),
  'rx-structured, require': requiring([...needed, own('cjs')]),
  'rx-structured and rx-structured/openai, import': importing([
    ...needed.map(module),
    pathToFileURL(own('js')).href,
    pathToFileURL(own('js', 'providers/openai/index')).href,
  ]),
  openai: importing([peer('openai')]),
  ai: importing([peer('ai')]),
  '@langchain/openai': importing([peer('@langchain/openai')]),
  '@instructor-ai/instructor': importing([peer('@instructor-ai/instructor')]),
  '@hashbrownai/core': importing([peer('@hashbrownai/core')]),
  jsonriver: importing([peer('jsonriver')]),
  'partial-json': importing([peer('partial-json')]),
};

const times = new Map<string, number[][]>(Object.keys(ways).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++)
  for (const [name, args] of Object.entries(ways)) {
    const output = execFileSync(process.execPath, args, {
      encoding: 'utf8',
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    times.get(name)?.push(JSON.parse(output) as number[]);
  }

const sum = (list: readonly number[]): number => list.reduce((total, time) => total + time, 0);
printSetting(`An import, medians of ${ROUNDS} processes`);
printTable(
  ['', 'CPU, ms', 'rxjs and io-ts, ms', '× theirs'],
  [...times].map(([name, rounds]) => {
    if (!name.startsWith('rx-structured')) return [name, median(rounds.map(sum)).toFixed(1), '', ''];
    const [theirs, ours] = [rounds.map((round) => sum(round.slice(0, 2))), rounds.map((round) => sum(round.slice(2)))];
    const ratio = median(ours.map((time, at) => time / (theirs[at] ?? NaN)));
    return [name, median(ours).toFixed(1), median(theirs).toFixed(1), ratio.toFixed(2)];
  }),
);
