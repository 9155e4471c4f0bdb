// What a release would be: `npm run release -- --dry-run` builds, packs, weighs the tarball, and compares the public
// declarations in spec/golden with those of the last version's tag. It needs no network and publishes nothing; without an
// option it does the same. `--version` writes versions and CHANGELOG.md from the changesets, `--publish` publishes: both
// are for the workflow.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUMPS, bumpBetween, compareDeclarations, neededBump, writtenBump } from './bumps.mjs';
import { root, run } from './run.mjs';

const options = process.argv.slice(2);
const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const git = (...args) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** The tag of the last version, if there was one. */
function lastTag() {
  try {
    return git('describe', '--tags', '--abbrev=0', '--match', 'v*').trim();
  } catch {
    return undefined;
  }
}

/** The golden files, by name, as of a commit or as they are. */
async function goldenFiles(tag) {
  const files = tag
    ? git('ls-tree', '-r', '--name-only', tag, 'spec/golden').split('\n').filter(Boolean)
    : (await readdir(join(root, 'spec/golden'))).map((file) => `spec/golden/${file}`);
  const texts = files.map(async (file) => [
    file,
    tag ? git('show', `${tag}:${file}`) : await readFile(join(root, file), 'utf8'),
  ]);
  return new Map(await Promise.all(texts));
}

async function readChangesets() {
  const files = (await readdir(join(root, '.changeset'))).filter(
    (file) => file.endsWith('.md') && file !== 'README.md',
  );
  return Promise.all(files.map((file) => readFile(join(root, '.changeset', file), 'utf8')));
}

/** Builds and packs, and says what each part of the tarball weighs. */
async function pack() {
  const folder = await mkdtemp(join(tmpdir(), 'rx-structured-'));
  if (!(await run('npm', ['run', '--silent', 'build']))) throw new Error('The build failed.');
  const json = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
  });
  await rm(folder, { recursive: true });
  const [{ filename, size, unpackedSize, files }] = JSON.parse(json);
  const kinds = [
    ['ES modules', /^dist\/.*\.js$/],
    ['CommonJS', /^dist\/.*\.cjs$/],
    ['declarations', /^dist\/.*\.d\.c?ts$/],
    ['maps', /^dist\/.*\.map$/],
    ['sources, for the maps', /^lib\//],
    ['docs', /^docs\//],
    ['the rest', /./],
  ];
  const left = new Set(files);
  console.log(`${filename}: ${kb(size)} packed, ${kb(unpackedSize)} unpacked, ${files.length} files`);
  for (const [kind, pattern] of kinds) {
    const own = [...left].filter(({ path }) => pattern.test(path));
    for (const file of own) left.delete(file);
    console.log(`  ${kind}: ${kb(own.reduce((sum, file) => sum + file.size, 0))} in ${own.length} files`);
  }
}

const kb = (bytes) => `${(bytes / 1000).toFixed(0)} KB`;

async function dryRun() {
  await pack();
  const tag = lastTag();
  if (tag === undefined) {
    console.log(`${name} ${version} would be the first release.`);
    return true;
  }
  const { removed, added } = compareDeclarations(await goldenFiles(tag), await goldenFiles());
  const last = tag.slice(1);
  const needed = neededBump(last, removed, added);
  // Once `--version` has run, the changesets are gone, and the version has grown.
  const written = version === last ? writtenBump(name, await readChangesets()) : bumpBetween(last, version);
  console.log(
    `Since ${tag}: public lines that went or changed ${removed.length}, that came ${added.length}: ${needed}.`,
  );
  for (const line of removed.slice(0, 20)) console.log(`  - ${line}`);
  console.log(version === last ? `The changesets ask for: ${written}.` : `${version} is: ${written}.`);
  if (BUMPS.indexOf(written) >= BUMPS.indexOf(needed)) return true;
  console.error(`A changeset must say ${needed}: npx changeset`);
  return false;
}

if (options.includes('--version')) {
  process.exitCode =
    (await run('changeset', ['version'])) && (await run('npm', ['install', '--package-lock-only', '--ignore-scripts']))
      ? 0
      : 1;
} else if (options.includes('--publish')) {
  process.exitCode = (await dryRun()) && (await run('changeset', ['publish'])) ? 0 : 1;
} else {
  process.exitCode = (await dryRun()) ? 0 : 1;
  if (process.exitCode === 0) console.log('Nothing was published.');
}
