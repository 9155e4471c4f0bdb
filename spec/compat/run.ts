// Holds the packed package against the oldest peers it allows, every major of openai, and every TypeScript that must
// read its declarations; and what is made of servers' faults against each of those SDKs. `npm run compat`; installs the
// versions of package.json beside this file.
import { execFile, execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installTarball, packPackage, root } from '../support/packPackage.js';
import { typeCheck } from '../support/typeCheck.js';

const run = promisify(execFile);
const here = import.meta.dirname;
const consumer = join(root, 'spec/package/consumer');

const current = (name: string): string => join(root, 'node_modules', name);
const pinned = (name: string): string => join(here, 'node_modules', name);

const libraries = ['rxjs', 'io-ts', 'fp-ts', 'eventsource-parser'];
const sdkPeers = ['@ai-sdk/provider', '@anthropic-ai/sdk', '@opentelemetry/api'];

const peersOf = (names: readonly string[], from: (name: string) => string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, from(name)]));

const types = { '@types/node': current('@types/node') };
const currentPeers = peersOf([...libraries, ...sdkPeers], current);
const oldestPeers = peersOf(libraries, pinned);

const compilers = ['typescript-5.9', 'typescript-6.0', 'typescript-7'];
const sdks = ['openai-4', 'openai-5', 'openai-6', 'openai-7'];

interface Check {
  readonly title: string;
  readonly peers: Readonly<Record<string, string>>;
  /** Rejects, or names what is wrong. */
  readonly check: (folder: string) => Promise<readonly string[]>;
}

const reads = (compiler: string) => (folder: string) =>
  typeCheck(join(pinned(compiler), 'bin/tsc'), folder, ['types.mts', 'types.cts', 'entries.mts', 'entries.cts']);

/** The type specs hold under each compiler, from source. */
const holds = (compiler: string) => async (): Promise<readonly string[]> => {
  await run(process.execPath, [join(pinned(compiler), 'bin/tsc'), '--project', join(root, 'spec/types')]);
  return [];
};

/** The sources that are read through these SDKs, and the kinds of faults in which an SDK has no hand. */
const readers = ['openaiChat,openaiResponses,anthropicMessages', 'none,cut,garbage,duplicate'];

/** What comes of every fault, and of answers cut at every few bytes, is the same through another version of an SDK. */
const stands = (sdk: Readonly<Record<string, string>>) => async (): Promise<readonly string[]> => {
  const env = { ...process.env, PINNED: JSON.stringify(sdk) };
  const faults = [join(root, 'conformance/faults.ts'), '7', ...readers];
  await run(process.execPath, ['--import', 'tsx', '--import', join(here, 'usePinned.mjs'), ...faults], {
    cwd: root,
    env,
  });
  return [];
};

const runs = async (folder: string): Promise<readonly string[]> => {
  for (const file of ['esm.mjs', 'cjs.cjs']) await run(process.execPath, [file], { cwd: folder });
  return [];
};

const checks: readonly Check[] = [
  ...compilers.map((compiler) => ({
    title: `${compiler} reads the declarations`,
    peers: { ...currentPeers, ...types, openai: current('openai') },
    check: reads(compiler),
  })),
  ...compilers.map((compiler) => ({
    title: `the type specs hold on ${compiler}`,
    peers: {},
    check: holds(compiler),
  })),
  ...sdks.map((sdk) => ({
    title: `the declarations fit ${sdk}`,
    peers: { ...currentPeers, ...types, openai: pinned(sdk) },
    check: reads('typescript-6.0'),
  })),
  {
    title: 'the declarations fit the oldest packages of models and of OpenTelemetry',
    peers: { ...currentPeers, ...types, ...peersOf(sdkPeers, pinned), openai: pinned('openai-4') },
    check: reads('typescript-6.0'),
  },
  ...[...sdks.map((sdk) => ({ openai: sdk })), { '@anthropic-ai/sdk': '@anthropic-ai/sdk' }].map((sdk) => ({
    title: `faults of servers are told through ${Object.values(sdk).join()} of this folder`,
    peers: {},
    check: stands(sdk),
  })),
  {
    // rxjs 7.4 does not name its declarations in `exports`: only the old resolution finds them, and of us the main entry.
    title: 'the declarations fit the oldest peers',
    peers: oldestPeers,
    check: (folder) =>
      typeCheck(
        join(pinned('typescript-5.9'), 'bin/tsc'),
        folder,
        ['types.ts'],
        ['--module', 'esnext', '--moduleResolution', 'node10'],
      ),
  },
  { title: 'the package runs on the oldest peers', peers: oldestPeers, check: runs },
];

execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' });

const folder = await mkdtemp(join(tmpdir(), 'rx-structured-'));
const tarball = await packPackage(folder);
let failed = 0;

for (const [index, { title, peers, check }] of checks.entries()) {
  const project = join(folder, String(index));
  await installTarball(tarball, project, peers);
  await cp(consumer, project, { recursive: true });
  const problems = await check(project).catch((error: unknown) => [String(error)]);
  if (problems.length > 0) failed++;
  console.log([`${problems.length > 0 ? 'FAIL' : 'ok  '} ${title}`, ...problems].join('\n     '));
}

await rm(folder, { recursive: true });
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
