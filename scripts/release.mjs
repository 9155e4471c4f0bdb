// What a release would be: `npm run release -- --dry-run` builds, packs, weighs the tarball, and compares the public
// declarations in spec/golden with those of the last version's tag. It needs no network and publishes nothing; without an
// option it does the same. `--version` writes versions and CHANGELOG.md from the changesets, `--publish` publishes: both
// are for the workflow.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './run.mjs';

const options = process.argv.slice(2);
const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const git = (...args) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

const BUMPS = ['none', 'patch', 'minor', 'major'];

/** The tag of the last version, if there was one. */
function lastTag() {
  try {
    return git('describe', '--tags', '--abbrev=0', '--match', 'v*').trim();
  } catch {
    return undefined;
  }
}

/** The lines of every golden file, as of a commit or as they are. */
async function goldenLines(tag) {
  const files = tag
    ? git('ls-tree', '-r', '--name-only', tag, 'spec/golden').split('\n').filter(Boolean)
    : (await readdir(join(root, 'spec/golden'))).map((file) => `spec/golden/${file}`);
  const texts = await Promise.all(
    files.map(async (file) => [file, tag ? git('show', `${tag}:${file}`) : await readFile(join(root, file), 'utf8')]),
  );
  return texts.flatMap(([file, text]) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('//'))
      .map((line) => `${file}: ${line}`),
  );
}

/** Lines of the first list that are not in the second, each as often as it is missing. */
function missing(these, those) {
  const counts = new Map();
  for (const line of those) counts.set(line, (counts.get(line) ?? 0) + 1);
  return these.filter((line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count - 1);
    return count <= 0;
  });
}

/** The bump that the public declarations ask for: what went or changed breaks programs, what came does not. */
function bumpFor(removed, added) {
  // Before 1.0 a minor version may break programs, and npm's ^ knows it.
  const isStable = !version.startsWith('0.');
  if (removed.length > 0) return isStable ? 'major' : 'minor';
  if (added.length > 0) return isStable ? 'minor' : 'patch';
  return 'none';
}

/** The highest bump that the changesets ask for. */
async function writtenBump() {
  const files = (await readdir(join(root, '.changeset'))).filter(
    (file) => file.endsWith('.md') && file !== 'README.md',
  );
  const bumps = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(root, '.changeset', file), 'utf8');
      return new RegExp(`^['"]?${name}['"]?: (\\w+)`, 'm').exec(text)?.[1] ?? 'none';
    }),
  );
  return bumps.reduce((most, bump) => (BUMPS.indexOf(bump) > BUMPS.indexOf(most) ? bump : most), 'none');
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
  const written = await writtenBump();
  if (tag === undefined) {
    console.log(`${name} ${version} would be the first release.`);
    return true;
  }
  const [before, now] = await Promise.all([goldenLines(tag), goldenLines()]);
  const [removed, added] = [missing(before, now), missing(now, before)];
  const needed = bumpFor(removed, added);
  console.log(
    `Since ${tag}: ${removed.length} public lines went or changed, ${added.length} came: at least ${needed}.`,
  );
  for (const line of removed.slice(0, 20)) console.log(`  - ${line}`);
  console.log(`The changesets ask for: ${written}.`);
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
