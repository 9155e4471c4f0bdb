// Builds the documentation's site into site/dist: the pages of docs/, the API from the doc comments, the playground, and
// llms.txt. Run by scripts/docs.mjs, with tsx. DOCS_BASE is the path at which the site will stand, / by default.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { build } from 'vitepress';
import { buildPlayground } from '../scripts/playground.mjs';
import { findDeadLinks } from './findDeadLinks.ts';
import { llmsFull, llmsIndex } from './llms.ts';
import { makeApi } from './makeApi.mjs';
import { nav } from './nav.ts';
import { placeInSite, stagePage } from './stagePage.ts';
import { tidyApi } from './tidyApi.ts';

const root = join(import.meta.dirname, '..');
const staged = join(import.meta.dirname, '.staged');
const dist = join(import.meta.dirname, 'dist');
const base = process.env.DOCS_BASE ?? '/';

const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const repository = {
  url: manifest.repository.url.replace(/^git\+|\.git$/g, ''),
  kindOf: (path) => {
    if (!existsSync(join(root, path))) return undefined;
    return statSync(join(root, path)).isDirectory() ? 'folder' : 'file';
  },
};

const time = async (what, work) => {
  const started = performance.now();
  const result = await work();
  console.log(`${what}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
};

async function write(place, text) {
  const file = join(staged, place);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

async function markdownIn(folder) {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.md')).map((name) => name.split(sep).join('/'));
}

await rm(staged, { recursive: true, force: true });
await rm(dist, { recursive: true, force: true });

const pages = await time('pages', async () => {
  const docs = (await markdownIn(join(root, 'docs'))).map((name) => `docs/${name}`);
  const read = await Promise.all(
    [...docs, 'CONTRIBUTING.md', 'CHANGELOG.md'].map(async (path) => {
      const text = stagePage(await readFile(join(root, path), 'utf8'), path, repository);
      return { place: placeInSite(path), text, path };
    }),
  );
  // A page is edited where it is kept.
  const edit = (path) => `---\nedit: ${repository.url}/edit/main/${path}\n---\n\n`;
  await Promise.all(read.map(({ place, text, path }) => write(place, edit(path) + text)));
  if (existsSync(join(root, 'docs/images')))
    await cp(join(root, 'docs/images'), join(staged, 'public/images'), { recursive: true });
  await cp(join(import.meta.dirname, 'index.md'), join(staged, 'index.md'));
  return read;
});

const api = await time('API', async () => {
  const folder = join(staged, 'api');
  await makeApi(folder);
  return Promise.all(
    (await markdownIn(folder)).sort().map(async (name) => {
      const text = tidyApi(await readFile(join(folder, name), 'utf8'));
      await write(`api/${name}`, text);
      return { place: `api/${name}`, text };
    }),
  );
});

await time('llms.txt', async () => {
  const about = manifest.description;
  const order = nav.flatMap((group) => group.pages.map(({ file }) => placeInSite(`docs/${file}.md`)));
  const listed = [...pages].sort((a, b) => rank(order, a.place) - rank(order, b.place));
  const members = api.filter(({ place }) => /\/(?:functions|classes)\//.test(place));
  await write('public/llms.txt', llmsIndex(about, base, nav, pages, members));
  await write(
    'public/llms-full.txt',
    llmsFull(about, [...listed, ...api.filter(({ place }) => place !== 'api/index.md')]),
  );
  // The pages as they were written, at the addresses that llms.txt names.
  await Promise.all([...pages, ...api].map(({ place, text }) => write(`public/${place}`, text)));
});

await time('site', () => build(import.meta.dirname));
await time('playground', () => buildPlayground(join(dist, 'playground'), { home: '../' }));

const dead = findDeadLinks(dist, base);
if (dead.length > 0) {
  const shown = dead.slice(0, 50).join('\n');
  console.error(`${dead.length} links lead nowhere:\n${shown}${dead.length > 50 ? '\n…' : ''}`);
  process.exitCode = 1;
}

function rank(order, place) {
  const at = order.indexOf(place);
  return at < 0 ? order.length : at;
}
