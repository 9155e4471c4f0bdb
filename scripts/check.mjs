// For the inner loop, in well under a minute: types, the linters on what has changed, the core's specs, and each random
// law at a few hundred runs. `npm test` is the gate.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
const changed = [
  ...git('diff', '--name-only', '--relative', 'HEAD'),
  ...git('ls-files', '--others', '--exclude-standard'),
];
const files = [...new Set(changed)].filter((file) => existsSync(join(root, file)));
const sources = files.filter((file) => file.endsWith('.ts'));

const cache = 'node_modules/.cache/rx-structured';
const core = 'spec/{foundation,completions,deltas,tokens,partials,codecs,decoded,retry,answers}/**/*-spec.ts';
/** These measure what large documents cost. It takes a fifth of the whole time, and few edits change it. */
const costs = ['spec/laws/growth-spec.ts', 'spec/partials/wideDocuments-spec.ts'];
const steps = [
  ['tsc', ['--noEmit', '--incremental', '--tsBuildInfoFile', `${cache}/check.tsbuildinfo`]],
  ...(sources.length > 0
    ? [['eslint', ['--cache', '--cache-location', 'node_modules/.cache/eslint/', '--no-warn-ignored', ...sources]]]
    : []),
  ...(files.length > 0 ? [['prettier', ['--check', '--log-level', 'warn', '--ignore-unknown', ...files]]] : []),
  [
    'mocha',
    [
      ...['--reporter', 'dot', core, 'spec/laws/*-spec.ts', 'spec/architecture-spec.ts'],
      ...costs.flatMap((file) => ['--ignore', file]),
    ],
    { env: { LAW_RUNS: '200' } },
  ],
];

let isGood = true;
for (const [command, args, options] of steps) {
  console.log(`\n=== ${command}`);
  if (!(await run(command, args, options))) isGood = false;
}
process.exitCode = isGood ? 0 : 1;
