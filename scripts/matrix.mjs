// The core's specs on every Node, and the packed tarball in Node, Bun and Deno, and through esbuild, Vite and webpack:
// `npm run matrix`, or `npm run matrix -- node-26 webpack` for some of it. What it needs comes from npm, into a cache
// beside the repository's own folders; what npm does not bring is left out, and said.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { listSpecs } from './coreSpecs.mjs';
import { root, run } from './run.mjs';

const exec = promisify(execFile);
const cache =
  process.env.MATRIX_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'rx-structured');
const wanted = process.argv.slice(2);

const NODES = [20, 22, 24, 26];

/** Installs packages where they are not yet; gives the folder. */
async function install(name, packages) {
  const folder = join(cache, name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await exec('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...packages], { cwd: folder });
  return folder;
}

const isOwn = (major) => process.versions.node.startsWith(`${major}.`);

/** The tarball in a project of its own, its peers beside it. */
async function consumer() {
  const folder = await mkdtemp(join(tmpdir(), 'rx-structured-'));
  await exec('npm', ['run', 'build'], { cwd: root });
  const { stdout } = await exec('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
  });
  const installed = join(folder, 'node_modules/rx-structured');
  await mkdir(installed, { recursive: true });
  await exec('tar', ['-xzf', join(folder, JSON.parse(stdout)[0].filename), '-C', installed, '--strip-components=1']);
  for (const name of ['rxjs', 'io-ts', 'fp-ts', 'eventsource-parser', '@opentelemetry/api']) {
    const link = join(folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(root, 'node_modules', name), link);
  }
  await cp(join(root, 'spec/package/consumer'), folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  return folder;
}

const EXPECTED = [
  'Right Partial {"name":"J"}',
  'Right Partial {"name":"John","age":3}',
  'Right Partial {"name":"John","age":30}',
  'Right Complete {"name":"John","age":30}',
];

function expectLogs(lines, what) {
  const seen = lines.slice(0, EXPECTED.length);
  if (JSON.stringify(seen) !== JSON.stringify(EXPECTED)) throw new Error(`${what} logs ${JSON.stringify(lines)}`);
}

async function runs(command, args, folder) {
  const { stdout } = await exec(command, args, { cwd: folder });
  expectLogs(stdout.trimEnd().split('\n'), [command, ...args].join(' '));
}

/** A bundle for a browser must run where there is nothing of Node. */
function runsBundle(text, name) {
  const logs = [];
  const console = { log: (...values) => logs.push(values.join(' ')) };
  runInContext(text, createContext({ console, setTimeout, clearTimeout, AbortController }));
  if (logs.length !== EXPECTED.length) throw new Error(`the bundle of ${name} logs ${JSON.stringify(logs)}`);
}

const folder = await consumer();
const entry = join(folder, 'browser.mjs');

const nodes = NODES.flatMap((major) => {
  const binary = async () =>
    isOwn(major)
      ? process.execPath
      : join(await install(`node-${major}`, [`node@${major}`]), 'node_modules/node/bin/node');
  return [
    [
      `node-${major}: the core's specs`,
      async () => {
        const node = await binary();
        const PATH = [dirname(node), process.env.PATH].join(delimiter);
        // Mocha starts itself again with the Node that it was started with.
        const args = [
          join(root, 'node_modules/mocha/bin/mocha.js'),
          '--reporter',
          'dot',
          '--parallel',
          '--jobs',
          '2',
          ...(await listSpecs()).core,
        ];
        if (!(await run(node, args, { env: { PATH, LAW_RUNS: process.env.LAW_RUNS ?? '100' } })))
          throw new Error('see above');
      },
    ],
    [
      `node-${major}: the tarball as ES modules and as CommonJS`,
      async () => {
        const node = await binary();
        for (const file of ['esm.mjs', 'cjs.cjs']) await runs(node, [file], folder);
      },
    ],
  ];
});

const others = [
  [
    'bun: the tarball',
    async () => {
      const bun = join(await install('bun', ['bun']), 'node_modules/.bin/bun');
      for (const file of ['esm.mjs', 'cjs.cjs']) await runs(bun, [file], folder);
    },
  ],
  [
    'deno: the tarball',
    async () => {
      const deno = join(await install('deno', ['deno']), 'node_modules/.bin/deno');
      await runs(deno, ['run', '--quiet', '--allow-all', '--node-modules-dir=manual', 'esm.mjs'], folder);
    },
  ],
  [
    'esbuild: a bundle for browsers',
    async () => {
      const { build } = await import('esbuild');
      const { outputFiles } = await build({
        entryPoints: [entry],
        bundle: true,
        write: false,
        format: 'iife',
        platform: 'browser',
        logLevel: 'error',
      });
      runsBundle(outputFiles[0].text, 'esbuild');
    },
  ],
  [
    'vite: a bundle for browsers',
    async () => {
      const out = join(folder, 'vite');
      const { build } = await import(join(await install('vite', ['vite']), 'node_modules/vite/dist/node/index.js'));
      await build({
        root: folder,
        configFile: false,
        logLevel: 'error',
        build: { outDir: out, lib: { entry, formats: ['iife'], name: 'consumer', fileName: () => 'bundle.js' } },
      });
      runsBundle(await readFile(join(out, 'bundle.js'), 'utf8'), 'vite');
    },
  ],
  [
    'webpack: a bundle for browsers',
    async () => {
      const home = await install('webpack', ['webpack']);
      const { default: webpack } = await import(join(home, 'node_modules/webpack/lib/index.js'));
      const out = join(folder, 'webpack');
      const stats = await promisify(webpack)({
        mode: 'production',
        context: folder,
        entry,
        target: 'web',
        output: { path: out, filename: 'bundle.js' },
      });
      const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
      if (errors.length + warnings.length > 0) throw new Error(JSON.stringify([...errors, ...warnings]));
      runsBundle(await readFile(join(out, 'bundle.js'), 'utf8'), 'webpack');
    },
  ],
];

let passed = 0;
let failed = 0;
for (const [title, check] of [...nodes, ...others]) {
  if (wanted.length > 0 && !wanted.some((word) => title.startsWith(word))) continue;
  const begun = performance.now();
  let problem;
  try {
    await check();
    passed++;
  } catch (error) {
    failed++;
    problem = error instanceof Error ? error.message : String(error);
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(
    `${problem === undefined ? 'ok  ' : 'FAIL'} ${title} (${seconds} s)${problem === undefined ? '' : `\n     ${problem}`}`,
  );
}
await rm(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
